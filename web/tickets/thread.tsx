import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useVirtualizer } from "@tanstack/react-virtual"
import { ArrowDown } from "lucide-react"
import { useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from "react"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Button } from "../ui/button.tsx"
import { Broken, Skeleton, Waiting } from "../ui/state.tsx"
import { EventLine } from "./event-line.tsx"
import { knotsOf, type Knot } from "./knots.ts"
import { MessageBlock } from "./message-block.tsx"
import { messagesQuery, threadOf, type Message } from "./messages.ts"
import { timelineQuery } from "./story.ts"
import { isDone, type Kind, type Ticket } from "./ticket.ts"

interface Props {
  ticket: Ticket
  onRetry: (message: Message) => void
}

export function Thread({ ticket, onRetry }: Props) {
  const { t } = useTexts()
  const { place } = useWhen()
  const messages = useInfiniteQuery(messagesQuery(ticket.number))
  const { data: timeline, isPending: storyIsComing } = useQuery(timelineQuery(ticket.number))
  const knots = useMemo(
    () => knotsOf(threadOf(messages.data), timeline?.items ?? [], !messages.hasNextPage, place),
    // The clock of `place` ticks; only the zone and the language change where a day begins.
    [messages.data, messages.hasNextPage, timeline, place.timezone, place.locale],
  )
  if (messages.isPending || storyIsComing) return <WaitingThread />
  if (messages.isError && !messages.data)
    return <Broken error={messages.error} title={t("thread.failed")} retry={() => void messages.refetch()} />
  return (
    <Knots
      key={ticket.number}
      knots={knots}
      ticket={ticket}
      older={messages.hasNextPage && !messages.isFetchingNextPage ? () => void messages.fetchNextPage() : undefined}
      isLoadingOlder={messages.isFetchingNextPage}
      onRetry={onRetry}
    />
  )
}

interface KnotsProps {
  knots: Knot[]
  ticket: Ticket
  older: (() => void) | undefined
  isLoadingOlder: boolean
  onRetry: (message: Message) => void
}

function Knots({ knots, ticket, older, isLoadingOlder, onRetry }: KnotsProps) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: knots.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (knots[index]?.type === "message" ? 84 : 34),
    getItemKey: (index) => knots[index]?.key ?? index,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 20,
  })
  useLayoutEffect(() => virtual.scrollToEnd(), [virtual])
  useStayAtEnd(scroller, () => virtual.scrollToEnd())
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  useEffect(() => {
    if (first < 5) older?.()
  }, [first, older])
  return (
    <div className="relative min-h-0 grow">
      <div ref={scroller} className="h-full overflow-y-auto" role="log" aria-label={t("thread.label")} tabIndex={0}>
        {isLoadingOlder && (
          <p className="absolute inset-x-0 top-1 text-center text-xs text-faint">{t("thread.older")}</p>
        )}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          <span
            aria-hidden
            className="absolute left-[23px] w-px bg-edge max-md:left-[15px]"
            style={{ top: 20, bottom: isDone(ticket) ? 34 : 0 }}
          />
          {items.map((item) => {
            const knot = knots[item.index]
            return (
              knot && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Hanging knot={knot} kind={ticket.kind} onRetry={onRetry} />
                </div>
              )
            )
          })}
        </div>
      </div>
      {!virtual.isAtEnd() && items.length > 0 && (
        <Button
          size="sm"
          className="absolute right-4 bottom-3 shadow-float"
          onClick={() => virtual.scrollToEnd()}
          aria-label={t("thread.newBelow")}
        >
          <ArrowDown />
        </Button>
      )}
    </div>
  )
}

/** A box that grows or shrinks (a banner, a keyboard on a phone) keeps showing the end if it showed the end. */
function useStayAtEnd(scroller: RefObject<HTMLDivElement | null>, toEnd: () => void) {
  const latest = useRef(toEnd)
  useEffect(() => {
    latest.current = toEnd
  })
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let isAtEnd = true
    const look = () => {
      isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80
    }
    const observer = new ResizeObserver(() => isAtEnd && latest.current())
    observer.observe(box)
    box.addEventListener("scroll", look, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener("scroll", look)
    }
  }, [scroller])
}

function Hanging({ knot, kind, onRetry }: { knot: Knot; kind: Kind; onRetry: (message: Message) => void }) {
  const when = useWhen()
  if (knot.type === "message")
    return <MessageBlock message={knot.message} continues={knot.continues} onRetry={onRetry} />
  if (knot.type === "event") return <EventLine happening={knot.happening} kind={kind} />
  return <h3 className="pt-3 pb-1 pl-12 text-xs text-faint first-letter:uppercase max-md:pl-9">{when.day(knot.at)}</h3>
}

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
