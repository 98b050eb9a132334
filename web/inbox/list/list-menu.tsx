import { Ellipsis } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import { csvExportUrl } from "../../files/csv-export-url.ts"
import { DialogLoadedLater } from "../../ui/lazy-part.tsx"
import type { InboxLocation } from "../inbox-location.ts"
import { currentViewFields, useSavedViewMutations, type SavedView } from "../views/saved-views.ts"

const saveViewDialog = async () => (await import("../views/save-view-dialog.tsx")).SaveViewDialog

/** What may be done with the list as a whole. */
export function ListMenu({ place, onSelect }: { place: InboxLocation; onSelect: (() => void) | undefined }) {
  const { t, language } = useTexts()
  const { change, remove } = useSavedViewMutations()
  const [dialog, setDialog] = useState<"new" | "edit">()
  const { saved } = place
  const store = (view: SavedView) =>
    change.mutate({ id: view.id, ...currentViewFields(place) }, { onSuccess: () => place.openView(`saved:${view.id}`) })
  const drop = (view: SavedView) => remove.mutate(view, { onSuccess: () => place.openView("open") })
  return (
    <>
      <Menu
        label={t("list.more")}
        trigger={
          <Button look="quiet" size="icon" aria-label={t("list.more")} title={t("list.more")}>
            <Ellipsis />
          </Button>
        }
      >
        {onSelect && <MenuItem onSelect={onSelect}>{t("bulk.start")}</MenuItem>}
        <MenuItem onSelect={() => location.assign(csvExportUrl("tickets", place.query, language))}>
          {t("list.export")}
        </MenuItem>
        <MenuSeparator />
        {saved?.can.includes("edit") && place.isChanged && (
          <MenuItem onSelect={() => store(saved)}>{t("savedView.store", { name: saved.name })}</MenuItem>
        )}
        <MenuItem onSelect={() => setDialog("new")}>{t("savedView.new")}</MenuItem>
        {saved?.can.includes("edit") && <MenuItem onSelect={() => setDialog("edit")}>{t("savedView.edit")}</MenuItem>}
        {saved?.can.includes("delete") && (
          <MenuItem danger onSelect={() => drop(saved)}>
            {t("savedView.remove")}
          </MenuItem>
        )}
      </Menu>
      {dialog && (
        <DialogLoadedLater
          load={saveViewDialog}
          props={{ place, view: dialog === "edit" ? saved : undefined, onClose: () => setDialog(undefined) }}
        />
      )}
    </>
  )
}
