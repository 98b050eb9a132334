import { useTexts } from "../../lib/language.tsx"
import { CheckboxField, CheckboxGroup, SelectField, InputField } from "../../ui/form-fields.tsx"
import type { CustomField, FieldValue } from "./custom-field-queries.ts"

interface Props {
  field: CustomField
  value: FieldValue | undefined
  /** Nothing takes the value away. */
  onChange: (value: FieldValue | undefined) => void
  error?: string | undefined
}

/** One custom field, as its type wants to be asked. */
export function CustomFieldInput({ field, value, onChange, error }: Props) {
  const { t } = useTexts()
  const frame = { label: field.label, error, ...(!field.required && { aside: t("field.optional") }) }
  switch (field.type) {
    case "boolean":
      return (
        <CheckboxField
          label={field.label}
          hint={error}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      )
    case "select":
      return (
        <SelectField
          {...frame}
          value={typeof value === "string" ? value : ""}
          onChange={({ target }) => onChange(target.value || undefined)}
        >
          <option value="">{t("details.none")}</option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </SelectField>
      )
    case "multi_select":
      return (
        <CheckboxGroup
          legend={field.label}
          choices={field.options.map((option) => ({ id: option, name: option }))}
          chosen={Array.isArray(value) ? value : []}
          onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
          error={error}
        />
      )
    case "number":
      return (
        <InputField
          {...frame}
          type="number"
          step="any"
          value={typeof value === "number" ? value : ""}
          onChange={({ target }) => onChange(target.value === "" ? undefined : target.valueAsNumber)}
        />
      )
    default:
      return (
        <InputField
          {...frame}
          type={field.type}
          value={typeof value === "string" ? value : ""}
          onChange={({ target }) => onChange(target.value || undefined)}
        />
      )
  }
}
