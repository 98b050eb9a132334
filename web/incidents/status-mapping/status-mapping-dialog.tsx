import { useState } from "react"
import type { Canonical } from "#incidents/api-contract.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import { toast } from "../../ui/toast.tsx"
import { useStatusMappingMutations, type StatusMapping } from "./status-mapping-queries.ts"

interface Props {
  lesson: Partial<StatusMapping>
  canonicals: Canonical[]
  onClose: () => void
}

export function StatusMappingDialog({ lesson, canonicals, onClose }: Props) {
  const { t } = useTexts()
  const { teach } = useStatusMappingMutations()
  const say = useProblemText()
  const [word, setWord] = useState(lesson.word ?? "")
  const [carrier, setCarrier] = useState(lesson.carrier ?? "")
  const [canonical, setCanonical] = useState<Canonical>(lesson.canonical ?? "IN_TRANSIT")
  const done = () => {
    toast(t("incident.statusSaved", { word: word.trim() }))
    onClose()
  }
  return (
    <FormDialog
      title={t("incident.addStatus")}
      go={t("action.save")}
      isPending={teach.isPending}
      onSubmit={() => teach.mutate({ word: word.trim(), carrier: carrier.trim(), canonical }, { onSuccess: done })}
      onClose={onClose}
    >
      <InputField
        label={t("incident.carrierStatus")}
        required
        maxLength={200}
        autoFocus={!lesson.word}
        value={word}
        error={teach.error ? say(teach.error) : undefined}
        onChange={(event) => setWord(event.target.value)}
      />
      <InputField
        label={t("incident.carrier")}
        hint={t("incident.carrierHint")}
        maxLength={200}
        value={carrier}
        onChange={(event) => setCarrier(event.target.value)}
      />
      <SelectField
        label={t("incident.meaning")}
        autoFocus={Boolean(lesson.word)}
        value={canonical}
        onChange={(event) => setCanonical(event.target.value as Canonical)}
      >
        {canonicals.map((one) => (
          <option key={one} value={one}>
            {t(`incident.canonical.${one}`)}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  )
}
