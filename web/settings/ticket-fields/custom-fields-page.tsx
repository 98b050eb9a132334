import { useState } from "react"
import type { CustomField } from "#tickets/fields/api-contract.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { Badge } from "../../ui/badge.tsx"
import { CheckboxField, SelectField, InputField, TextAreaField } from "../../ui/form-fields.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { EntityListPage } from "../entity-list-page.tsx"
import { useEntityMutations } from "../entity-queries.ts"

const types = ["text", "number", "boolean", "date", "select", "multi_select"] as const

export function CustomFieldsPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<CustomField>
      path="custom-fields"
      title={t("settings.fields")}
      intro={t("fields.intro")}
      newText={t("fields.new")}
      nameOf={({ label }) => label}
      Row={Row}
      Form={FieldForm}
    />
  )
}

function Row({ item: field }: { item: CustomField }) {
  const { t } = useTexts()
  return (
    <RowText
      title={
        <>
          <span className="min-w-0 break-words">{field.label}</span>
          {field.required && <Badge>{t("fields.required")}</Badge>}
          {field.isPublic && <Badge tone="accent">{t("fields.public")}</Badge>}
        </>
      }
    >
      {t(`fields.type.${field.type}`)} · <code>{field.key}</code>
    </RowText>
  )
}

function FieldForm({ item: field, onClose }: { item: CustomField | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { save } = useEntityMutations("custom-fields")
  const fieldError = useFieldError(save.error)
  const [form, setForm] = useState<Form>({
    label: field?.label ?? "",
    key: field?.key ?? "",
    type: field?.type ?? "text",
    options: field?.options.join("\n") ?? "",
    required: field?.required ?? false,
    isPublic: field?.isPublic ?? false,
  })
  const hasOptions = form.type === "select" || form.type === "multi_select"
  const submit = () => {
    const { key, type, options, ...rest } = form
    const lines = options.split("\n").flatMap((line) => line.trim() || [])
    const body = { ...rest, ...(hasOptions && { options: lines }), ...(!field && { key, type }) }
    save.mutate({ id: field?.id, body }, { onSuccess: onClose })
  }
  return (
    <FormDialog
      title={field ? t("fields.edit", { name: field.label }) : t("fields.new")}
      go={field ? t("action.save") : t("action.create")}
      isPending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Inputs form={form} isNew={!field} fieldError={fieldError} onChange={setForm} />
    </FormDialog>
  )
}

interface Form {
  label: string
  key: string
  type: CustomField["type"]
  options: string
  required: boolean
  isPublic: boolean
}

interface InputsProps {
  form: Form
  isNew: boolean
  fieldError: (path: string) => string | undefined
  onChange: (form: Form) => void
}

function Inputs({ form, isNew, fieldError, onChange }: InputsProps) {
  const { t } = useTexts()
  const hasOptions = form.type === "select" || form.type === "multi_select"
  return (
    <>
      <InputField
        label={t("fields.label")}
        required
        maxLength={100}
        value={form.label}
        error={fieldError("label")}
        onChange={(event) => onChange({ ...form, label: event.target.value })}
      />
      <InputField
        label={t("fields.key")}
        hint={t("fields.keyHint")}
        required
        disabled={!isNew}
        maxLength={50}
        value={form.key}
        error={fieldError("key")}
        onChange={(event) => onChange({ ...form, key: event.target.value })}
      />
      <SelectField
        label={t("fields.type")}
        disabled={!isNew}
        value={form.type}
        onChange={(event) => onChange({ ...form, type: event.target.value as (typeof types)[number] })}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {t(`fields.type.${type}`)}
          </option>
        ))}
      </SelectField>
      {hasOptions && (
        <TextAreaField
          label={t("fields.options")}
          rows={5}
          value={form.options}
          error={fieldError("options")}
          onChange={(event) => onChange({ ...form, options: event.target.value })}
        />
      )}
      <CheckboxField
        label={t("fields.required")}
        checked={form.required}
        onChange={(event) => onChange({ ...form, required: event.target.checked })}
      />
      <CheckboxField
        label={t("fields.public")}
        checked={form.isPublic}
        onChange={(event) => onChange({ ...form, isPublic: event.target.checked })}
      />
    </>
  )
}
