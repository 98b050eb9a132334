import { Check, CircleAlert, CirclePause, Clock, TriangleAlert, type LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Badge, type Tone } from "../../ui/badge.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { Ticket } from "../ticket.ts"
import { useDeadlineText } from "./deadline-text.ts"
import { isRunning, type SlaState, type SlaTarget, stateAt } from "./nearest-deadline.ts"

export const deadlineLooks: Record<SlaState, { icon: LucideIcon; tone: Tone; colour: string }> = {
  on_track: { icon: Clock, tone: "neutral", colour: "text-muted" },
  warning: { icon: TriangleAlert, tone: "amber", colour: "text-amber" },
  breached: { icon: CircleAlert, tone: "red", colour: "font-strong text-red" },
  paused: { icon: CirclePause, tone: "neutral", colour: "text-muted" },
  met: { icon: Check, tone: "green", colour: "text-green" },
  none: { icon: Clock, tone: "neutral", colour: "text-muted" },
}

interface ChipsProps {
  sla: Ticket["sla"]
  className: string
  /** What the chip of a target stands in, and what says more of it. */
  renderChip?: (chip: ReactNode, target: SlaTarget) => ReactNode
  /** After all chips. */
  children?: ReactNode
}

/** Above a ticket: what runs, and what was missed. */
export function DeadlineChips({ sla, className, renderChip, children }: ChipsProps) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useDeadlineText()
  const shown = (sla?.targets ?? []).filter((target) => isRunning(target) || target.state === "breached")
  if (shown.length === 0) return null
  const chipOf = (target: SlaTarget) => {
    const { icon: Icon, tone } = deadlineLooks[stateAt(target, when.place.now)]
    return (
      <Badge tone={tone}>
        <Icon aria-hidden />
        {say(target)}
      </Badge>
    )
  }
  return (
    <ul aria-label={t("sla.deadlines")} className={classNames("flex flex-wrap items-center gap-1", className)}>
      {shown.map((target) => (
        <li key={target.metric} title={!renderChip && target.dueAt ? when.full(target.dueAt) : undefined}>
          {renderChip ? renderChip(chipOf(target), target) : chipOf(target)}
        </li>
      ))}
      {children && <li>{children}</li>}
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
