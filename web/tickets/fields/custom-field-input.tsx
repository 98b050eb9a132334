import { useTexts } from "../../lib/language.tsx"
import { CheckboxField, SelectField, InputField } from "../../ui/form-fields.tsx"
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
      return <Several field={field} chosen={Array.isArray(value) ? value : []} onChange={onChange} error={error} />
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

interface SeveralProps extends Pick<Props, "field" | "onChange" | "error"> {
  chosen: string[]
}

function Several({ field, chosen, onChange, error }: SeveralProps) {
  const toggle = (option: string, isOn: boolean) => {
    const next = isOn ? [...chosen, option] : chosen.filter((one) => one !== option)
    onChange(next.length > 0 ? next : undefined)
  }
  return (
    <fieldset>
      <legend className="text-sm font-strong">{field.label}</legend>
      {field.options.map((option) => (
        <CheckboxField
          key={option}
          label={option}
          checked={chosen.includes(option)}
          onChange={({ target }) => toggle(option, target.checked)}
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
