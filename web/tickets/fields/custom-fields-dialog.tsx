import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
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
  const change = useChangeField(ticket.number, "in the form")
  // Held against what was there when the dialog opened.
  const [seen] = useState(ticket)
  const [values, setValues] = useState(ticket.customFields as FieldValues)
  const errorOf = useFieldError(change.error)
  const save = () =>
    change.mutate(
      { field: "customFields", seen, body: { customFields: values }, shown: { customFields: values } },
      { onSuccess: onClose, onError: (error) => error instanceof EditConflictError && onClose() },
    )
  return (
    <FormDialog
      title={t("details.editFields")}
      go={t("action.save")}
      isPending={change.isPending}
      error={change.error instanceof EditConflictError ? null : change.error}
      onSubmit={save}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}
