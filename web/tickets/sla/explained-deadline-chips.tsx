import { Moon } from "lucide-react"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Badge } from "../../ui/badge.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { DetailTooltip } from "../../ui/tooltip.tsx"
import type { Ticket } from "../ticket.ts"
import { DeadlineChips } from "./deadline-chips.tsx"
import { useStartText } from "./working-hours-start-text.ts"
import { nearestTarget, startOf } from "./nearest-deadline.ts"

const explanation = async () => (await import("./deadline-explanation.tsx")).DeadlineExplanation

/** Above a ticket of staff: its chips explain themselves on demand, and one says that working hours are over. */
export function ExplainedDeadlineChips({ ticket, className }: { ticket: Ticket; className: string }) {
  const { now } = useTimeFormat().place
  const sayStart = useStartText()
  const target = nearestTarget(ticket.sla)
  const start = target && startOf(target, now)
  return (
    <DeadlineChips
      sla={ticket.sla}
      className={className}
      renderChip={(chip, one) => (
        <DetailTooltip
          detail={<LoadedLater load={explanation} props={{ ticket, target: one }} onFailed={() => undefined} />}
        >
          {chip}
        </DetailTooltip>
      )}
    >
      {start && (
        <Badge>
          <Moon aria-hidden />
          {sayStart(start)}
        </Badge>
      )}
    </DeadlineChips>
  )
}
