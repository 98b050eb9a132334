import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { activityOf } from "./pick-activity-events.ts"
import { useHappeningText } from "../timeline/happening-text.ts"
import { timelineQuery } from "../timeline/timeline-queries.ts"
import type { Kind } from "../ticket.ts"

/** What happened to the ticket besides what was said on it. */
export function ActivityTab({ number, kind }: { number: string; kind: Kind }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const words = useHappeningText(kind)
  const query = useQuery(timelineQuery(number))
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-24" />
      </NotLoaded>
    )
  const activity = activityOf(query.data.items)
  if (activity.length === 0) return <p className="text-muted">{t("details.noActivity")}</p>
  return (
    <ol className="relative grid gap-3 before:absolute before:inset-y-1 before:left-[3px] before:w-px before:bg-edge">
      {activity.map((happening, index) => (
        <li key={`${happening.timestamp} ${index}`} className="relative pl-5 text-sm">
          <span aria-hidden className="absolute top-[6px] left-0 size-[7px] rounded-full bg-edge" />
          <p className="break-words">{words(happening)}</p>
          <time dateTime={happening.timestamp} className="text-xs text-faint tabular-nums">
            {when.full(happening.timestamp)}
          </time>
        </li>
      ))}
    </ol>
  )
}
