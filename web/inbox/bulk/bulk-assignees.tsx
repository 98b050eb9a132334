import { useTexts } from "../../lib/language.tsx"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { useMe } from "../../session/session-queries.ts"
import { AgentMenuItem } from "../../tickets/assignment/agent-menu-item.tsx"
import { MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx"
import type { BulkChange } from "./bulk-undo-jobs.ts"

/** Who may be given many tickets: oneself, nobody, a colleague, a team. */
export function BulkAssignees({ give }: { give: (assignment: NonNullable<BulkChange["assignment"]>) => void }) {
  const { t } = useTexts()
  const me = useMe()
  const { users, teams } = useStaffAndTeams()
  const others = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  return (
    <>
      <MenuItem onSelect={() => give({ agentId: me.id })}>{t("ticket.toMe")}</MenuItem>
      <MenuItem onSelect={() => give({ agentId: null })}>{t("ticket.nobody")}</MenuItem>
      {others.length > 0 && <MenuSeparator />}
      {others.map((user) => (
        <AgentMenuItem key={user.id} user={user} onSelect={() => give({ agentId: user.id })} />
      ))}
      {teams.length > 0 && <MenuLabel>{t("ticket.team")}</MenuLabel>}
      {teams.map((team) => (
        <MenuItem key={team.id} onSelect={() => give({ teamId: team.id })}>
          {team.name}
        </MenuItem>
      ))}
    </>
  )
}
