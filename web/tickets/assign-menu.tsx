import { UserRoundPlus } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useMe } from "../session/session.ts"
import { isDisabled, usePeople } from "../settings/people.ts"
import { Avatar } from "../ui/avatar.tsx"
import { Button } from "../ui/button.tsx"
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/menu.tsx"
import { useAssign } from "./change.ts"
import type { Ticket } from "./ticket.ts"

export function AssignMenu({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const { assignee } = ticket
  const label = assignee ? t("list.assignedTo", { name: assignee.name }) : t("ticket.assign")
  return (
    <Menu
      label={t("ticket.assign")}
      trigger={
        <Button
          look="quiet"
          className="max-w-40 px-2"
          aria-label={label}
          title={label}
          disabled={!ticket.can.includes("assign")}
        >
          {assignee ? <Avatar name={assignee.name} size={20} /> : <UserRoundPlus aria-hidden />}
          <span className="hidden truncate @min-[560px]:inline">{assignee?.name ?? t("ticket.assign")}</span>
        </Button>
      }
    >
      <Choices ticket={ticket} />
    </Menu>
  )
}

function Choices({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const me = useMe()
  const { users, teams } = usePeople()
  const assign = useAssign(ticket.number)
  const others = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  return (
    <>
      <MenuItem
        chosen={ticket.assignee?.id === me.id}
        onSelect={() => assign.mutate({ agent: me, seen: ticket.version })}
      >
        {t("ticket.toMe")}
      </MenuItem>
      <MenuItem chosen={!ticket.assignee} onSelect={() => assign.mutate({ agent: null, seen: ticket.version })}>
        {t("ticket.nobody")}
      </MenuItem>
      {others.length > 0 && <MenuLine />}
      {others.map((user) => (
        <MenuItem
          key={user.id}
          chosen={ticket.assignee?.id === user.id}
          onSelect={() => assign.mutate({ agent: user, seen: ticket.version })}
        >
          <Avatar name={user.name} size={20} />
          <span className="truncate">{user.name}</span>
        </MenuItem>
      ))}
      {teams.length > 0 && <MenuLabel>{t("ticket.team")}</MenuLabel>}
      {teams.map((team) => (
        <MenuItem
          key={team.id}
          chosen={ticket.team?.id === team.id}
          onSelect={() => assign.mutate({ team, seen: ticket.version })}
        >
          <span className="truncate">{team.name}</span>
        </MenuItem>
      ))}
    </>
  )
}
