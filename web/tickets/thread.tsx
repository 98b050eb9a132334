import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Broken, Skeleton, Waiting } from "../ui/state.tsx"
import { EventLine } from "./event-line.tsx"
import { KnotList } from "./knot-list.tsx"
import { knotsOf, type Knot } from "./knots.ts"
import { MessageBlock } from "./message-block.tsx"
import { openAddress } from "./address-opening.ts"
import { messagesQuery, threadOf, useDismiss, useUnconfirmed, type Message } from "./messages.ts"
import { useReplyWindow } from "./reply-window.ts"
import { toggleSplit, useSplitting } from "./splitting.ts"
import { timelineQuery } from "./story.ts"
import { isDone, type Ticket } from "./ticket.ts"

interface Props {
  ticket: Ticket
  onRetry: (message: Message) => void
  /** Where an answer can name the message it answers. */
  onQuote: ((message: Message) => void) | undefined
}

export function Thread({ ticket, onRetry, onQuote }: Props) {
  const { t } = useTexts()
  const when = useWhen()
  const { timezone } = when.place
  const dismiss = useDismiss(ticket.number)
  const window = useReplyWindow(ticket.number)
  const isReachable = window !== undefined && window.mode !== "none" && window.reason !== "unreachable"
  const splitting = useSplitting(ticket.number)
  const messages = useInfiniteQuery(messagesQuery(ticket.number))
  const { data: timeline, isPending: storyIsComing } = useQuery(timelineQuery(ticket.number))
  const confirmed = useMemo(() => threadOf(messages.data), [messages.data])
  const unconfirmed = useUnconfirmed(ticket.number, confirmed)
  const knots = knotsOf([...confirmed, ...unconfirmed], timeline?.items ?? [], !messages.hasNextPage, { timezone })
  if (messages.isPending || storyIsComing) return <WaitingThread />
  const isUnknown = messages.isError && !messages.data
  // What one has written oneself stays in sight, whatever could be read.
  if (isUnknown && unconfirmed.length === 0)
    return <Broken error={messages.error} title={t("thread.failed")} retry={() => void messages.refetch()} />
  const draw = (knot: Knot, goTo: (key: string) => void) => {
    if (knot.type === "message") {
      const { message, continues, reactions } = knot
      const answered = confirmed.find(({ id }) => id === message.replyTo)
      return (
        <MessageBlock
          {...{ message, continues, reactions, answered, onRetry, goTo, isReachable }}
          onDismiss={({ id }) => dismiss.mutate(id)}
          onAddress={ticket.contact ? () => openAddress(ticket.number) : undefined}
          onQuote={isQuotable(message) ? onQuote : undefined}
          hasMarks={ticket.channel === "whatsapp"}
          choice={
            splitting && message.id.startsWith("msg_")
              ? { isChosen: splitting.has(message.id), toggle: () => toggleSplit(message.id) }
              : undefined
          }
        />
      )
    }
    if (knot.type === "event") return <EventLine happening={knot.happening} kind={ticket.kind} />
    return (
      <h3 className="pt-3 pb-1 pl-12 text-xs text-faint first-letter:uppercase max-md:pl-9">{when.day(knot.at)}</h3>
    )
  }
  return (
    <KnotList
      key={ticket.number}
      knots={knots}
      draw={draw}
      isEnded={isDone(ticket)}
      older={messages.hasNextPage && !messages.isFetchingNextPage ? () => void messages.fetchNextPage() : undefined}
      isLoadingOlder={messages.isFetchingNextPage}
    />
  )
}

/** What the channel knows, and can point at. */
const isQuotable = ({ id, kind, isInternal, delivery }: Message) =>
  id.startsWith("msg_") && kind === "message" && !isInternal && delivery?.state !== "failed"

function WaitingThread() {
  return (
    <div className="min-h-0 grow overflow-hidden p-4 pl-12">
      <Waiting>
        <div className="grid gap-6">
          <Skeleton className="h-16 w-3/5" />
          <Skeleton className="ml-auto h-12 w-1/2" />
          <Skeleton className="h-10 w-2/5" />
          <Skeleton className="ml-auto h-20 w-3/5" />
        </div>
      </Waiting>
    </div>
  )
}
