// Rows that come over the socket, put into what the screen has loaded; the server is asked only for what they cannot decide.
import { notifyManager, type Query, type QueryClient } from "@tanstack/react-query"
import type { TicketCounts } from "../tickets/ticket-queries.ts"
import { adjustCounts } from "./adjust-view-counts.ts"
import { createListPatcher, isOfBoard, keepAge, type LatestNotices } from "./patch-ticket-lists.ts"
import type { TicketNotice, Viewer } from "./ticket-notice-and-row.ts"
import { batchUp, throttleByKey } from "./batch-and-throttle.ts"

/** How long a list waits that only the server can bring up to date, and a count that may be wrong. */
const listWaitMs = 3_000
const uncertainCountsMs = 10_000
/** Counts are moved by what travels while they are asked for too, so now and then they are asked for anew. */
const certainCountsMs = 30_000
/** A notice that comes so soon after an answer may say what that has counted already. */
const longestDelayMs = 500
const mostKept = 1_000

const countsKey = ["tickets", "counts"]
const isCounts = ({ queryKey }: Query) => queryKey[0] === "tickets" && queryKey[1] === "counts"
const everything = {}
const ofTickets = { predicate: ({ queryKey: [name] }: Query) => name === "tickets" || name === "ticket" }

export type TicketUpdates = ReturnType<typeof createTicketUpdates>

/** `isHidden`: nobody looks. Then nothing is done but keeping what came, until `resume`. */
export function createTicketUpdates(client: QueryClient, isHidden: () => boolean) {
  let received = 0
  let missed: typeof ofTickets | typeof everything | undefined
  const openTickets = new Set<string>()
  const latest = new Map() as LatestNotices
  const waiting = new Map<string, TicketNotice>()
  const lists = createListPatcher(client, latest)
  const refetch = throttleByKey((hash) => {
    const query = client.getQueryCache().get(hash)
    if (query && isHidden()) missed ??= ofTickets
    else if (query) void client.invalidateQueries({ predicate: (it) => it === query })
  })
  const refreshOpen = batchUp((ids: string[]) => refreshTickets(client, new Set(ids)), 100)
  const apply = (notice: TicketNotice) => {
    for (const query of [...lists.patch(notice), ...boardCounts(client, notice)])
      refetch.ask(query.queryHash, listWaitMs)
  }
  const flush = () => {
    if (isHidden()) return
    for (const notice of waiting.values()) apply(notice)
    waiting.clear()
  }
  const ticket = (notice: TicketNotice) => {
    const id = notice.ticketId
    // A ticket that leaves the closed ones is sent again, with its row.
    if (!id || (notice.action === "delete" && notice.isVisible !== false)) return
    keepLatest(latest, id, { ...notice, nth: ++received })
    countNotice(client, notice, refetch.ask)
    waiting.set(id, notice)
    // In a tab that nobody looks at for days everything is asked for again anyway.
    if (waiting.size > mostKept) missed ??= ofTickets
    if (missed) for (const kept of [waiting, openTickets]) kept.clear()
    flush()
    if (isHidden()) openTickets.add(id)
    else refreshOpen(id)
  }
  const unsubscribe = client.getQueryCache().subscribe(lists.follow(() => received))
  return {
    /** Counts and lists are drawn together. */
    ticket: (notice: TicketNotice) => notifyManager.batch(() => ticket(notice)),
    /** What was loaded, or of it what is of tickets, may be old: what is on the screen is asked for again. */
    miss: ({ of }: { of?: "tickets" }) => {
      if (isHidden()) missed = of && missed !== everything ? ofTickets : everything
      else void client.invalidateQueries(of ? ofTickets : everything)
    },
    resume: () => {
      if (isHidden()) return
      if (missed) void client.invalidateQueries(missed)
      else notifyManager.batch(flush)
      missed = undefined
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

function keepLatest(latest: LatestNotices, id: string, notice: TicketNotice & { nth: number }) {
  latest.delete(id)
  latest.set(id, notice)
  if (latest.size > mostKept) latest.delete(latest.keys().next().value!)
}

const boardCounts = (client: QueryClient, notice: TicketNotice) =>
  client.getQueryCache().findAll({ predicate: (query) => isCounts(query) && isOfBoard(query.queryKey[2], notice) })

/** The counts move at once, also in a hidden tab: its title shows one of them. */
function countNotice(client: QueryClient, notice: TicketNotice, ask: (hash: string, waitMs: number) => void) {
  const query = client.getQueryCache().find({ queryKey: countsKey, exact: true })
  const [viewer, counts] = [client.getQueryData<Viewer>(["me"]), query?.state.data as TicketCounts | undefined]
  if (!query || !viewer || !counts) return
  const { counts: moved, isCertain } = adjustCounts(counts, notice, viewer)
  const { fetchStatus, dataUpdatedAt } = query.state
  const mayCountTwice = moved !== counts && (fetchStatus !== "idle" || Date.now() - dataUpdatedAt < longestDelayMs)
  keepAge(client, query, moved)
  ask(query.queryHash, isCertain && !mayCountTwice ? certainCountsMs : uncertainCountsMs)
}

/** All that is shown of each, in one request. Drafts are nobody else's to change. */
async function refreshTickets(client: QueryClient, ids: Set<string>) {
  const isOf = (query: Query) =>
    query.queryKey[0] === "ticket" && ids.has(ticketIdOf(client, query)) && query.queryKey[2] !== "drafts"
  await client.invalidateQueries({ predicate: isOf })
}

/** By the ticket's own data, or by what is known by an id of its own and says whose it is. */
const ticketIdOf = (client: QueryClient, { queryKey: [, ref], state }: Query) =>
  client.getQueryData<{ id: string }>(["ticket", ref])?.id ??
  (state.data as { ticketId?: string } | null)?.ticketId ??
  ""
