// A deadline in words, as it stands now where the reader is.
import { dateFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { isRunning, type SlaTarget, stateAt } from "./nearest-deadline.ts"

const minuteMs = 60_000
const weekMs = 6 * 24 * 60 * minuteMs

/** A deadline as a sentence: "First response: due Monday 10:00". */
export function useDeadlineText(): (target: SlaTarget) => string {
  const { t } = useTexts()
  const when = useTimeFormat()
  const due = (metric: string, iso: string) => {
    const { now, locale, timezone } = when.place
    const zone = timezone ? { timeZone: timezone } : {}
    const day = dateFormat(locale, { ...zone, weekday: "long" }).format(Date.parse(iso))
    if (Date.parse(iso) - now > weekMs) return t("sla.due.date", { metric, when: when.full(iso) })
    const isToday = when.day(iso) === t("time.today")
    const time = when.clock(iso)
    return isToday ? t("sla.due.today", { metric, time }) : t("sla.due.weekday", { metric, day, time })
  }
  return (target) => {
    const metric = t(`sla.metric.${target.metric}`)
    const { dueAt, minutesRemaining } = target
    switch (stateAt(target, when.place.now)) {
      case "breached":
        if (!isRunning(target) || dueAt === null) return t("sla.missed", { metric })
        return t("sla.overdue", { metric, duration: when.duration(minutesSince(dueAt, when.place.now)) })
      case "paused":
        return t("sla.paused", { metric, duration: when.duration(minutesRemaining ?? 0) })
      case "met":
        return t("sla.met", { metric })
      case "none":
        return t("sla.ended", { metric })
      default:
        return dueAt === null ? metric : due(metric, dueAt)
    }
  }
}

/** How long the instant is past (negative: until it comes). */
export const minutesSince = (iso: string, now: number) => (now - Date.parse(iso)) / minuteMs

/** When working hours begin: "Mon 09:00". */
export function useStartText(): (iso: string) => string {
  const when = useTimeFormat()
  const { now, locale, timezone } = when.place
  const zone = timezone ? { timeZone: timezone } : {}
  return (iso) => {
    const day = dateFormat(locale, { ...zone, weekday: "short" }).format(Date.parse(iso))
    return Date.parse(iso) - now < weekMs ? `${day} ${when.clock(iso)}` : when.full(iso)
  }
}
