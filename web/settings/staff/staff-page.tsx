import { useQuery } from "@tanstack/react-query"
import { Ellipsis, Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { AgentLoad } from "../../tickets/assignment/agent-menu-item.tsx"
import { PresenceDot } from "../../ui/presence-dot.tsx"
import { toast } from "../../ui/toast.tsx"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"
import {
  isDisabled,
  teamIdsOf,
  useStaffAndTeams,
  usersQuery,
  useUserMutations,
  type User,
} from "../../people/user-and-team-queries.ts"
import { InviteDialog } from "./invite-dialog.tsx"
import { StaffForm } from "./staff-form.tsx"

type OpenDialog = { act: "new" } | { act: "edit" | "invite" | "made"; user: User }

export function StaffPage() {
  const { t } = useTexts()
  const query = useQuery(usersQuery)
  const [open, setOpen] = useState<OpenDialog>()
  const close = () => setOpen(undefined)
  return (
    <SettingsPageLayout
      title={t("settings.staff")}
      intro={t("staff.intro")}
      action={
        <Button look="primary" onClick={() => setOpen({ act: "new" })}>
          <Plus aria-hidden />
          {t("staff.new")}
        </Button>
      }
    >
      <EntityRows query={query} empty={t("entity.none")}>
        {(user) => <Row user={user} onOpen={setOpen} />}
      </EntityRows>
      {open?.act === "new" && <StaffForm onClose={close} onMade={(user) => setOpen({ act: "made", user })} />}
      {open?.act === "edit" && <StaffForm user={open.user} onClose={close} />}
      {open?.act === "invite" && <InviteDialog user={open.user} onClose={close} />}
      {open?.act === "made" && <InviteDialog isNew user={open.user} onClose={close} />}
    </SettingsPageLayout>
  )
}

function Row({ user, onOpen }: { user: User; onOpen: (open: OpenDialog) => void }) {
  const { t } = useTexts()
  const me = useMe()
  const { teams } = useStaffAndTeams()
  const names = teams
    .filter((team) => teamIdsOf(user).includes(team.id) || team.memberIds?.includes(user.id))
    .map((team) => team.name)
  return (
    <>
      <Avatar name={user.name} />
      <RowText
        title={
          <>
            <span className="min-w-0 break-words">{user.name}</span>
            {user.id === me.id && <Badge>{t("staff.you")}</Badge>}
            {isDisabled(user) && <Badge tone="red">{t("staff.disabled")}</Badge>}
            {!isDisabled(user) && user.canSignIn === false && <Badge>{t("staff.invited")}</Badge>}
          </>
        }
      >
        {[user.email, user.role && t(`role.${user.role}`), ...names].filter(Boolean).join(" · ")}
      </RowText>
      {user.role !== "user" && !isDisabled(user) && (
        <>
          <AgentLoad userId={user.id} />
          <PresenceDot presence={user.presence} />
        </>
      )}
      <Acts user={user} onOpen={onOpen} />
    </>
  )
}

function Acts({ user, onOpen }: { user: User; onOpen: (open: OpenDialog) => void }) {
  const { t } = useTexts()
  const me = useMe()
  const { change } = useUserMutations()
  const isOff = isDisabled(user)
  const name = user.name
  const turn = () =>
    change.mutate(
      { id: user.id, disabled: !isOff },
      { onSuccess: () => toast(t(isOff ? "staff.enabledDone" : "staff.disabledDone", { name })) },
    )
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label={t("staff.actions", { name })}>
          <Ellipsis />
        </Button>
      }
    >
      <MenuItem onSelect={() => onOpen({ act: "edit", user })}>{t("action.edit")}</MenuItem>
      {!isOff && (
        <MenuItem onSelect={() => onOpen({ act: "invite", user })}>
          {t(user.canSignIn ? "staff.reset" : "staff.inviteAgain")}
        </MenuItem>
      )}
      {user.id !== me.id && (
        <MenuItem danger={!isOff} onSelect={turn}>
          {isOff ? t("staff.enable") : t("staff.disable")}
        </MenuItem>
      )}
    </Menu>
  )
}
