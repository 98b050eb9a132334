import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { AttachButton, UploadList } from "../files/upload-list.tsx"
import { useUploads } from "../files/uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError, usePlainProblem } from "../lib/problem.ts"
import { useTitle } from "../lib/title.ts"
import { uniqueKey } from "../lib/unique.ts"
import { Button } from "../ui/button.tsx"
import { Choice, Field, TextField } from "../ui/field.tsx"
import { OwnField, type Value } from "./own-field.tsx"
import { categoriesQuery, fieldsQuery, useOpen } from "./requests.ts"

export function NewRequestForm() {
  const { t } = useTexts()
  useTitle(t("my.new"))
  const open = useOpen()
  const navigate = useNavigate()
  const uploads = useUploads(10)
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const fields = (useQuery(fieldsQuery).data?.items ?? []).filter(({ kinds }) => kinds.includes("support"))
  const fieldError = useFieldError(open.error)
  const say = usePlainProblem()
  // Pressed twice, it is still one request.
  const [key, setKey] = useState(uniqueKey)
  const [form, setForm] = useState({ subject: "", description: "", category: "" })
  const [values, setValues] = useState<Record<string, Value>>({})
  const change = (part: Partial<typeof form>) => {
    setForm({ ...form, ...part })
    setKey(uniqueKey())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const customFields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""))
    const { category, ...texts } = form
    const attachmentIds = uploads.stored.map(({ id }) => id)
    const body = { ...texts, customFields, attachmentIds, categoryIds: category ? [category] : [], key }
    open.mutate(body, {
      onSuccess: ({ number }) => void navigate({ to: "/my/$ref", params: { ref: number }, replace: true }),
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 pb-4">
      <h1 className="text-xl font-strong">{t("my.new")}</h1>
      <Field
        label={t("my.subject")}
        required
        autoFocus
        maxLength={200}
        value={form.subject}
        error={fieldError("subject")}
        onChange={({ target }) => change({ subject: target.value })}
      />
      <TextField
        label={t("my.description")}
        rows={6}
        maxLength={65_536}
        value={form.description}
        error={fieldError("description")}
        onChange={({ target }) => change({ description: target.value })}
      />
      {categories.length > 0 && (
        <Choice
          label={t("my.category")}
          value={form.category}
          onChange={({ target }) => change({ category: target.value })}
        >
          <option value="">{t("my.noCategory")}</option>
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      {fields.map((field) => (
        <OwnField
          key={field.key}
          field={field}
          value={values[field.key]}
          error={fieldError(`customFields.${field.key}`)}
          onChange={(value) => {
            setValues({ ...values, [field.key]: value })
            setKey(uniqueKey())
          }}
        />
      ))}
      <UploadList uploads={uploads} />
      {open.error && (
        <p role="alert" className="text-red">
          {say(open.error)}
        </p>
      )}
      <div className="flex items-center justify-between gap-3">
        <AttachButton uploads={uploads} />
        <Button type="submit" look="primary" disabled={open.isPending || !uploads.isReady}>
          {t("my.send")}
        </Button>
      </div>
    </form>
  )
}
