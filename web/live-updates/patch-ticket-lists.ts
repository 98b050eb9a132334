// Notices of tickets, put into the lists on the screen.
import type { Query, QueryCacheNotifyEvent, QueryClient } from "@tanstack/react-query"
import type { TicketFilter } from "../tickets/ticket-queries.ts"
import { maySee, type LiveRow, type TicketNotice, type Viewer } from "./ticket-notice-and-row.ts"
import { matchesFilter } from "./match-row-to-filter.ts"
import { compareRows, findRow, placeRow, removeRow, type LoadedList } from "./place-row-in-list.ts"

/** A list that has grown by so many is asked for anew, and is short again. */
const mostGrowth = 100

const isList = ({ queryKey }: Query) => queryKey[0] === "tickets" && queryKey[1] === "list"

/** The latest notices by ticket, each with when it came. */
export type LatestNotices = Map<string, TicketNotice & { nth: number }>

const kindOfBoard: Record<string, string> = { incidents: "incident", agreements: "mirrored" }

/** Whether the ticket is one of a board's, by the board's name in the keys of its lists and counts: only the server knows its place. */
export const isOfBoard = (board: unknown, { row, was }: TicketNotice) =>
  (row ?? was)?.kind === (kindOfBoard[String(board)] ?? null)

export function createListPatcher(client: QueryClient, latest: LatestNotices) {
  const fetchedFrom = new WeakMap<Query, number>()
  const sizes = new WeakMap<Query, number>()
  /** Puts the notice into every list on the screen; those are given back that the server has to be asked for. */
  const patch = (notice: TicketNotice): Query[] =>
    client
      .getQueryCache()
      .findAll({ predicate: isList })
      .filter((query) => !patchList(query, notice))
  const patchList = (query: Query, notice: TicketNotice): boolean => {
    const [, , filter] = query.queryKey
    if (typeof filter !== "object") return !isOfBoard(filter, notice)
    const list = query.state.data as LoadedList | undefined
    if (!list) return true
    if (!query.isActive()) {
      query.invalidate()
      return true
    }
    const [next, isKnown] = placeNotice(client, list, filter as TicketFilter, notice)
    if (next !== list) keepAge(client, query, next)
    return isKnown && sizeOf(next) <= (sizes.get(query) ?? Infinity) + mostGrowth
  }
  /** An answer that was on its way when a row came may be older than the row. */
  const follow = (received: () => number) => (event: QueryCacheNotifyEvent) => {
    if (event.type !== "updated" || !isList(event.query)) return
    const { query, action } = event
    if (action.type === "fetch") fetchedFrom.set(query, received())
    if (action.type !== "success" || action.manual) return
    const since = fetchedFrom.get(query) ?? 0
    sizes.set(query, sizeOf(query.state.data as LoadedList))
    const newer = [...latest.values()].filter(({ nth }) => nth > since)
    if (newer.length > 0) queueMicrotask(() => newer.forEach((notice) => patchList(query, notice)))
  }
  return { patch, follow }
}

const sizeOf = (list: LoadedList | undefined) => list?.pages?.reduce((sum, page) => sum + page.items.length, 0) ?? 0

/**
 * The list with what the notice says, and whether that is all there is to know. Of a ticket that comes in a replay to a list with
 * more pages only the server knows whether it is counted there.
 */
function placeNotice(
  client: QueryClient,
  list: LoadedList,
  filter: TicketFilter,
  { row, was, ticketId, isVisible, isReplay }: TicketNotice,
): [LoadedList, boolean] {
  const viewer = client.getQueryData<Viewer>(["me"])
  if (isVisible === false) return [removeRow(list, ticketId!), true]
  if (!row || !viewer) return [list, false]
  const isIn = matchesFilter(filter, row, viewer)
  const compare = compareRows(typeof filter["sort"] === "string" ? filter["sort"] : undefined)
  const place = { isIn, wasIn: wasIn(filter, row, was, viewer), compare }
  const mayBeCounted = isReplay && isIn && list.pages.at(-1)!.nextCursor !== null && !findRow(list, row.id)
  return [placeRow(list, row, place), isIn !== undefined && !mayBeCounted]
}

/** Of what the summary does not hold, the row knows only how it is now. */
function wasIn(filter: TicketFilter, row: LiveRow, was: TicketNotice["was"], viewer: Viewer): boolean | undefined {
  if (was === undefined) return undefined
  if (was === null || !maySee(was, viewer)) return false
  return matchesFilter(filter, { ...row, ...was }, viewer)
}

/** New data, as old as it was before: whether it has to be asked for again is not changed by it. */
export function keepAge(client: QueryClient, query: Query, data: object) {
  const { dataUpdatedAt, isInvalidated } = query.state
  client.setQueryData(query.queryKey, data, { updatedAt: dataUpdatedAt })
  if (isInvalidated) query.invalidate()
}
