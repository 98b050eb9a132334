import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { ErrorState, Skeleton, LoadingState } from "../../ui/loading-empty-and-error.tsx"
import { EventLine } from "./event-line.tsx"
import { Timeline } from "./scrolling-timeline.tsx"
import { timelineItems, type TimelineItem } from "./timeline-items.ts"
import { MessageItem } from "../messages/message-item.tsx"
import { openAddAddress } from "../../contacts/addresses/open-add-address.ts"
import {
  messagesQuery,
  messagesInOrder,
  useDismissFailure,
  useUnconfirmedMessages,
  type Message,
} from "../messages/message-queries.ts"
import { useReplyWindow } from "../composer/reply-window-query.ts"
import { toggleSplitMessage, useSplitSelection } from "../merge/split-selection.ts"
import { timelineQuery } from "./timeline-queries.ts"
import { useMarkRead } from "../messages/mark-read.ts"
import { isDone, type Ticket } from "../ticket.ts"

interface Props {
  ticket: Ticket
  onRetry: (message: Message) => void
  /** Where an answer can name the message it answers. */
  onQuote: ((message: Message) => void) | undefined
}

export function TicketTimeline({ ticket, onRetry, onQuote }: Props) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { timezone } = when.place
  const dismiss = useDismissFailure(ticket.number)
  const window = useReplyWindow(ticket.number)
  const isReachable = window !== undefined && window.mode !== "none" && window.reason !== "unreachable"
  const splitting = useSplitSelection(ticket.number)
  const messages = useInfiniteQuery(messagesQuery(ticket.number))
  const { data: timeline, isPending: storyIsComing } = useQuery(timelineQuery(ticket.number))
  const confirmed = useMemo(() => messagesInOrder(messages.data), [messages.data])
  useReading(ticket, confirmed.at(-1)?.id)
  const unconfirmed = useUnconfirmedMessages(ticket.number, confirmed)
  const items = timelineItems([...confirmed, ...unconfirmed], timeline?.items ?? [], !messages.hasNextPage, {
    timezone,
  })
  if (messages.isPending || storyIsComing) return <WaitingThread />
  const isUnknown = messages.isError && !messages.data
  // What one has written oneself stays in sight, whatever could be read.
  if (isUnknown && unconfirmed.length === 0)
    return <ErrorState error={messages.error} title={t("thread.failed")} retry={() => void messages.refetch()} />
  const draw = (item: TimelineItem, goTo: (key: string) => void) => {
    if (item.type === "message") {
      const { message, continues, reactions } = item
      const answered = confirmed.find(({ id }) => id === message.replyTo)
      return (
        <MessageItem
          {...{ message, continues, reactions, answered, onRetry, goTo, isReachable }}
          onDismiss={({ id }) => dismiss.mutate(id)}
          onAddress={ticket.contact ? () => openAddAddress(ticket.number) : undefined}
          onQuote={isQuotable(message) ? onQuote : undefined}
          ticketNumber={ticket.number}
          channel={ticketChannels[ticket.channel]}
          choice={
            splitting && message.id.startsWith("msg_")
              ? { isChosen: splitting.has(message.id), toggle: () => toggleSplitMessage(message.id) }
              : undefined
          }
        />
      )
    }
    if (item.type === "event") return <EventLine happening={item.happening} ticket={ticket} />
    return (
      <h3 className="pt-3 pb-1 pl-12 text-xs text-faint first-letter:uppercase max-md:pl-9">{when.day(item.at)}</h3>
    )
  }
  return (
    <Timeline
      key={ticket.number}
      items={items}
      draw={draw}
      isEnded={isDone(ticket)}
      older={messages.hasNextPage && !messages.isFetchingNextPage ? () => void messages.fetchNextPage() : undefined}
      isLoadingOlder={messages.isFetchingNextPage}
    />
  )
}

/** Reading happens when the messages lie open before someone's eyes, not in a hidden tab. */
function useReading({ number, unreadMessages }: Ticket, lastSeenMessageId: string | undefined) {
  const { mutate } = useMarkRead()
  useEffect(() => {
    if (unreadMessages === 0 || lastSeenMessageId === undefined) return
    const read = () => document.visibilityState === "visible" && mutate({ ref: number, lastSeenMessageId })
    read()
    document.addEventListener("visibilitychange", read)
    return () => document.removeEventListener("visibilitychange", read)
  }, [number, unreadMessages, lastSeenMessageId, mutate])
}

/** What the channel knows, and can point at. */
const isQuotable = ({ id, kind, isInternal, delivery }: Message) =>
  id.startsWith("msg_") && kind === "message" && !isInternal && delivery.state !== "failed"

function WaitingThread() {
  return (
    <div className="min-h-0 grow overflow-hidden p-4 pl-12">
      <LoadingState>
        <div className="grid gap-6">
          <Skeleton className="h-16 w-3/5" />
          <Skeleton className="ml-auto h-12 w-1/2" />
          <Skeleton className="h-10 w-2/5" />
          <Skeleton className="ml-auto h-20 w-3/5" />
        </div>
      </LoadingState>
    </div>
  )
}
