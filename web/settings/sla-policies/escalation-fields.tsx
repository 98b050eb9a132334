import { useTexts } from "../../lib/language.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { type Escalation, escalationOn, targetPriorities, withEscalation } from "./policy-draft.ts"

interface Props {
  escalations: Escalation[]
  onChange: (escalations: Escalation[]) => void
}

/** What is done at a warning and at a breach besides notifying the assignee and the leads. */
export function EscalationFields({ escalations, onChange }: Props) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  return (["warning", "breach"] as const).map((on) => {
    const { raisePriorityTo = "", teamId = "" } = escalationOn(escalations, on)
    const change = (more: Partial<Escalation>) => onChange(withEscalation(escalations, on, more))
    return (
      <fieldset key={on}>
        <legend className="mb-1 text-sm font-strong">{t(`policies.on.${on}`)}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          <SelectField
            label={t("policies.raise")}
            value={raisePriorityTo}
            onChange={({ target: { value } }) =>
              change({ raisePriorityTo: targetPriorities.find((priority) => priority === value) })
            }
          >
            <option value="">{t("policies.keepPriority")}</option>
            {targetPriorities.slice(1).map((priority) => (
              <option key={priority} value={priority}>
                {t(`priority.${priority}`)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("policies.handTo")}
            value={teamId}
            onChange={({ target: { value } }) => change({ teamId: value === "" ? undefined : value })}
          >
            <option value="">{t("policies.keepTeam")}</option>
            {teams.map((team) => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
          </SelectField>
        </div>
      </fieldset>
    )
  })
}
