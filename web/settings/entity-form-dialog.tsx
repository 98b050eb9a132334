// The dialog in which something with a name is made or changed.
import type { ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { InputField } from "../ui/form-fields.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import { useEntityMutations } from "./entity-queries.ts"

interface Props {
  of: "automation" | "categories" | "macros" | "policies" | "replies" | "rules" | "teams"
  /** What is changed; nothing when it is made. */
  item: { name: string } | undefined
  name: string
  onName: (name: string) => void
  isPending: boolean
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

export function EntityFormDialog({ of, item, name, onName, error, children, ...form }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <FormDialog
      title={item ? t(`${of}.edit`, { name: item.name }) : t(`${of}.new`)}
      go={item ? t("action.save") : t("action.create")}
      error={error}
      {...form}
    >
      <InputField
        label={t("field.name")}
        required
        maxLength={100}
        value={name}
        error={fieldError("name")}
        onChange={(event) => onName(event.target.value)}
      />
      {children}
    </FormDialog>
  )
}

/** Saves what the form of one entity says, and closes it. */
export function useEntityForm(path: string, item: { id: string } | undefined, onClose: () => void) {
  const { save } = useEntityMutations(path)
  const fieldError = useFieldError(save.error)
  const submit = (body: object) => save.mutate({ id: item?.id, body }, { onSuccess: onClose })
  return { submit, fieldError, form: { isPending: save.isPending, error: save.error, onClose } }
}
