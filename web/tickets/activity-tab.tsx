import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Broken, Skeleton, Waiting } from "../ui/state.tsx"
import { activityOf } from "./activity.ts"
import { useEventWords } from "./event-words.ts"
import { useReason } from "./reason.ts"
import { timelineQuery } from "./story.ts"
import type { Kind } from "./ticket.ts"

/** What happened to the ticket besides what was said on it. */
export function ActivityTab({ number, kind }: { number: string; kind: Kind }) {
  const { t } = useTexts()
  const when = useWhen()
  const words = useEventWords(kind)
  const say = useReason()
  const query = useQuery(timelineQuery(number))
  if (query.isError) return <Broken error={query.error} retry={() => void query.refetch()} />
  if (!query.data)
    return (
      <Waiting>
        <Skeleton className="h-24" />
      </Waiting>
    )
  const activity = activityOf(query.data.items)
  if (activity.length === 0) return <p className="text-muted">{t("details.noActivity")}</p>
  return (
    <ol className="relative grid gap-3 before:absolute before:inset-y-1 before:left-[3px] before:w-px before:bg-edge">
      {activity.map((happening, index) => (
        <li key={`${happening.timestamp} ${index}`} className="relative pl-5 text-sm">
          <span aria-hidden className="absolute top-[6px] left-0 size-[7px] rounded-full bg-edge" />
          <p className="break-words">{happening.why ? say(happening.why) : words(happening)}</p>
          <time dateTime={happening.timestamp} className="text-xs text-faint tabular-nums">
            {when.full(happening.timestamp)}
          </time>
        </li>
      ))}
    </ol>
  )
}
