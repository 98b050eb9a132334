import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"

export interface SharingFields {
  visibility: "me" | "team" | "all"
  teamId: string | null
}

/** For whom it is. Leads share with their teams, admins with everybody. */
export function SharingChoice({ value, onChange }: { value: SharingFields; onChange: (value: SharingFields) => void }) {
  const { t } = useTexts()
  const me = useMe()
  const { teams } = useStaffAndTeams()
  const own = me.role === "admin" ? teams : teams.filter(({ id }) => me.teams.some((team) => team.id === id))
  const maySay: SharingFields["visibility"][] = ["me"]
  if (me.can.overrideAssignment && own.length > 0) maySay.push("team")
  if (me.role === "admin") maySay.push("all")
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t("entity.sharedWith")}
        value={value.visibility}
        onChange={(event) => {
          const visibility = event.target.value as SharingFields["visibility"]
          onChange({ visibility, teamId: visibility === "team" ? (own[0]?.id ?? null) : null })
        }}
      >
        {maySay.map((one) => (
          <option key={one} value={one}>
            {t(`entity.sharedWith.${one}`)}
          </option>
        ))}
      </SelectField>
      {value.visibility === "team" && (
        <SelectField
          label={t("rules.team")}
          value={value.teamId ?? ""}
          onChange={(event) => onChange({ ...value, teamId: event.target.value })}
        >
          {own.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  )
}
