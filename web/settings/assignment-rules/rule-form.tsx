import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { CheckboxField, SelectField } from "../../ui/form-fields.tsx"
import { ConditionsEditor } from "./conditions-editor.tsx"
import { SimulationPanel } from "../../simulations/simulation-panel.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { type Condition, type Rule, type RuleDraft, useMatchingTickets } from "./rule-types-and-matching-tickets.ts"

const blank: RuleDraft = { name: "", priority: 100, enabled: true, conditions: [], action: { type: "round_robin" } }

export function RuleForm({ item: rule, onClose }: { item: Rule | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, form } = useEntityForm("assignment-rules", rule, onClose)
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : blank))
  const set = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change })
  return (
    <EntityFormDialog
      of="rules"
      item={rule}
      name={draft.name}
      onName={(name) => set({ name })}
      onSubmit={() => submit(draft)}
      {...form}
    >
      <CheckboxField
        label={t("rules.on")}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
      <Conditions conditions={draft.conditions} onChange={(conditions) => set({ conditions })} />
      <Then action={draft.action} onChange={(action) => set({ action })} />
      <SimulationPanel
        path="assignment-rules"
        candidate={{ ...draft, ...(rule && { id: rule.id }) }}
        isReady={draft.name.trim() !== ""}
      />
    </EntityFormDialog>
  )
}

const draftOf = ({ name, priority, enabled, conditions, action }: Rule): RuleDraft => ({
  name,
  priority,
  enabled,
  conditions,
  action,
})

interface ConditionsProps {
  conditions: Condition[]
  onChange: (conditions: Condition[]) => void
}

function Conditions({ conditions, onChange }: ConditionsProps) {
  const { t } = useTexts()
  const { data } = useMatchingTickets(conditions)
  const status = data && t("rules.matches", { matched: data.matched, examined: data.examined })
  return <ConditionsEditor conditions={conditions} onChange={onChange} none={t("rules.always")} status={status} />
}

function Then({ action, onChange }: { action: Rule["action"]; onChange: (action: Rule["action"]) => void }) {
  const { t } = useTexts()
  const { users, teams } = useStaffAndTeams()
  const staff = users.filter((user) => !isDisabled(user) && user.role !== "user")
  const start = (type: Rule["action"]["type"]): Rule["action"] => {
    if (type === "assign_agent") return { type, ...(staff[0] && { agentId: staff[0].id }) }
    return { type, ...(type === "assign_team" && teams[0] && { teamId: teams[0].id }) }
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t("rules.then")}
        value={action.type}
        onChange={(event) => onChange(start(event.target.value as Rule["action"]["type"]))}
      >
        {(["round_robin", "assign_team", "assign_agent"] as const).map((type) => (
          <option key={type} value={type}>
            {t(`rules.action.${type}`)}
          </option>
        ))}
      </SelectField>
      {action.type === "assign_agent" ? (
        <SelectField
          label={t("rules.agent")}
          value={action.agentId ?? ""}
          onChange={(event) => onChange({ ...action, agentId: event.target.value })}
        >
          {staff.map((user) => (
            <option key={user.id} value={user.id}>
              {user.name}
            </option>
          ))}
        </SelectField>
      ) : (
        <SelectField
          label={t("rules.team")}
          value={action.teamId ?? ""}
          onChange={({ target: { value } }) => onChange({ type: action.type, ...(value && { teamId: value }) })}
        >
          {action.type === "round_robin" && <option value="">{t("rules.ownTeam")}</option>}
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  )
}
