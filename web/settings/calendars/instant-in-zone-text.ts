import { formatClock, formatDay } from "../../lib/format-time.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"

/** Day and hour on the clocks of that zone. */
export function useInstantIn(timezone: string | undefined): (iso: string) => string {
  const { t } = useTexts()
  const place = { ...useTimeFormat().place, timezone }
  const words = { today: t("time.today"), yesterday: t("time.yesterday") }
  return (iso) => `${formatDay(iso, place, words)}, ${formatClock(iso, place)}`
}
