import { useQuery } from "@tanstack/react-query"
import { Ellipsis, Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { CheckboxField, CheckboxGroup } from "../../ui/form-fields.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { EntityFormDialog } from "../entity-form-dialog.tsx"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"
import {
  isDisabled,
  teamsQuery,
  useStaffAndTeams,
  useTeamMutations,
  type Team,
} from "../../people/user-and-team-queries.ts"

type OpenDialog = { act: "new" } | { act: "edit" | "delete"; team: Team }

export function TeamsPage() {
  const { t } = useTexts()
  const query = useQuery(teamsQuery)
  const [open, setOpen] = useState<OpenDialog>()
  const close = () => setOpen(undefined)
  return (
    <SettingsPageLayout
      title={t("settings.teams")}
      intro={t("teams.intro")}
      action={
        <Button look="primary" onClick={() => setOpen({ act: "new" })}>
          <Plus aria-hidden />
          {t("teams.new")}
        </Button>
      }
    >
      <EntityRows query={query} empty={t("entity.none")}>
        {(team) => <Row team={team} onOpen={setOpen} />}
      </EntityRows>
      {open?.act === "new" && <TeamForm onClose={close} />}
      {open?.act === "edit" && <TeamForm team={open.team} onClose={close} />}
      {open?.act === "delete" && <DeleteTeam team={open.team} onClose={close} />}
    </SettingsPageLayout>
  )
}

function Row({ team, onOpen }: { team: Team; onOpen: (open: OpenDialog) => void }) {
  const { t } = useTexts()
  const { users } = useStaffAndTeams()
  const names = users.filter((user) => team.memberIds.includes(user.id)).map((user) => user.name)
  return (
    <>
      <RowText
        title={
          <>
            <span className="min-w-0 break-words">{team.name}</span>
            {team.isDefault && <Badge tone="accent">{t("teams.default")}</Badge>}
          </>
        }
      >
        {names.slice(0, 4).join(", ") || t("teams.memberCount", { count: 0 })}
        {names.length > 4 && ` · ${t("teams.memberCount", { count: names.length })}`}
      </RowText>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${team.name}`}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => onOpen({ act: "edit", team })}>{t("action.edit")}</MenuItem>
        {!team.isDefault && (
          <MenuItem danger onSelect={() => onOpen({ act: "delete", team })}>
            {t("action.delete")}
          </MenuItem>
        )}
      </Menu>
    </>
  )
}

function TeamForm({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useTexts()
  const { create, change } = useTeamMutations()
  const [name, setName] = useState(team?.name ?? "")
  const [members, setMembers] = useState(team?.memberIds ?? [])
  const [leads, setLeads] = useState(team?.leadIds ?? [])
  const [autoAssign, setAutoAssign] = useState(team?.autoAssign ?? ["support"])
  const [isDefault, setDefault] = useState(team?.isDefault ?? false)
  const saving = team ? change : create
  const submit = () => {
    const body = {
      name: name.trim(),
      memberIds: members,
      leadIds: leads.filter((id) => members.includes(id)),
      autoAssign,
      ...(isDefault && { isDefault }),
    }
    const onSuccess = () => {
      toast(team ? t("action.saved") : t("teams.created", { name }))
      onClose()
    }
    if (team) change.mutate({ id: team.id, ...body }, { onSuccess })
    else create.mutate(body, { onSuccess })
  }
  return (
    <EntityFormDialog
      of="teams"
      item={team}
      name={name}
      onName={setName}
      isPending={saving.isPending}
      error={saving.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <People members={members} leads={leads} onMembers={setMembers} onLeads={setLeads} />
      <CheckboxGroup
        legend={t("teams.autoAssign")}
        choices={(["support", "conversation"] as const).map((id) => ({ id, name: t(`kind.${id}`) }))}
        chosen={autoAssign}
        onChange={setAutoAssign}
      />
      <CheckboxField
        label={t("teams.default")}
        hint={t("teams.defaultHint")}
        checked={isDefault}
        disabled={team?.isDefault ?? false}
        onChange={(event) => setDefault(event.target.checked)}
      />
    </EntityFormDialog>
  )
}

interface PeopleProps {
  members: string[]
  leads: string[]
  onMembers: (ids: string[]) => void
  onLeads: (ids: string[]) => void
}

function People({ members, leads, onMembers, onLeads }: PeopleProps) {
  const { t } = useTexts()
  const { users } = useStaffAndTeams()
  const staff = users.filter((user) => !isDisabled(user) && user.role !== "user")
  const chosen = users.filter((user) => members.includes(user.id))
  return (
    <>
      <CheckboxGroup legend={t("teams.members")} choices={staff} chosen={members} onChange={onMembers} />
      {chosen.length > 0 && (
        <CheckboxGroup legend={t("teams.leads")} choices={chosen} chosen={leads} onChange={onLeads} />
      )}
    </>
  )
}

function DeleteTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const { t } = useTexts()
  const { remove } = useTeamMutations()
  return (
    <FormDialog
      title={t("teams.delete", { name: team.name })}
      text={t("teams.deleteText")}
      go={t("action.delete")}
      isPending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(team.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
