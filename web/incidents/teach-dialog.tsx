import { useState } from "react"
import type { Canonical } from "#incidents/contract.ts"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../settings/form.tsx"
import { Choice, Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { useRefusal } from "./acts.ts"
import { useWordActs, type Lesson } from "./words.ts"

interface Props {
  lesson: Partial<Lesson>
  canonicals: Canonical[]
  onClose: () => void
}

export function TeachDialog({ lesson, canonicals, onClose }: Props) {
  const { t } = useTexts()
  const { teach } = useWordActs()
  const refusal = useRefusal()
  const [word, setWord] = useState(lesson.word ?? "")
  const [carrier, setCarrier] = useState(lesson.carrier ?? "")
  const [canonical, setCanonical] = useState<Canonical>(lesson.canonical ?? "IN_TRANSIT")
  const done = () => {
    toast(t("incident.taughtDone", { word: word.trim() }))
    onClose()
  }
  return (
    <FormDialog
      title={t("incident.teach")}
      go={t("action.save")}
      isPending={teach.isPending}
      error={null}
      onSubmit={() => teach.mutate({ word: word.trim(), carrier: carrier.trim(), canonical }, { onSuccess: done })}
      onClose={onClose}
    >
      <Field
        label={t("incident.word")}
        required
        maxLength={200}
        autoFocus={!lesson.word}
        value={word}
        error={refusal(teach.error)}
        onChange={(event) => setWord(event.target.value)}
      />
      <Field
        label={t("incident.carrier")}
        hint={t("incident.carrierHint")}
        maxLength={200}
        value={carrier}
        onChange={(event) => setCarrier(event.target.value)}
      />
      <Choice
        label={t("incident.means")}
        autoFocus={Boolean(lesson.word)}
        value={canonical}
        onChange={(event) => setCanonical(event.target.value as Canonical)}
      >
        {canonicals.map((one) => (
          <option key={one} value={one}>
            {t(`incident.canonical.${one}`)}
          </option>
        ))}
      </Choice>
    </FormDialog>
  )
}
