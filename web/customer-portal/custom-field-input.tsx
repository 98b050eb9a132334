import { useTexts } from "../lib/language.tsx"
import { CheckboxField, CheckboxGroup, SelectField, InputField } from "../ui/form-fields.tsx"
import type { CustomField } from "#tickets/fields/api-contract.ts"

export type FieldValue = string | number | boolean | string[]

interface Props {
  field: CustomField
  value: FieldValue | undefined
  error: string | undefined
  onChange: (value: FieldValue) => void
}

/** A field that the desk asks its customers to fill in. */
export function CustomFieldInput({ field: { label, type, options, required }, value, error, onChange }: Props) {
  const { t } = useTexts()
  const common = { label, error, required }
  if (type === "boolean")
    return <CheckboxField label={label} checked={value === true} onChange={({ target }) => onChange(target.checked)} />
  if (type === "multi_select")
    return (
      <CheckboxGroup
        legend={label}
        choices={options.map((option) => ({ id: option, name: option }))}
        chosen={Array.isArray(value) ? value : []}
        onChange={onChange}
        error={error}
      />
    )
  if (type === "select")
    return (
      <SelectField {...common} value={String(value ?? "")} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t("portal.choose")}</option>
        {options.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
    )
  return (
    <InputField
      {...common}
      type={type}
      step={type === "number" ? "any" : undefined}
      value={typeof value === "number" || typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(type === "number" && target.value ? target.valueAsNumber : target.value)}
    />
  )
}
