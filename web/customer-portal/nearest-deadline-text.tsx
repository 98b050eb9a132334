import { useTimeFormat } from "../lib/use-time-format.ts"
import { deadlineLooks } from "../tickets/sla/deadline-chips.tsx"
import { useDeadlineText } from "../tickets/sla/deadline-text.ts"
import { nearestTarget, stateAt } from "../tickets/sla/nearest-deadline.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { classNames } from "../ui/class-names.ts"

/** In a list of customers, who know no marks: the deadline that counts as a sentence; nothing when none runs, or none is for them. */
export function NearestDeadlineText({ sla }: { sla: Ticket["sla"] }) {
  const when = useTimeFormat()
  const say = useDeadlineText()
  const target = nearestTarget(sla)
  if (!target) return null
  const { icon: Icon, colour } = deadlineLooks[stateAt(target, when.place.now)]
  return (
    <span className={classNames("flex items-center gap-1", colour)}>
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {say(target)}
    </span>
  )
}
