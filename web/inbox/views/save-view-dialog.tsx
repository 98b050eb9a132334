import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import type { InboxLocation } from "../inbox-location.ts"
import { currentViewFields, useSavedViewMutations, type SavedView, type ViewFields } from "./saved-views.ts"

interface Props {
  place: InboxLocation
  /** The view that is renamed or shared; nothing for a new one. */
  view?: SavedView | undefined
  onClose: () => void
}

/** The list's filters under a name. */
export function SaveViewDialog({ place, view, onClose }: Props) {
  const { t } = useTexts()
  const me = useMe()
  const { create, change } = useSavedViewMutations("in the form")
  const [name, setName] = useState(view?.name ?? "")
  const [visibility, setVisibility] = useState<ViewFields["visibility"]>(view?.visibility ?? "me")
  const [teamId, setTeam] = useState(view?.teamId ?? me.teams[0]?.id ?? "")
  const act = view ? change : create
  const save = () => {
    const fields = { name: name.trim(), visibility, teamId: visibility === "team" ? teamId : null }
    const onSuccess = (saved: SavedView) => {
      onClose()
      if (!view) place.openView(`saved:${saved.id}`)
    }
    if (view) change.mutate({ id: view.id, ...fields }, { onSuccess })
    else create.mutate({ ...fields, ...currentViewFields(place) }, { onSuccess })
  }
  return (
    <FormDialog
      title={view ? t("savedView.edit") : t("savedView.new")}
      go={t("action.save")}
      isReady={name.trim() !== ""}
      isPending={act.isPending}
      error={act.error}
      onSubmit={save}
      onClose={onClose}
    >
      <InputField
        label={t("field.name")}
        value={name}
        maxLength={100}
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <Sharing {...{ visibility, setVisibility, teamId, setTeam }} />
    </FormDialog>
  )
}

interface SharingProps {
  visibility: ViewFields["visibility"]
  setVisibility: (to: ViewFields["visibility"]) => void
  teamId: string
  setTeam: (id: string) => void
}

/** Who may share with whom is the server's to judge; what could never be is not offered. */
function Sharing({ visibility, setVisibility, teamId, setTeam }: SharingProps) {
  const { t } = useTexts()
  const me = useMe()
  const { teams } = useStaffAndTeams()
  const offered = me.role === "admin" ? teams : me.teams
  if (me.role === "agent") return null
  return (
    <>
      <SelectField
        label={t("savedView.visibility")}
        value={visibility}
        onChange={(event) => setVisibility(event.target.value as ViewFields["visibility"])}
      >
        <option value="me">{t("savedView.me")}</option>
        {offered.length > 0 && <option value="team">{t("savedView.team")}</option>}
        {me.role === "admin" && <option value="all">{t("savedView.all")}</option>}
      </SelectField>
      {visibility === "team" && (
        <SelectField label={t("ticket.team")} value={teamId} onChange={(event) => setTeam(event.target.value)}>
          {offered.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
      )}
    </>
  )
}
