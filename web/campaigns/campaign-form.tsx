import { useState, type FormEvent } from "react"
import { useConnectionChannel } from "../channels/use-channel-features.ts"
import { useUploads } from "../files/use-uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { HeaderFileField } from "../templates/header-file-field.tsx"
import {
  isCompletelyFilled,
  TemplateForm,
  templateUseOf,
  useTemplateText,
  type FilledTemplate,
} from "../templates/template-form.tsx"
import { TemplatePreview } from "../templates/template-preview.tsx"
import { InputField } from "../ui/form-fields.tsx"
import type { Campaign } from "./campaign-queries.ts"

export interface PlanValues {
  name: string
  template: NonNullable<Campaign["template"]>
  pacePerMinute: number | null
}

export type PlanForm = ReturnType<typeof usePlanForm>

/** What is said and how fast, as somebody is writing it. `before`: what it was, with its file. */
export function usePlanForm(connectionId: string, filled: FilledTemplate, before?: Campaign) {
  const [name, setName] = useState(before?.name ?? "")
  const [pace, setPace] = useState(String(before?.pacePerMinute ?? ""))
  const [filling, setFilling] = useState(filled)
  const uploads = useUploads(1, useConnectionChannel(connectionId)?.maxFileBytes)
  const use = templateUseOf(filling)
  const needsFile = Boolean(filling.template?.headerMedia)
  const kept = use?.name === before?.template?.name ? before?.template?.attachmentId : undefined
  const attachmentId = needsFile ? (uploads.stored[0]?.id ?? kept) : undefined
  const isReady =
    use !== null && isCompletelyFilled(filling) && uploads.isReady && (!needsFile || attachmentId !== undefined)
  const planned: PlanValues | null = isReady
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
    <InputField
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
  const channel = useConnectionChannel(connectionId)
  return (
    <>
      <TemplateForm
        connectionId={connectionId}
        filling={plan.filling}
        onChange={plan.setFilling}
        hint={t("campaigns.valueHint")}
      />
      <HeaderFileField template={plan.filling.template} uploads={plan.uploads} />
      <TemplatePreview text={text} marks={channel?.marks ?? "none"} />
      <InputField
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

export const onSubmitOf = (go: () => void) => (event: FormEvent) => {
  event.preventDefault()
  go()
}
