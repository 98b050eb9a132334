import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { useEntityMutations } from "../entity-queries.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"

/** It stays while tickets are open in it: nothing would ever close them. */
export function RemoveSystemForm({ item: system, onClose }: { item: LinkedSystem; onClose: () => void }) {
  const { t } = useTexts()
  const { drop } = useEntityMutations(linkedSystemsPath)
  const { error } = drop
  const open = error instanceof Problem ? Number(error.body["openAgreements"] ?? 0) : 0
  return (
    <FormDialog
      title={t("entity.deleteTitle", { name: system.name })}
      text={t("linkedSystems.removeText")}
      go={t("action.delete")}
      isPending={drop.isPending}
      error={open > 0 ? undefined : error}
      onSubmit={() => drop.mutate(system.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {open > 0 && (
        <p role="alert" className="text-red">
          {t("linkedSystems.stillOpen", { count: open })}
        </p>
      )}
    </FormDialog>
  )
}
