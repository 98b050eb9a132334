// A deadline in words, as it stands now where the reader is.
import { formatWeekday } from "../../lib/formats/format-time.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { isRunning, type SlaTarget, stateAt } from "./nearest-deadline.ts"

const minuteMs = 60_000
export const weekMs = 6 * 24 * 60 * minuteMs

/** A deadline as a sentence: "First response: due Monday 10:00". What is left of one that stands is working time. */
export function useDeadlineText(): (target: SlaTarget) => string {
  const { t } = useTexts()
  const when = useTimeFormat()
  const due = (metric: string, iso: string) => {
    if (Date.parse(iso) - when.place.now > weekMs) return t("sla.due.date", { metric, when: when.full(iso) })
    const time = when.clock(iso)
    if (when.day(iso) === t("time.today")) return t("sla.due.today", { metric, time })
    return t("sla.due.weekday", { metric, day: formatWeekday(iso, when.place, "long"), time })
  }
  return (target) => {
    const metric = t(`sla.metric.${target.metric}`)
    const { dueAt, minutesRemaining } = target
    switch (stateAt(target, when.place.now)) {
      case "breached":
        if (!isRunning(target) || dueAt === null) return t("sla.missed", { metric })
        return t("sla.overdue", { metric, duration: when.duration(minutesSince(dueAt, when.place.now)) })
      case "paused":
        return t("sla.paused", { metric, duration: when.hours(minutesRemaining ?? 0) })
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
