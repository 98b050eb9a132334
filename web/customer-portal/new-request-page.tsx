import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { FormEvent } from "react"
import { dropAndPasteProps } from "../files/drop-and-paste.ts"
import { AttachButton, UploadList } from "../files/attach-button-and-upload-list.tsx"
import { type Uploads, useUploads } from "../files/use-uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useFormDraft } from "../lib/use-form-draft.ts"
import { useFieldError } from "../lib/problem-text.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { Button } from "../ui/button.tsx"
import { SelectField, InputField, TextAreaField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { CustomFieldInput, type FieldValue } from "./custom-field-input.tsx"
import { categoriesQuery, fieldsQuery, useCreateRequest } from "./request-queries.ts"

interface Form {
  subject: string
  description: string
  category: string
  values: Record<string, FieldValue>
}

export function NewRequestPage() {
  const { t } = useTexts()
  useDocumentTitle(t("portal.new"))
  const open = useCreateRequest()
  const navigate = useNavigate()
  const uploads = useUploads(10)
  const fieldError = useFieldError(open.error)
  const kept = useFormDraft<Form>("new request", {
    subject: "",
    description: "",
    category: "",
    values: {},
  })
  const { values, ...form } = kept.value
  const change = (part: Partial<Form>) => kept.set((now) => ({ ...now, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const customFields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""))
    const { category, ...texts } = form
    const attachmentIds = uploads.stored.map(({ id }) => id)
    const body = { ...texts, customFields, attachmentIds, categoryIds: category ? [category] : [] }
    open.mutate(body, {
      onSuccess: ({ number }) => {
        kept.forget()
        void navigate({ to: "/my/$ref", params: { ref: number }, replace: true })
      },
    })
  }
  return (
    <form {...dropAndPasteProps(uploads)} onSubmit={submit} className="grid gap-4 pb-4">
      <h1 className="text-xl font-strong">{t("portal.new")}</h1>
      <InputField
        label={t("portal.subject")}
        required
        autoFocus
        maxLength={200}
        value={form.subject}
        error={fieldError("subject")}
        onChange={({ target }) => change({ subject: target.value })}
      />
      <TextAreaField
        label={t("portal.description")}
        rows={6}
        maxLength={65_536}
        value={form.description}
        error={fieldError("description")}
        onChange={({ target }) => change({ description: target.value })}
      />
      <CategoryChoice value={form.category} onChange={(category) => change({ category })} />
      <OwnFields values={values} error={fieldError} onChange={(changed) => change({ values: changed })} />
      <Ending uploads={uploads} error={open.error} isPending={open.isPending} />
    </form>
  )
}

function CategoryChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTexts()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  if (categories.length === 0) return null
  return (
    <SelectField label={t("portal.category")} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t("portal.noCategory")}</option>
      {categories.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

function Ending({ uploads, error, isPending }: { uploads: Uploads; error: unknown; isPending: boolean }) {
  const { t } = useTexts()
  return (
    <>
      <UploadList uploads={uploads} />
      <ProblemLine error={error} />
      <div className="flex items-center justify-between gap-3">
        <AttachButton uploads={uploads} />
        <span className="min-w-0 grow text-xs text-faint">{t("file.limits", { most: uploads.most })}</span>
        <Button type="submit" look="primary" disabled={isPending || !uploads.isReady}>
          {t("portal.send")}
        </Button>
      </div>
    </>
  )
}

interface OwnFieldsProps {
  values: Record<string, FieldValue>
  error: (path: string) => string | undefined
  onChange: (values: Record<string, FieldValue>) => void
}

function OwnFields({ values, error, onChange }: OwnFieldsProps) {
  const fields = (useQuery(fieldsQuery).data?.items ?? []).filter(({ kinds }) => kinds.includes("support"))
  return fields.map((field) => (
    <CustomFieldInput
      key={field.key}
      field={field}
      value={values[field.key]}
      error={error(`customFields.${field.key}`)}
      onChange={(value) => onChange({ ...values, [field.key]: value })}
    />
  ))
}
