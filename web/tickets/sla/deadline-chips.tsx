import { Check, CircleAlert, CirclePause, Clock, TriangleAlert, type LucideIcon } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Badge, type Tone } from "../../ui/badge.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { Ticket } from "../ticket.ts"
import { isRunning, nearestTarget, type SlaState, type SlaTarget, stateAt } from "./nearest-deadline.ts"

export const deadlineLooks: Record<SlaState, { icon: LucideIcon; tone: Tone; colour: string }> = {
  on_track: { icon: Clock, tone: "neutral", colour: "text-muted" },
  warning: { icon: TriangleAlert, tone: "amber", colour: "text-amber" },
  breached: { icon: CircleAlert, tone: "red", colour: "font-strong text-red" },
  paused: { icon: CirclePause, tone: "neutral", colour: "text-muted" },
  met: { icon: Check, tone: "green", colour: "text-green" },
  none: { icon: Clock, tone: "neutral", colour: "text-muted" },
}
const minuteMs = 60_000
const weekMs = 6 * 24 * 60 * minuteMs

/** A deadline as a sentence: "First response: due Monday 10:00". */
export function useDeadlineText(): (target: SlaTarget) => string {
  const { t } = useTexts()
  const when = useTimeFormat()
  const due = (metric: string, iso: string) => {
    const { now, locale, timezone } = when.place
    const zone = timezone ? { timeZone: timezone } : {}
    const day = new Intl.DateTimeFormat(locale, { ...zone, weekday: "long" }).format(Date.parse(iso))
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

const minutesSince = (iso: string, now: number) => (now - Date.parse(iso)) / minuteMs

/** In a row of a list: how long until the deadline that counts, or since it; nothing when none runs. */
export function DeadlineMark({ sla }: { sla: Ticket["sla"] }) {
  const when = useTimeFormat()
  const say = useDeadlineText()
  const target = nearestTarget(sla)
  if (!target) return null
  const state = stateAt(target, when.place.now)
  const { icon: Icon, colour } = deadlineLooks[state]
  const { dueAt, minutesRemaining } = target
  const minutes = dueAt === null ? (minutesRemaining ?? 0) : Math.abs(minutesSince(dueAt, when.place.now))
  return (
    <span
      role="img"
      aria-label={say(target)}
      title={say(target)}
      className={classNames("flex shrink-0 items-center gap-0.5 text-xs tabular-nums", colour)}
    >
      <Icon className="size-3" aria-hidden />
      {when.duration(minutes)}
    </span>
  )
}

/** Above a ticket: what runs, and what was missed. */
export function DeadlineChips({ sla, className }: { sla: Ticket["sla"]; className: string }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useDeadlineText()
  const shown = (sla?.targets ?? []).filter((target) => isRunning(target) || target.state === "breached")
  if (shown.length === 0) return null
  return (
    <ul aria-label={t("sla.deadlines")} className={classNames("flex flex-wrap gap-1", className)}>
      {shown.map((target) => {
        const { icon: Icon, tone } = deadlineLooks[stateAt(target, when.place.now)]
        return (
          <li key={target.metric} title={target.dueAt ? when.full(target.dueAt) : undefined}>
            <Badge tone={tone}>
              <Icon aria-hidden />
              {say(target)}
            </Badge>
          </li>
        )
      })}
    </ul>
  )
}

/** Among the details of a ticket: each of its deadlines, what was met too. */
export function DeadlineList({ targets }: { targets: SlaTarget[] }) {
  const when = useTimeFormat()
  const say = useDeadlineText()
  return (
    <ul className="grid gap-1">
      {targets.map((target) => (
        <li
          key={target.metric}
          title={target.dueAt ? when.full(target.dueAt) : undefined}
          className={classNames("break-words", deadlineLooks[stateAt(target, when.place.now)].colour)}
        >
          {say(target)}
        </li>
      ))}
    </ul>
  )
}
