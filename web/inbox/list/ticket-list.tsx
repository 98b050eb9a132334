import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual"
import { type MouseEvent, useEffect, useRef } from "react"
import { useTexts } from "../../lib/language.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { ErrorState, Skeleton, LoadingState } from "../../ui/loading-empty-and-error.tsx"
import { EmptyList } from "./empty-list.tsx"
import type { TicketListState } from "./use-ticket-list.ts"
import { ListHeader } from "./list-header.tsx"
import type { InboxLocation } from "../inbox-location.ts"
import type { TicketSelection } from "./row-selection.ts"
import { rowHeight, TicketRow } from "./ticket-row.tsx"
import { UndeliveredNotice } from "./undelivered-notice.tsx"
import { useRovingFocus } from "./use-roving-focus.ts"

interface Props {
  place: InboxLocation
  list: TicketListState
  selection: TicketSelection
}

const bulkBar = async () => (await import("../bulk/bulk-bar.tsx")).BulkBar

export function TicketList({ place, list, selection }: Props) {
  const { t } = useTexts()
  const { list: query, tickets } = list
  return (
    <section aria-label={t("list.label")} className="flex h-full min-w-0 flex-col">
      {selection.isOn ? (
        <LoadedLater
          load={bulkBar}
          props={{ selection }}
          fallback={<div className="h-[82px] shrink-0 border-b border-line bg-chosen" />}
          onFailed={selection.clear}
        />
      ) : (
        <ListHeader place={place} onSelect={tickets.length > 0 ? selection.start : undefined} />
      )}
      <UndeliveredNotice view={place.view} />
      <div className="min-h-0 grow">
        {query.isPending ? (
          <WaitingRows />
        ) : query.isError && tickets.length === 0 ? (
          <ErrorState error={query.error} title={t("list.failed")} retry={() => void query.refetch()} />
        ) : tickets.length === 0 ? (
          <EmptyList place={place} />
        ) : (
          <Rows place={place} list={list} selection={selection} />
        )}
      </div>
    </section>
  )
}

function Rows({ place, list: { list: query, tickets }, selection }: Props) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 8,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (last >= tickets.length - 15 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [last, tickets.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  useScrollToOpen(virtual, tickets, place.ref)
  // Here and not in the rows, which are drawn again only when something of their own has changed.
  const onClick = ({ target, shiftKey }: MouseEvent) => {
    const number = (target as HTMLElement).dataset["select"]
    if (number) (shiftKey ? selection.range : selection.toggle)(number)
  }
  const { stop, ...roving } = useRovingFocus(scroller, virtual, tickets, place.ref)
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <ul className="relative" style={{ height: virtual.getTotalSize() }} onClick={onClick} {...roving}>
        {rows.map((row) => {
          const ticket = tickets[row.index]
          if (!ticket) return null
          return (
            <li
              key={row.key}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start}px)` }}
              aria-setsize={query.data?.pages[0]?.totalIsCapped ? -1 : (query.data?.pages[0]?.total ?? -1)}
              aria-posinset={row.index + 1}
            >
              <TicketRow
                ticket={ticket}
                search={place.search}
                isOpen={place.ref === ticket.number || place.ref === ticket.id}
                isSelected={selection.numbers.has(ticket.number)}
                isSelecting={selection.isOn}
                isTabStop={row.index === stop}
              />
            </li>
          )
        })}
      </ul>
      <p className="p-3 text-center text-xs text-faint">{hasNextPage ? t("list.loadingMore") : t("list.end")}</p>
    </div>
  )
}

/** Only moving to another ticket scrolls; a row that moves up because of a new message does not. */
function useScrollToOpen(
  virtual: Virtualizer<HTMLDivElement, Element>,
  tickets: TicketListState["tickets"],
  open: string | undefined,
) {
  const shown = useRef<string>(undefined)
  useEffect(() => {
    if (open === shown.current) return
    const chosen = tickets.findIndex((ticket) => ticket.number === open)
    if (chosen < 0) return
    shown.current = open
    virtual.scrollToIndex(chosen, { align: "auto" })
  }, [open, tickets, virtual])
}

function WaitingRows() {
  return (
    <LoadingState>
      {Array.from({ length: 9 }, (_, index) => (
        <div key={index} className="flex h-14 items-center gap-2.5 border-b border-line px-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="grid grow gap-2">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </LoadingState>
  )
}
