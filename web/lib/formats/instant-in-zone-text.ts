import { formatClock, formatDay } from "./format-time.ts"
import { useTexts } from "../language.tsx"
import { useTimeFormat } from "../use-time-format.ts"

/** Day and hour on the clocks of that zone. */
export function useInstantIn(timezone: string | undefined): (iso: string) => string {
  const { t } = useTexts()
  const place = { ...useTimeFormat().place, timezone }
  const words = { today: t("time.today"), yesterday: t("time.yesterday") }
  return (iso) => `${formatDay(iso, place, words)}, ${formatClock(iso, place)}`
}
