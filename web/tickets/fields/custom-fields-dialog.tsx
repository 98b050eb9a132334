import { useState, type FormEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError, useProblemText } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { useChangeField } from "../ticket-mutations.ts"
import { EditConflictError } from "../edit-conflict.ts"
import { CustomFieldInput } from "./custom-field-input.tsx"
import type { CustomField, FieldValues } from "./custom-field-queries.ts"
import type { Ticket } from "../ticket.ts"

interface Props {
  ticket: Ticket
  fields: CustomField[]
  onClose: () => void
}

export function CustomFieldsDialog({ ticket, fields, onClose }: Props) {
  const { t } = useTexts()
  const say = useProblemText()
  const change = useChangeField(ticket.number)
  // Held against what was there when the dialog opened.
  const [seen] = useState(ticket)
  const [values, setValues] = useState(ticket.customFields as FieldValues)
  const errorOf = useFieldError(change.error)
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { field: "customFields", seen, body: { customFields: values }, shown: { customFields: values } },
      { onSuccess: onClose, onError: (error) => error instanceof EditConflictError && onClose() },
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
