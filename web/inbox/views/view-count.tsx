import { useTexts } from "../../lib/language.tsx"
import { cappedCount } from "./count-text.ts"
import type { BuiltInView } from "./views-and-sorts.ts"

/** Views for which the server counts the tickets. */
export const isCounted = (view: BuiltInView) =>
  view === "mine" || view === "unassigned" || view === "open" || view === "undelivered"

export function Count(of: { count: number; isCapped: boolean }) {
  const { t } = useTexts()
  return (
    <span className="min-w-6 text-right text-xs tabular-nums" aria-label={t("view.count", { count: of.count })}>
      {cappedCount(of)}
    </span>
  )
}
