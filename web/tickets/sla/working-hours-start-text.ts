// When working hours begin, in words. Staff read it alone: customers are not sent its texts.
import { formatWeekday } from "../../lib/formats/format-time.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { weekMs } from "./deadline-text.ts"

/** When working hours begin: "Starts Mon 09:00". */
export function useStartText(): (iso: string) => string {
  const { t } = useTexts()
  const when = useTimeFormat()
  return (iso) => {
    const time = when.clock(iso)
    if (when.day(iso) === t("time.today")) return t("sla.starts.today", { time })
    const isNear = Date.parse(iso) - when.place.now < weekMs
    const day = isNear ? `${formatWeekday(iso, when.place, "short")} ${time}` : when.full(iso)
    return t("sla.starts", { when: day })
  }
}
