import { useTimeFormat } from "../../lib/use-time-format.ts"
import { classNames } from "../../ui/class-names.ts"
import { SurveyComment } from "../../surveys/survey-comment.tsx"
import { useHappeningText } from "./happening-text.ts"
import type { TimelineEvent } from "./timeline-queries.ts"
import type { Ticket } from "../ticket.ts"

const signs: Record<string, string> = {
  "ticket.closed": "size-[13px] left-[17px] max-md:left-[9px] top-[11px] border-2 border-green bg-surface",
  "ticket.resolved": "size-[13px] left-[17px] max-md:left-[9px] top-[11px] border-2 border-green bg-surface",
  "ticket.reopened": "size-[13px] left-[17px] max-md:left-[9px] top-[11px] border-2 border-blue bg-blue-soft",
}

/** An act on the ticket: one grey line; a closed stretch ends in a ring, a reopened one goes on from it with its reason. */
export function EventLine({ happening, ticket }: { happening: TimelineEvent; ticket: Ticket }) {
  const words = useHappeningText(ticket.kind)
  const { action, details } = happening
  const when = useTimeFormat()
  return (
    <div className="relative flex flex-wrap items-baseline gap-x-2 pt-2 pr-4 pb-0.5 pl-12 text-xs text-muted max-md:pl-9">
      <span
        aria-hidden
        className={classNames(
          "absolute rounded-full",
          signs[action] ?? "top-[15px] left-[21px] size-[5px] bg-edge max-md:left-[13px]",
        )}
      />
      <span className="min-w-0 break-words">{words(happening)}</span>
      <time
        dateTime={happening.timestamp}
        title={when.full(happening.timestamp)}
        className="shrink-0 text-faint tabular-nums"
      >
        {when.clock(happening.timestamp)}
      </time>
      {action === "survey.answered" && (
        <SurveyComment ticketRef={ticket.number} surveyId={String(details["subjectId"])} />
      )}
    </div>
  )
}
