import assert from "node:assert/strict"
import { EventEmitter } from "node:events"
import { test } from "node:test"
import { InfiniteQueryObserver, notifyManager, QueryClient, QueryObserver } from "@tanstack/react-query"
import { countsQuery, ticketsQuery } from "../tickets/ticket-queries.ts"
import type { LiveRow, TicketNotice } from "./ticket-notice-and-row.ts"
import { compareRows, type LoadedList } from "./place-row-in-list.ts"
import { adjustCounts } from "./adjust-view-counts.ts"
import { followSocket } from "./apply-socket-events.ts"
import { createTicketUpdates } from "./apply-ticket-notices.ts"

const row = (nth: number, more: Partial<LiveRow> = {}) =>
  ({
    id: `tkt_${nth}`,
    number: `TKT-0000${nth}`,
    kind: "conversation",
    phase: "active",
    assignee: null,
    team: null,
    snoozedUntil: null,
    undelivered: 0,
    createdById: null,
    createdAt: `2026-11-29T10:00:0${nth}.000Z`,
    lastMessageAt: null,
    ...more,
  }) as LiveRow
const notice = (nth: number, more: Partial<LiveRow> = {}): TicketNotice => {
  return { ticketId: `tkt_${nth}`, action: "update", row: row(nth, more), was: null }
}
const filter = { phase: ["new", "active", "waiting"], sort: "-createdAt" }

function openList(answer: (items: LiveRow[]) => Promise<LiveRow[]>, nextCursor: string | null = null) {
  const client = new QueryClient()
  client.setQueryData(["me"], { id: "usr_ana", role: "admin", teams: [] })
  const queryFn = async () => {
    const items = await answer([row(3), row(1)])
    return { items, nextCursor, total: nextCursor ? 60 : items.length, totalIsCapped: false }
  }
  const observer = new InfiniteQueryObserver(client, { ...ticketsQuery(filter), queryFn } as never)
  const unsubscribe = observer.subscribe(() => {})
  const loaded = () => client.getQueryData<LoadedList>(ticketsQuery(filter).queryKey)
  const shown = () => loaded()?.pages.flatMap(({ items }) => items.map(({ id }) => id))
  const close = () => {
    unsubscribe()
    client.clear()
  }
  return { client, loaded, shown, close, again: () => observer.refetch() }
}

test("in the order by the wait, who does not wait comes last, as on the server", () => {
  const waits = (nth: number, waitingSince: string | null) => row(nth, { waitingSince })
  const rows = [
    waits(1, null),
    waits(2, "2026-11-29T11:00:00.000Z"),
    waits(3, "2026-11-28T11:00:00.000Z"),
    waits(4, null),
  ]
  const inOrder = rows.toSorted(compareRows("waitingSince")).map(({ id }) => id)
  assert.deepEqual(inOrder, ["tkt_3", "tkt_2", "tkt_1", "tkt_4"])
})

test("a row takes its place in the list's order, moves, and leaves when it belongs there no more", async () => {
  const { client, shown, close, again } = openList(async (items) => items)
  await again()
  const updates = createTicketUpdates(client, () => false)
  updates.ticket(notice(2))
  assert.deepEqual(shown(), ["tkt_3", "tkt_2", "tkt_1"])
  updates.ticket(notice(3, { phase: "closed" }))
  assert.deepEqual(shown(), ["tkt_2", "tkt_1"])
  updates.ticket({ ticketId: "tkt_2", action: "delete", isVisible: false })
  assert.deepEqual(shown(), ["tkt_1"])
  updates.stop()
  close()
})

test("rows that only make room stay the same objects, in what was sent and in what was asked for again", async () => {
  const { client, loaded, close, again } = openList(async (items) => structuredClone(items))
  await again()
  const rowOf = (id: string) => loaded()!.pages[0]!.items.find((item) => item.id === id)
  const before = rowOf("tkt_3")
  const updates = createTicketUpdates(client, () => false)
  updates.ticket(notice(1, { createdAt: "2026-11-29T11:00:00.000Z" }))
  assert.equal(loaded()!.pages[0]!.items[1], before)
  await again()
  assert.equal(rowOf("tkt_3"), before)
  updates.stop()
  close()
})

test("a hidden tab puts what came in place when it is shown", async () => {
  const { client, shown, close, again } = openList(async (items) => items)
  await again()
  let isHidden = true
  const updates = createTicketUpdates(client, () => isHidden)
  updates.ticket(notice(2))
  const before = shown()
  assert.equal(before?.includes("tkt_2"), false)
  isHidden = false
  updates.resume()
  assert.equal(shown()?.includes("tkt_2"), true)
  updates.stop()
  close()
})

test("an answer that was on its way when a row came does not take it back", async () => {
  const held = Promise.withResolvers<void>()
  let asked = 0
  const { client, shown, close, again } = openList(async (items) => {
    if (++asked > 1) await held.promise
    return items
  })
  await again()
  const updates = createTicketUpdates(client, () => false)
  const answer = again()
  updates.ticket(notice(2))
  held.resolve()
  await answer
  await Promise.resolve()
  assert.equal(shown()?.includes("tkt_2"), true)
  updates.stop()
  close()
})

test("the counts of deadlines move by how the row stands and stood, today by the viewer's own day", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-30T15:00:00Z") })
  const none = { count: 5, isCapped: false }
  const counts = { mine: none, unassigned: none, open: none, snoozed: none, undelivered: none }
  const before = { ...counts, breached: none, atRisk: none, dueToday: none, hasDeadlines: true, views: {} }
  type State = "on_track" | "warning" | "breached"
  const standing = (state: State) => {
    const target = { metric: "resolution" as const, dueAt: "2026-12-01T04:00:00Z", state, minutesRemaining: 9 }
    const targets = [{ ...target, percentRemaining: 9, closesAt: null, opensAt: null }]
    return row(1, { sla: { policyId: null, state, pausedAt: null, breachedAt: null, targets } })
  }
  const moved = (was: State | null, state: State, timezone: string) => {
    const seen = { row: standing(state), was: was && standing(was) }
    const after = adjustCounts(before, seen, { id: "usr_ana", role: "admin", teams: [], timezone }).counts
    return [after.breached, after.atRisk, after.dueToday].map(({ count }) => count - 5)
  }
  assert.deepEqual(moved(null, "on_track", "America/Bogota"), [0, 0, 1])
  assert.deepEqual(moved(null, "on_track", "Europe/Madrid"), [0, 0, 0])
  assert.deepEqual(moved("on_track", "warning", "America/Bogota"), [0, 1, 0])
  assert.deepEqual(moved("warning", "breached", "America/Bogota"), [1, -1, -1])
})

test("what a notice moves is drawn at once, counts and lists", async () => {
  const { client, shown, close, again } = openList(async (items) => items)
  await again()
  const none = { count: 0, isCapped: false }
  client.setQueryData(countsQuery.queryKey, { mine: none, unassigned: none, open: none, undelivered: none } as never)
  let drawings = 0
  const noteAndStop = [ticketsQuery(filter).queryKey, countsQuery.queryKey].map((queryKey) =>
    new QueryObserver(client, { queryKey, staleTime: Infinity }).subscribe(notifyManager.batchCalls(() => {})),
  )
  notifyManager.setScheduler((draw) => {
    drawings++
    draw()
  })
  const updates = createTicketUpdates(client, () => false)
  updates.ticket(notice(2))
  notifyManager.setScheduler((draw) => setTimeout(draw, 0))
  assert.deepEqual([shown()?.length, client.getQueryData(countsQuery.queryKey)?.open.count, drawings], [3, 1, 1])
  for (const stop of [...noteAndStop, updates.stop, close]) stop()
})

test("a list with more pages counts a new ticket once, and asks where a replay does not say whether it has", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  for (const isReplay of [false, true]) {
    let requests = 0
    const answer = async (items: LiveRow[]) => {
      requests++
      return items
    }
    const { client, loaded, close, again } = openList(answer, "page-2")
    await again()
    const socket = new EventEmitter()
    const updates = followSocket(socket as never, client, {}, () => false)
    if (!isReplay) socket.emit("ready", {})
    const asked = requests
    const { was: _was, ...replayed } = notice(5)
    socket.emit("ticket", isReplay ? replayed : notice(5))
    assert.equal(loaded()?.pages[0]!.total, isReplay ? 60 : 61)
    t.mock.timers.tick(3_000)
    assert.equal(requests - asked, isReplay ? 1 : 0)
    updates.stop()
    close()
  }
})

test("counts that a change moves just after they were answered are asked for again sooner", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 60_000 })
  const none = { count: 0, isCapped: false }
  const counts = {
    mine: none,
    unassigned: none,
    open: none,
    undelivered: none,
    snoozed: none,
    breached: none,
    atRisk: none,
    dueToday: none,
    hasDeadlines: false,
    views: {},
  }
  const requestsWithinTenSeconds = (agoMs: number, more: Partial<LiveRow> = {}) => {
    const client = new QueryClient()
    client.setQueryData(["me"], { id: "usr_ana", role: "admin", teams: [] })
    client.setQueryData(countsQuery.queryKey, counts, { updatedAt: Date.now() - agoMs })
    let requests = 0
    const queryFn = () => {
      requests++
      return Promise.withResolvers<typeof counts>().promise
    }
    const unsubscribe = new QueryObserver(client, { ...countsQuery, queryFn, staleTime: Infinity }).subscribe(() => {})
    const updates = createTicketUpdates(client, () => false)
    updates.ticket(notice(1, more))
    t.mock.timers.tick(10_000)
    updates.stop()
    unsubscribe()
    client.clear()
    return requests
  }
  assert.equal(requestsWithinTenSeconds(0), 1)
  assert.equal(requestsWithinTenSeconds(2_000), 0)
  assert.equal(requestsWithinTenSeconds(0, { phase: "closed" }), 0, "it moves no count")
})

test("a board is asked for again when a ticket of its kind changes, and at once what is known of that ticket by another id", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const client = new QueryClient()
  for (const name of ["agreements", "incidents"])
    for (const part of ["list", "counts"]) client.setQueryData(["tickets", part, name], {})
  for (const nth of [1, 2]) client.setQueryData(["ticket", `agr_${nth}`, "agreement"], { ticketId: `tkt_${nth}` })
  const updates = createTicketUpdates(client, () => false)
  const old = () =>
    client
      .getQueryCache()
      .findAll({ predicate: ({ state }) => state.isInvalidated })
      .map(({ queryKey }) => queryKey.join(" "))
  updates.ticket(notice(1, { kind: "mirrored" }))
  assert.deepEqual(old(), ["ticket agr_1 agreement"])
  t.mock.timers.tick(3_000)
  assert.deepEqual(old(), ["tickets list agreements", "tickets counts agreements", "ticket agr_1 agreement"])
  updates.stop()
  client.clear()
})

test("only tickets are asked for again when what is shown of them is all that may be old", () => {
  const client = new QueryClient()
  for (const name of ["tickets", "ticket", "teams"]) client.setQueryData([name], {})
  const socket = new EventEmitter()
  const updates = followSocket(socket as never, client, {}, () => false)
  const old = () => client.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated })
  socket.emit("resync", { of: "tickets" })
  assert.deepEqual(
    old().map(({ queryKey }) => queryKey[0]),
    ["tickets", "ticket"],
  )
  socket.emit("resync", {})
  assert.equal(old().length, 3)
  updates.stop()
  client.clear()
})

test("a hidden tab for which everything may be old asks for more than tickets when it is shown", () => {
  const client = new QueryClient()
  for (const name of ["tickets", "notifications"]) client.setQueryData([name], {})
  let isHidden = true
  const socket = new EventEmitter()
  const updates = followSocket(socket as never, client, {}, () => isHidden)
  for (const body of [{ of: "tickets" }, {}, { of: "tickets" }]) socket.emit("resync", body)
  const old = () => client.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated })
  assert.equal(old().length, 0)
  isHidden = false
  updates.resume()
  assert.equal(old().length, 2)
  updates.stop()
  client.clear()
})
