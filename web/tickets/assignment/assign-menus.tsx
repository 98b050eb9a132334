import { UserRoundPlus, Users } from "lucide-react"
import { useState } from "react"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { isDisabled, teamIdsOf, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx"
import { AgentMenuItem, AgentLoad } from "./agent-menu-item.tsx"
import { useAssign, type Assignment } from "../ticket-mutations.ts"
import type { OpenMenu } from "../header/open-menu-state.ts"
import { ReasonDialog } from "../reason-dialog.tsx"
import type { Ticket } from "../ticket.ts"

interface Props {
  ticket: Ticket
  menus: OpenMenu
}

/** Agent and team. What only a reason allows asks for it. */
export function AssignMenus({ ticket, menus }: Props) {
  const { t } = useTexts()
  const { can } = useMe()
  const [refused, setRefused] = useState<{ wanted: Assignment; load?: string }>()
  const assign = useAssign(ticket.number, (error, wanted) => {
    if (!(error instanceof Problem) || !can.overrideAssignment || wanted.override) return false
    if (error.code !== "at_capacity" && error.code !== "forbidden") return false
    const { load, capacity } = error.body as { load?: number; capacity?: number }
    setRefused({ wanted, ...(capacity !== undefined && { load: `${load ?? "?"}/${capacity}` }) })
    return true
  })
  const give = (to: Omit<Assignment, "seen">) => assign.mutate({ ...to, seen: ticket })
  return (
    <>
      <AgentMenu ticket={ticket} menus={menus} give={give} />
      <TeamMenu ticket={ticket} menus={menus} give={give} />
      {refused && (
        <ReasonDialog
          title={t("assignAnyway.title")}
          text={
            refused.load
              ? t("assignAnyway.full", { name: refused.wanted.agent?.name ?? "", load: refused.load })
              : t("assignAnyway.team")
          }
          label={t("assignAnyway.reason")}
          go={t("assignAnyway.go")}
          onGo={(override) => assign.mutate({ ...refused.wanted, override, seen: ticket })}
          onClose={() => setRefused(undefined)}
        />
      )}
    </>
  )
}

interface MenuProps extends Props {
  give: (to: Omit<Assignment, "seen">) => void
}

function AgentMenu({ ticket, menus, give }: MenuProps) {
  const { t } = useTexts()
  const me = useMe()
  const { users } = useStaffAndTeams()
  const { assignee, team } = ticket
  const others = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  const [near, far] = [true, false].map((isNear) =>
    others.filter((user) => (team === null || teamIdsOf(user).includes(team.id)) === isNear),
  )
  const label = assignee ? t("list.assignedTo", { name: assignee.name }) : t("ticket.assign")
  const choice = (user: (typeof users)[number]) => (
    <AgentMenuItem key={user.id} user={user} chosen={assignee?.id === user.id} onSelect={() => give({ agent: user })} />
  )
  return (
    <Menu
      label={t("ticket.assign")}
      {...menus("assign")}
      trigger={
        <Button look="quiet" size="sm" aria-label={label} title={label} disabled={!ticket.can.includes("assign")}>
          {assignee ? <Avatar name={assignee.name} size={20} /> : <UserRoundPlus aria-hidden />}
          <span className="hidden max-w-32 truncate @min-[480px]:inline">{assignee?.name ?? t("ticket.assign")}</span>
        </Button>
      }
    >
      <MenuItem chosen={assignee?.id === me.id} onSelect={() => give({ agent: me })}>
        <span className="grow">{t("ticket.toMe")}</span>
        <AgentLoad userId={me.id} />
      </MenuItem>
      <MenuItem chosen={!assignee} onSelect={() => give({ agent: null })}>
        {t("ticket.nobody")}
      </MenuItem>
      {near && near.length > 0 && <MenuSeparator />}
      {near?.map(choice)}
      {far && far.length > 0 && <MenuLabel>{t("ticket.otherTeams")}</MenuLabel>}
      {far?.map(choice)}
    </Menu>
  )
}

function TeamMenu({ ticket, menus, give }: MenuProps) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  const { team } = ticket
  const label = `${t("ticket.team")}: ${team?.name ?? t("ticket.noTeam")}`
  return (
    <Menu
      label={t("ticket.team")}
      {...menus("team")}
      trigger={
        <Button look="quiet" size="sm" aria-label={label} title={label} disabled={!ticket.can.includes("assign")}>
          <Users aria-hidden />
          <span className="hidden max-w-28 truncate @min-[560px]:inline">{team?.name ?? t("ticket.noTeam")}</span>
        </Button>
      }
    >
      <MenuItem chosen={!team} onSelect={() => give({ team: null })}>
        {t("ticket.noTeam")}
      </MenuItem>
      {teams.map((one) => (
        <MenuItem key={one.id} chosen={team?.id === one.id} onSelect={() => give({ team: one })}>
          {one.name}
        </MenuItem>
      ))}
    </Menu>
  )
}
