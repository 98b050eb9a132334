import { useState, type FormEvent } from "react"
import { whatsappTakes } from "../files/file.ts"
import { useUploads } from "../files/uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { HeaderFile } from "../templates/header-file.tsx"
import { isFilled, TemplateForm, templateUse, useTemplateText, type Filling } from "../templates/template-form.tsx"
import { TemplatePreview } from "../templates/template-preview.tsx"
import { Field } from "../ui/field.tsx"
import type { Campaign } from "./campaigns.ts"

export interface Planned {
  name: string
  template: NonNullable<Campaign["template"]>
  pacePerMinute: number | null
}

export type PlanForm = ReturnType<typeof usePlan>

/** What is said and how fast, as somebody is writing it. `before`: what it was, with its file. */
export function usePlan(filled: Filling, before?: Campaign) {
  const [name, setName] = useState(before?.name ?? "")
  const [pace, setPace] = useState(String(before?.pacePerMinute ?? ""))
  const [filling, setFilling] = useState(filled)
  const uploads = useUploads(1, whatsappTakes)
  const use = templateUse(filling)
  const needsFile = Boolean(filling.template?.headerMedia)
  const kept = use?.name === before?.template?.name ? before?.template?.attachmentId : undefined
  const attachmentId = needsFile ? (uploads.stored[0]?.id ?? kept) : undefined
  const isReady = use !== null && isFilled(filling) && uploads.isReady && (!needsFile || attachmentId !== undefined)
  const planned: Planned | null = isReady
    ? {
        name: name.trim(),
        template: { ...use, ...(attachmentId !== undefined && { attachmentId }) },
        pacePerMinute: pace ? Number(pace) : null,
      }
    : null
  return { name, setName, pace, setPace, filling, setFilling, uploads, planned }
}

export function NameField({ plan, error }: { plan: PlanForm; error: unknown }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <Field
      label={t("field.name")}
      hint={t("campaigns.nameHint")}
      required
      maxLength={200}
      error={fieldError("name")}
      value={plan.name}
      onChange={({ target }) => plan.setName(target.value)}
    />
  )
}

export function PlanFields({ plan, connectionId, error }: { plan: PlanForm; connectionId: string; error: unknown }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const text = useTemplateText(connectionId, plan.filling)
  return (
    <>
      <TemplateForm
        connectionId={connectionId}
        filling={plan.filling}
        onChange={plan.setFilling}
        hint={t("campaigns.valueHint")}
      />
      <HeaderFile template={plan.filling.template} uploads={plan.uploads} />
      <TemplatePreview text={text} />
      <Field
        label={t("campaigns.pace")}
        aside={t("field.optional")}
        hint={t("campaigns.paceHint")}
        type="number"
        min={1}
        max={4800}
        error={fieldError("pacePerMinute")}
        value={plan.pace}
        onChange={({ target }) => plan.setPace(target.value)}
      />
    </>
  )
}

export const submitting = (go: () => void) => (event: FormEvent) => {
  event.preventDefault()
  go()
}
