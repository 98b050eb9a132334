import { useState, type FormEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError, usePlainProblem } from "../lib/problem.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { useChangeField } from "./change.ts"
import { Overtaken } from "./conflict.ts"
import { CustomFieldInput } from "./custom-field-input.tsx"
import type { CustomField, FieldValues } from "./custom-fields.ts"
import type { Ticket } from "./ticket.ts"

interface Props {
  ticket: Ticket
  fields: CustomField[]
  onClose: () => void
}

export function FieldsDialog({ ticket, fields, onClose }: Props) {
  const { t } = useTexts()
  const say = usePlainProblem()
  const change = useChangeField(ticket.number)
  // Held against what was there when the dialog opened.
  const [seen] = useState(ticket)
  const [values, setValues] = useState(ticket.customFields as FieldValues)
  const errorOf = useFieldError(change.error)
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { field: "customFields", seen, body: { customFields: values }, shown: { customFields: values } },
      { onSuccess: onClose, onError: (error) => error instanceof Overtaken && onClose() },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("details.editFields")}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" type="submit" form="fields" disabled={change.isPending}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <form id="fields" onSubmit={save} className="grid gap-3">
        {fields.map((field) => (
          <CustomFieldInput
            key={field.id}
            field={field}
            value={values[field.key]}
            error={errorOf(`customFields.${field.key}`)}
            onChange={(value) =>
              setValues(({ [field.key]: _old, ...others }) =>
                value === undefined ? others : { ...others, [field.key]: value },
              )
            }
          />
        ))}
        {change.error && (
          <p role="alert" className="text-sm text-red">
            {say(change.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}
