import { Check, CircleAlert } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { SetupSection } from "../connections/titled-setup-section.tsx"
import { type LinkedSystem, useTestSystem } from "./linked-system-queries.ts"
import { useAnswerText } from "./use-answer-text.ts"

interface Props {
  system: LinkedSystem
  /** Something in the form above is not saved. */
  isChanged: boolean
}

/** Asked just now, with what is stored. */
export function TestConnection({ system: { id, kind }, isChanged }: Props) {
  const { t } = useTexts()
  const test = useTestSystem(id)
  return (
    <SetupSection title={t("linkedSystems.test")} text={t(`linkedSystems.testText.${kind}`)}>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={test.isPending || isChanged} onClick={() => test.mutate()}>
          {t("linkedSystems.test")}
        </Button>
        {isChanged && <span className="text-sm text-muted">{t("linkedSystems.saveFirst")}</span>}
      </div>
      <div role="status" className="min-h-6">
        {test.isPending && <p className="text-muted">{t("linkedSystems.testing")}</p>}
        {!test.isPending && test.data && <Result {...test.data} />}
      </div>
      <ProblemLine error={test.error} />
    </SetupSection>
  )
}

function Result({ ok, detail }: { ok: boolean; detail: string }) {
  const answerText = useAnswerText()
  const Sign = ok ? Check : CircleAlert
  return (
    <p className={ok ? "flex gap-1.5 text-green" : "flex gap-1.5 text-red"}>
      <Sign className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">{answerText(detail)}</span>
    </p>
  )
}
