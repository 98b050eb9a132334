import { useTexts } from "../lib/language.tsx"
import { CheckboxField, SelectField, InputField } from "../ui/form-fields.tsx"
import type { CustomField } from "#tickets/fields/contract.ts"

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
  if (type === "multi_select") {
    const chosen = Array.isArray(value) ? value : []
    return (
      <fieldset className="grid gap-1">
        <legend className="text-sm font-strong">{label}</legend>
        {options.map((one) => (
          <CheckboxField
            key={one}
            label={one}
            checked={chosen.includes(one)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, one] : chosen.filter((it) => it !== one))}
          />
        ))}
        {error && (
          <p role="alert" className="text-xs text-red">
            {error}
          </p>
        )}
      </fieldset>
    )
  }
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
