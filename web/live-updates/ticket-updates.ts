// What travels over the socket, put into what the screen has loaded; the server is asked only for what that cannot tell.
import type { Query, QueryCacheNotifyEvent, QueryClient } from "@tanstack/react-query"
import type { TicketCounts, TicketFilter } from "../tickets/ticket-queries.ts"
import { adjustCounts } from "./adjust-counts.ts"
import { maySee, type LiveRow, type TicketNotice, type Viewer } from "./live-row.ts"
import { matchesFilter } from "./match-filter.ts"
import { compareRows, placeRow, removeRow, type LoadedList } from "./place-row.ts"
import { batchUp, throttleByKey } from "./throttle.ts"

/** How long a list waits that only the server can bring up to date, and a count that may be wrong. */
const listWaitMs = 3_000
const uncertainCountsMs = 10_000
/** Counts are moved by what travels while they are asked for too, so now and then they are asked for anew. */
const certainCountsMs = 30_000
const mostKept = 1_000
/** A list that has grown by so many is asked for anew, and is short again. */
const mostGrowth = 100

const countsKey = ["tickets", "counts"]
const isCounts = ({ queryKey }: Query) => queryKey[0] === "tickets" && queryKey[1] === "counts"
const isList = ({ queryKey }: Query) => queryKey[0] === "tickets" && queryKey[1] === "list"
const isOfTickets = ({ queryKey }: Query) => queryKey[0] === "tickets" || queryKey[0] === "ticket"

export type TicketUpdates = ReturnType<typeof createTicketUpdates>

/** `isHidden`: nobody looks. Then nothing is done but keeping what came, until `resume`. */
export function createTicketUpdates(client: QueryClient, isHidden: () => boolean) {
  let received = 0
  let hasMissed = false
  const openTickets = new Set<string>()
  const latest = new Map<string, TicketNotice & { nth: number }>()
  const waiting = new Map<string, TicketNotice>()
  const lists = createListPatcher(client, latest)
  const refetch = throttleByKey((hash) => {
    const query = client.getQueryCache().get(hash)
    if (query && isHidden()) hasMissed = true
    else if (query) void client.invalidateQueries({ predicate: (it) => it === query })
  })
  const refreshOpen = batchUp((ids: string[]) => refreshTickets(client, new Set(ids)), 100)
  const apply = (notice: TicketNotice) => {
    for (const query of lists.patch(notice)) refetch.ask(query.queryHash, listWaitMs)
    for (const query of client.getQueryCache().findAll({ predicate: isCounts }))
      if (query.queryKey.length > 2 && isOfIncident(notice)) refetch.ask(query.queryHash, listWaitMs)
  }
  const count = (notice: TicketNotice) => {
    const viewer = client.getQueryData<Viewer>(["me"])
    const counts = client.getQueryData<TicketCounts>(countsKey)
    if (!viewer || !counts) return
    const { counts: moved, isCertain } = adjustCounts(counts, notice, viewer)
    keepAge(client, client.getQueryCache().find({ queryKey: countsKey, exact: true })!, moved)
    refetch.ask(JSON.stringify(countsKey), isCertain ? certainCountsMs : uncertainCountsMs)
  }
  const flush = () => {
    if (isHidden()) return
    for (const notice of waiting.values()) apply(notice)
    waiting.clear()
  }
  const ticket = (notice: TicketNotice) => {
    const id = notice.ticketId
    // A ticket that leaves the closed ones is told of again, with its row.
    if (!id || (notice.action === "delete" && notice.isVisible !== false)) return
    latest.delete(id)
    latest.set(id, { ...notice, nth: ++received })
    if (latest.size > mostKept) latest.delete(latest.keys().next().value!)
    count(notice)
    waiting.set(id, notice)
    if (waiting.size > mostKept) hasMissed = true
    flush()
    if (isHidden()) openTickets.add(id)
    else refreshOpen(id)
  }
  const unsubscribe = client.getQueryCache().subscribe(lists.follow(() => received))
  return {
    ticket,
    /** What was loaded may be old: what is on the screen is asked for again. */
    miss: (isMissed: (query: Query) => boolean = isOfTickets) => {
      if (isHidden()) hasMissed = true
      else void client.invalidateQueries({ predicate: isMissed })
    },
    resume: () => {
      if (isHidden()) return
      if (hasMissed) void client.invalidateQueries({ predicate: isOfTickets })
      else flush()
      hasMissed = false
      waiting.clear()
      openTickets.forEach(refreshOpen)
      openTickets.clear()
    },
    stop: () => {
      refetch.stop()
      unsubscribe()
    },
  }
}

const isOfIncident = ({ row, was }: TicketNotice) => (row ?? was)?.kind === "incident"

function createListPatcher(client: QueryClient, latest: Map<string, TicketNotice & { nth: number }>) {
  const fetchedFrom = new WeakMap<Query, number>()
  const sizes = new WeakMap<Query, number>()
  /** Puts the notice into every list on the screen; those are given back that the server has to be asked for. */
  const patch = (notice: TicketNotice): Query[] =>
    client
      .getQueryCache()
      .findAll({ predicate: isList })
      .filter((query) => !patchList(query, notice))
  const patchList = (query: Query, notice: TicketNotice): boolean => {
    const [, , filter, more] = query.queryKey
    if (more !== undefined || typeof filter !== "object") return !isOfIncident(notice)
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

/** The list with what the notice says, and whether that is all there is to know. */
function placeNotice(
  client: QueryClient,
  list: LoadedList,
  filter: TicketFilter,
  { row, was, ticketId, isVisible }: TicketNotice,
): [LoadedList, boolean] {
  const viewer = client.getQueryData<Viewer>(["me"])
  if (isVisible === false) return [removeRow(list, ticketId!), true]
  if (!row || !viewer) return [list, false]
  const isIn = matchesFilter(filter, row, viewer.id)
  const compare = compareRows(typeof filter["sort"] === "string" ? filter["sort"] : undefined)
  const place = { isIn, wasIn: wasIn(filter, row, was, viewer), compare }
  return [placeRow(list, row, place), isIn !== undefined]
}

/** Of what the summary does not tell, the row knows only how it is now. */
function wasIn(filter: TicketFilter, row: LiveRow, was: TicketNotice["was"], viewer: Viewer): boolean | undefined {
  if (was === undefined) return undefined
  if (was === null || !maySee(was, viewer)) return false
  return matchesFilter(filter, { ...row, ...was }, viewer.id)
}

/** New data, as old as it was before: whether it has to be asked for again is not changed by it. */
function keepAge(client: QueryClient, query: Query, data: object) {
  const { dataUpdatedAt, isInvalidated } = query.state
  client.setQueryData(query.queryKey, data, { updatedAt: dataUpdatedAt })
  if (isInvalidated) query.invalidate()
}

/** What someone is reading first: a browser asks only six things at a time. Drafts are nobody else's to change. */
async function refreshTickets(client: QueryClient, ids: Set<string>) {
  const isOf = ({ queryKey: [name, ref] }: Query) => name === "ticket" && ids.has(idOf(client, ref))
  await Promise.allSettled([
    client.invalidateQueries({ predicate: (query) => isOf(query) && query.queryKey[2] === "messages" }),
    client.invalidateQueries({
      predicate: (query) => isOf(query) && !["messages", "drafts"].includes(String(query.queryKey[2])),
    }),
  ])
}

const idOf = (client: QueryClient, ref: unknown) => client.getQueryData<{ id: string }>(["ticket", ref])?.id ?? ""
