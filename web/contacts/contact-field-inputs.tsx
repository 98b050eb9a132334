import { Plus, Trash2 } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { CheckboxField, InputField } from "../ui/form-fields.tsx"
import { type ContactForm, type FieldValue, withNewField } from "./contact-changes.ts"

interface Props {
  form: ContactForm
  onChange: (change: Partial<ContactForm>) => void
}

/** A contact's own fields, by whatever names they have, and one more. */
export function ContactFieldInputs({ form, onChange }: Props) {
  const { t } = useTexts()
  const fields = form.customFields
  const without = (name: string) => Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-strong">{t("details.fields")}</legend>
      {Object.entries(fields).map(([name, value]) => (
        <div key={name} className="flex items-end gap-2">
          <div className="min-w-0 grow">
            <ValueInput
              name={name}
              value={value}
              onChange={(next) => onChange({ customFields: { ...fields, [name]: next } })}
            />
          </div>
          <Button
            look="quiet"
            size="icon"
            aria-label={t("contact.removeField", { name })}
            title={t("contact.removeField", { name })}
            onClick={() => onChange({ customFields: without(name) })}
          >
            <Trash2 />
          </Button>
        </div>
      ))}
      <NewField form={form} onChange={onChange} />
    </fieldset>
  )
}

interface ValueProps {
  name: string
  value: FieldValue
  onChange: (value: FieldValue) => void
}

/** What is neither text, number nor yes and no came by a program, and is left to it. */
function ValueInput({ name, value, onChange }: ValueProps) {
  if (typeof value === "boolean")
    return <CheckboxField label={name} checked={value} onChange={({ target }) => onChange(target.checked)} />
  if (typeof value === "number")
    return (
      <InputField
        label={name}
        type="number"
        step="any"
        value={value}
        onChange={({ target }) => onChange(target.value === "" ? 0 : target.valueAsNumber)}
      />
    )
  if (typeof value !== "string" && value !== null)
    return <InputField label={name} readOnly value={JSON.stringify(value)} />
  return (
    <InputField
      label={name}
      autoComplete="off"
      maxLength={2_000}
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function NewField({ form, onChange }: Props) {
  const { t } = useTexts()
  const { name, value } = form.newField
  const isTaken = Object.hasOwn(form.customFields, name.trim())
  const set = (change: Partial<ContactForm["newField"]>) => onChange({ newField: { ...form.newField, ...change } })
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
      <InputField
        label={t("contact.newField")}
        autoComplete="off"
        maxLength={100}
        value={name}
        error={isTaken ? t("wrong.taken") : undefined}
        onChange={({ target }) => set({ name: target.value })}
      />
      <InputField
        label={t("contact.newFieldValue")}
        autoComplete="off"
        maxLength={2_000}
        value={value}
        onChange={({ target }) => set({ value: target.value })}
      />
      <Button
        size="icon"
        aria-label={t("contact.addField")}
        title={t("contact.addField")}
        disabled={name.trim() === "" || isTaken}
        onClick={() => onChange({ customFields: withNewField(form), newField: { name: "", value: "" } })}
      >
        <Plus />
      </Button>
    </div>
  )
}
