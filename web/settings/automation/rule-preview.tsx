import { Link } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { type AutomationDraft, type Trigger, usePreview } from "./automation-rule-types.ts"

interface Props {
  trigger: Trigger
  conditions: AutomationDraft["conditions"]
}

/** What the rule would have acted on last week, as it is written. */
export function RulePreview({ trigger, conditions }: Props) {
  const { t } = useTexts()
  const time = useTimeFormat()
  const { data } = usePreview(trigger, conditions)
  const text = data?.examined === 0 ? "automation.previewNone" : "automation.previewCount"
  const counts = data && { matched: data.matched, examined: data.examined }
  return (
    <section aria-label={t("automation.preview")} className="grid gap-2 rounded border border-line p-3">
      <h3 className="text-sm font-strong">{t("automation.preview")}</h3>
      <p role="status" className="min-h-5 text-sm text-muted">
        {counts && t(text, counts)}
      </p>
      {data && data.items.length > 0 && (
        <ul className="grid max-h-48 gap-1 overflow-y-auto" tabIndex={0} aria-label={t("automation.preview")}>
          {data.items.map(({ id, number, subject, at }, nth) => (
            <li key={`${id} ${nth}`} className="text-sm break-words">
              <Link
                to="/tickets/$ref"
                params={{ ref: number }}
                target="_blank"
                className="font-strong underline underline-offset-2"
              >
                {number}
              </Link>{" "}
              <span dir="auto">{subject}</span> <span className="text-muted">{time.short(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
