import { useState } from "react"
import { remove } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { Policy } from "./policy-draft.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"

/** Asks under which policy its open tickets go on. */
export function RemovePolicyForm({ item, all, onClose }: { item: Policy; all: Policy[]; onClose: () => void }) {
  const { t } = useTexts()
  const [heir, setHeir] = useState("none")
  const drop = useAct({
    run: () => remove(`/sla-policies/${item.id}?heir=${heir}`),
    stale: [["sla-policies"]],
    refused: "in the form",
  })
  return (
    <FormDialog
      title={t("entity.deleteTitle", { name: item.name })}
      text={t("entity.deleteText")}
      go={t("action.delete")}
      isPending={drop.isPending}
      error={drop.error}
      onSubmit={() => drop.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <SelectField label={t("policies.heir")} value={heir} onChange={({ target }) => setHeir(target.value)}>
        <option value="none">{t("policies.noHeir")}</option>
        {all
          .filter(({ id }) => id !== item.id)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </SelectField>
    </FormDialog>
  )
}
