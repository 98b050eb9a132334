// Finds somebody for tickets that have nobody. The log says which came or came back; they go to a queue together with how
// far the log was read, so that each is looked at, and once. From the queue one server at a time takes them, with the
// tickets and the agents held: claims and closings meanwhile wait, or go before.
import type { Timer } from "#timers/index.ts"
import { sql } from "kysely"
import { type Act, inTransaction, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { faultOf } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"
import { followLog, recordBatch, readExclusively } from "#event-log/index.ts"
import { conditionFacts } from "#conditions/index.ts"
import { readSetting } from "#settings/index.ts"
import { assignMany, lockFreeTickets, type TicketRow, type Weights, weightOf } from "#tickets/index.ts"
import {
  isAutomatic,
  type RoutingChoice,
  choose,
  chooseForQueue,
  applyChoice,
  type TicketToRoute,
  type RoutingSnapshot,
} from "./choose-agent.ts"
import { nextOpeningSql, openedCalendars, scheduleNextOpenings } from "./wake-routing-at-opening.ts"
import {
  countFailure,
  dequeue,
  enqueueTickets,
  waitingInQueue,
  postponeRouting,
  oldestQueued,
  saveTurns,
  type QueueState,
  queueStates,
  maxTries,
} from "./routing-queue.ts"
import { recordBacklogs, freeCapacity, readRoutingSnapshot } from "./routing-snapshot.ts"

const everyMs = 100
const batch = 100
const routingLock = 4_410_012

const acting = (kit: Kit) => ({ actor: system, now: kit.now() })

/** What nobody has looked at yet, a failure before it included; and what somebody may take once their hours begin. */
export const routingTimer: Timer = {
  topic: "routing",
  dueSql: `select least((select min(created_at) from routing_queue where team_id is null and tries < ${maxTries}), (${nextOpeningSql}))`,
}

export function startRouting(kit: Kit, log: Log): PollingLoop {
  return followLog(kit.db, log, { name: "routing", read: () => assignQueued(kit, log), everyMs, topics: ["routing"] })
}

/** One round; true when there is more to do at once. */
export async function assignQueued(kit: Kit, log: Log): Promise<boolean> {
  const more = await enqueueFromLog(kit)
  const now = kit.now()
  const { hasNew, waitingTeamIds } = await waitingInQueue(kit.db)
  if (hasNew || (await someHaveRoom(kit, waitingTeamIds))) return (await take(kit, log, batch)) || more
  if ((await openedCalendars(kit.db.kysely, now)).length > 0)
    await transact(kit.db, (tx) => scheduleNextOpenings({ tx, actor: system, now }))
  return more
}

/**
 * From the log into the queue; true when there is more. Those of the past (`isPast`) are passed over: nothing follows from
 * what never happened today. Not inTransaction: that would wake every loop for nothing.
 */
export function enqueueFromLog(kit: Kit, isPast: (ticketId: string) => boolean = () => false): Promise<boolean> {
  return transact(kit.db, async (tx) => {
    const taken = await readExclusively(tx, "routing", ["ticket.created", "ticket.reopened", "ticket.freed"])
    const causes = (taken?.events ?? []).flatMap(({ id, kind, ticketId, data }) =>
      ticketId === null || data["silent"] === true || isPast(ticketId)
        ? []
        : [{ eventId: id, ticketId, reopened: kind === "ticket.reopened" }],
    )
    await enqueueTickets({ tx, ...acting(kit) }, causes)
    return taken?.more ?? false
  })
}

/** Asked without holding anything, for most looks find everybody as busy as before. */
async function someHaveRoom(kit: Kit, teamIds: string[]): Promise<boolean> {
  if (teamIds.length === 0) return false
  return transact(kit.db, async (tx) => {
    const snapshot = await readRoutingSnapshot({ tx, ...acting(kit) }, { held: false })
    return teamIds.some((id) => freeCapacity(snapshot, id) > 0)
  })
}

/** A ticket that cannot be settled must not hold back the others: after a failure they are taken one by one. */
async function take(kit: Kit, log: Log, limit: number): Promise<boolean> {
  const looked: QueueScan = { id: null, over: 0 }
  try {
    return await inTransaction(kit.db, acting(kit), (act) => settle(act, limit, looked))
  } catch (error) {
    if (isPassing(error)) throw error
    log.warn({ err: error, ticketId: looked.id }, "routing failed")
    if (limit > 1) return take(kit, log, 1)
    const { id } = looked
    if (id !== null) await inTransaction(kit.db, acting(kit), (act) => countFailure(act, id))
    return id !== null
  }
}

// Locks that could not be had, a deadlock, a database that went away: the next round tries again.
const isPassing = (error: unknown) => faultOf(error) !== null

/** The ticket looked at last, and how many turned out to need nobody. */
type QueueScan = { id: string | null; over: number }

type RoutedTicket = { ticket: TicketRow; toRoute: TicketToRoute; choice: RoutingChoice; isNew: boolean }

type Round = { act: Act; snapshot: RoutingSnapshot; weights: Weights; limit: number; looked: QueueScan }

async function settle(act: Act, limit: number, looked: QueueScan): Promise<boolean> {
  const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${routingLock}::bigint) as mine`.execute(
    act.tx,
  )
  if (!lock.rows[0]!.mine) return false
  const weights = await readSetting(act, "assignment.weights")
  const round: Round = { act, snapshot: await readRoutingSnapshot(act, { held: true }), weights, limit, looked }
  const turns = turnsOf(round.snapshot)
  const drained = await drain(round)
  await recordBacklogs(act, round.snapshot)
  const fresh = await settleEach(round, null, await oldestQueued(act, null, limit))
  await write(act, [...drained, ...fresh])
  const moved = [...turnsOf(round.snapshot)].filter(([teamId, userId]) => turns.get(teamId) !== userId)
  await saveTurns(act, moved)
  await scheduleNextOpenings(act)
  // Those that somebody works on right now are no reason to look again at once.
  return drained.length + fresh.length + looked.over > 0
}

const turnsOf = ({ teams }: RoutingSnapshot) =>
  new Map([...teams.values()].flatMap(({ id, turn }) => (turn ? [[id, turn]] : [])))

/** The ticket that waited longest goes first, team by team, as long as somebody of it has room. */
async function drain(round: Round): Promise<RoutedTicket[]> {
  const { act, snapshot: world, limit } = round
  const settled: RoutedTicket[] = []
  for (const { id: teamId } of world.teams.values()) {
    const room = Math.ceil(freeCapacity(world, teamId))
    if (room === 0) continue
    settled.push(...(await settleEach(round, teamId, await oldestQueued(act, teamId, Math.min(limit, room + 10)))))
  }
  return settled
}

/**
 * Chooses for those of the tickets that may still be given out: new ones, or ones that wait for the team. The others leave
 * the queue; those that somebody works on right now stay for the next round.
 */
async function settleEach(round: Round, waitsFor: string | null, ids: string[]): Promise<RoutedTicket[]> {
  if (ids.length === 0) return []
  const { act, snapshot: world, looked } = round
  const tickets = new Map((await lockFreeTickets(act, ids)).map((ticket) => [ticket.id, ticket]))
  const states = await queueStates(act, [...tickets.keys()])
  const settled: RoutedTicket[] = []
  const over: string[] = []
  for (const id of ids) {
    const [ticket, state] = [tickets.get(id), states.get(id)]
    if (!ticket || !state) continue
    looked.id = id
    if (!needsRouting(ticket, state, world, waitsFor)) {
      over.push(id)
      continue
    }
    const toRoute = toTicketToRoute(ticket, state, round.weights)
    const choice = waitsFor === null ? choose(toRoute, world) : chooseForQueue(toRoute, waitsFor, world)
    if (!choice) continue
    applyChoice(world, toRoute, choice)
    settled.push({ ticket, toRoute, choice, isNew: waitsFor === null })
  }
  await dequeue(act, over)
  looked.over += over.length
  return settled
}

function needsRouting(
  ticket: TicketRow,
  state: QueueState,
  snapshot: RoutingSnapshot,
  waitsFor: string | null,
): boolean {
  if (!ticket.active || ticket.mergedInto !== null || state.handsOn) return false
  if (waitsFor !== null)
    return (
      ticket.assigneeId === null && ticket.teamId === waitsFor && isAutomatic(snapshot.teams.get(waitsFor), ticket.kind)
    )
  return ticket.assigneeId === null || (state.reopened && !state.byAssignee)
}

function toTicketToRoute(ticket: TicketRow, state: QueueState, weights: Weights): TicketToRoute {
  const { kind, teamId, assigneeId, isGroup } = ticket
  const { teamGiven } = state
  return {
    facts: conditionFacts(state),
    kind,
    weight: weightOf(ticket, weights),
    teamId,
    assigneeId,
    isGroup,
    teamGiven,
  }
}

/** Everything that was chosen, with its reason, in a handful of statements. */
async function write(act: Act, settled: RoutedTicket[]): Promise<void> {
  const changes = ({ ticket, choice }: RoutedTicket) =>
    choice.agentId !== ticket.assigneeId || choice.teamId !== ticket.teamId
  const owners = settled.filter(changes).map(({ ticket, choice }) => ({ ticket, ...choice }))
  await assignMany(act, owners)
  const quiet = settled.filter((one) => one.isNew && !changes(one))
  await recordBatch(
    act,
    "ticket.routed",
    quiet.map(({ ticket, choice }) => ({ ticketId: ticket.id, why: choice.why })),
  )
  const waiting = settled.flatMap(({ ticket, choice }) =>
    choice.waits && choice.teamId !== null ? [{ id: ticket.id, teamId: choice.teamId }] : [],
  )
  await postponeRouting(act, waiting)
  await dequeue(
    act,
    settled.filter(({ choice }) => !choice.waits).map(({ ticket }) => ticket.id),
  )
}
