import { Moon } from "lucide-react"
import { formatNearTime } from "../../lib/formats/format-time.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { classNames } from "../../ui/class-names.ts"
import type { Ticket } from "../ticket.ts"
import { deadlineLooks } from "./deadline-chips.tsx"
import { minutesSince, useDeadlineText } from "./deadline-text.ts"
import { nearestTarget, type SlaTarget, startOf, stateAt } from "./nearest-deadline.ts"
import { useStartText } from "./working-hours-start-text.ts"

/**
 * In a row of a list: what is due, and how long until then or since. Outside of working hours nothing of that time counts: a moon,
 * and when it is due.
 */
export function DeadlineMark({ sla }: { sla: Ticket["sla"] }) {
  const { t } = useTexts()
  const { now } = useTimeFormat().place
  const say = useDeadlineText()
  const sayStart = useStartText()
  const sayShort = useShortDeadline()
  const target = nearestTarget(sla)
  if (!target) return null
  const state = stateAt(target, now)
  const { icon: Icon, colour } = deadlineLooks[state]
  const start = startOf(target, now)
  const label = start ? `${say(target)} · ${sayStart(start)}` : say(target)
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classNames("flex shrink-0 items-center gap-1 text-xs tabular-nums", colour)}
    >
      {(start === null || state === "warning") && <Icon className="size-3" aria-hidden />}
      {start !== null && <Moon className="size-3" aria-hidden />}
      {t(`sla.short.${target.metric}`)} {sayShort(target, start !== null)}
    </span>
  )
}

/** How long until it is due or since; what is left of it while it stands; when it is due, outside of working hours. */
function useShortDeadline() {
  const { place, duration, hours } = useTimeFormat()
  return ({ dueAt, minutesRemaining }: SlaTarget, isOutsideHours: boolean) => {
    if (dueAt === null) return hours(inWholeHours(minutesRemaining ?? 0))
    if (isOutsideHours) return formatNearTime(dueAt, place)
    return duration(inWholeHours(Math.abs(minutesSince(dueAt, place.now))))
  }
}

/** A row has no room for the minutes of a long time. */
const inWholeHours = (minutes: number) => (minutes < 120 ? minutes : Math.floor(minutes / 60) * 60)
