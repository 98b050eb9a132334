import { useTexts } from "../../lib/language.tsx"
import { cappedCount } from "./count-text.ts"

export function Count(of: { count: number; isCapped: boolean }) {
  const { t } = useTexts()
  return (
    <span className="min-w-6 text-right text-xs tabular-nums" aria-label={t("view.count", { count: of.count })}>
      {cappedCount(of)}
    </span>
  )
}
