import { Moon } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { classNames } from "../../ui/class-names.ts"
import type { Ticket } from "../ticket.ts"
import { deadlineLooks } from "./deadline-chips.tsx"
import { minutesSince, useDeadlineText, useStartText } from "./deadline-text.ts"
import { nearestTarget, startOf, stateAt } from "./nearest-deadline.ts"

/** In a row of a list: what is due, and how long until then or since; outside of working hours when they begin. */
export function DeadlineMark({ sla }: { sla: Ticket["sla"] }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useDeadlineText()
  const sayStart = useStartText()
  const target = nearestTarget(sla)
  if (!target) return null
  const { icon, colour } = deadlineLooks[stateAt(target, when.place.now)]
  const { dueAt, minutesRemaining } = target
  const start = startOf(target, when.place.now)
  const Icon = start ? Moon : icon
  const minutes = dueAt === null ? (minutesRemaining ?? 0) : Math.abs(minutesSince(dueAt, when.place.now))
  const shortStart = (iso: string) => (when.day(iso) === t("time.today") ? when.clock(iso) : sayStart(iso))
  const label = start ? `${say(target)} · ${t("sla.starts", { when: sayStart(start) })}` : say(target)
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classNames("flex shrink-0 items-center gap-0.5 text-xs tabular-nums", colour)}
    >
      <Icon className="size-3" aria-hidden />
      {start ? shortStart(start) : `${t(`sla.short.${target.metric}`)} ${when.duration(inWholeHours(minutes))}`}
    </span>
  )
}

/** A row has no room for the minutes of a long time. */
const inWholeHours = (minutes: number) => (minutes < 120 ? minutes : Math.floor(minutes / 60) * 60)
