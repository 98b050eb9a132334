// What another reopening window of a connection would have done: each past message that reopened a ticket or made one beside a
// closed one is decided again, by itself, as if those before it had gone as they went.
import { z } from "zod"
import { type Database, runIn, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import type { DecisionReason } from "#event-log/index.ts"
import type { Comparison, SimulationKind, SimulationRequest } from "#simulations/index.ts"
import { formatDecision, formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { scopeCondition } from "#tickets/index.ts"
import { type Decision, decideTicket, type Policy } from "./decide-ticket.ts"

const candidate = z.strictObject({
  connectionId: z.string().regex(/^\w{1,60}$/, "is not an id"),
  reopenWindowMinutes: z.int("must be whole minutes").min(0).max(525_600),
  reopenFrom: z.enum(["activity", "closure"]).optional(),
})
type Candidate = z.output<typeof candidate>
type WindowRequest = SimulationRequest<Candidate>

export const reopenWindowSimulation: SimulationKind<typeof candidate> = {
  name: "reopen-window",
  summary: "Which past messages would have reopened a ticket, or made one, under another window",
  candidate,
  compare: async (db, asked) => {
    const connection = await connectionById(db.kysely, asked.candidate.connectionId)
    if (!connection || connection.deletedAt) throw invalidField("candidate.connectionId", "is not a connection")
    return compareAll(db, asked, policyOf(connection, asked.candidate))
  },
}

const policyOf = (connection: ConnectionRow, { reopenWindowMinutes, reopenFrom }: Candidate): Policy => ({
  windowMinutes: reopenWindowMinutes,
  reopenFrom: reopenFrom ?? connection.reopenFrom,
  acknowledgements: [],
  farewellText: null,
  supportDays: 0,
})

async function* compareAll(db: Database, asked: WindowRequest, policy: Policy): AsyncGenerator<Comparison> {
  const { from, to, who } = asked
  // Who writes meanwhile moves their ticket to where it would come once more.
  const seen = new Set<string>()
  for (let last: ActiveSince | undefined; ;) {
    const tickets = await ticketsByActivity(db, asked, last)
    last = tickets.at(-1)
    if (!last) return
    const ids = tickets.flatMap(({ id, counts }) => (counts && !seen.has(id) ? [id] : []))
    for (const id of ids) seen.add(id)
    const past = await pastDecisions(db, asked, ids)
    const differences = past.flatMap((one) => differenceOf(one, policy, who.language) ?? [])
    const progress = (last.lastMessageAt.getTime() - from.getTime()) / (to.getTime() - from.getTime())
    yield { checked: past.length, progress, differences }
  }
}

const batch = 1_000
type ActiveSince = { id: string; lastMessageAt: Date; place: string; counts: boolean }

/** The next after `last` of all that were active since, a bounded number; `counts`: of the connection, and seen by the asker. */
function ticketsByActivity(
  db: Database,
  { candidate: { connectionId }, from, to, who }: WindowRequest,
  last: ActiveSince | undefined,
) {
  // Each of the two has an index by activity.
  const phases = ["'new', 'active', 'waiting'", "'resolved', 'closed'"]
  return runIn<ActiveSince>(
    db.kysely,
    statement("", (p) => {
      const after = last ? `(${p(last.place)}::timestamptz, ${p(last.id)})` : `(${p(from)}::timestamptz, '')`
      const counts = `t.connection_id = ${p(connectionId)} and t.created_at < ${p(to)} and ${scopeCondition(p, who)}`
      const some = (of: string) => `(select * from tickets t where t.phase in (${of})
        and (t.last_message_at, t.id) > ${after} order by t.last_message_at, t.id limit ${batch})`
      return `select t.id, t.last_message_at, t.last_message_at::text as place, coalesce(${counts}, false) as counts
        from (${phases.map(some).join(" union all ")}) t order by t.last_message_at, t.id limit ${batch}`
    }),
  )
}

type Past = {
  ticketId: string
  number: string
  at: Date
  why: DecisionReason
  /** When the ticket that came back, or the one before, had been closed. */
  closedAt: Date | null
}

/** The messages on these tickets for which a window was asked. */
async function pastDecisions(db: Database, { from, to }: WindowRequest, ids: string[]): Promise<Past[]> {
  if (ids.length === 0) return []
  return runIn<Past>(
    db.kysely,
    statement(
      "",
      (
        p,
      ) => `select t.id as ticket_id, t.number, e.at, e.why, (select c.at from tickets f join events c on c.ticket_id = f.id
          where f.number = coalesce(e.why #>> '{rejected,0,candidate}', t.number) and c.kind = 'ticket.closed' and c.id < e.id
          order by c.id desc limit 1) as closed_at
        from tickets t join events e on e.ticket_id = t.id
        where t.id = any(${p(ids)}::text[]) and e.kind in ('ticket.created', 'ticket.reopened') and e.at >= ${p(from)} and e.at < ${p(to)}
          and e.why ->> 'code' in ('reopened_in_window', 'created_window_passed', 'created_never_reopens')`,
    ),
  )
}

function differenceOf({ ticketId, number, at, why, closedAt }: Past, policy: Policy, language: Language) {
  const then = decideAgain({ at, why, closedAt }, policy)
  if (then.action === why.answer) return null
  const say = (reason: DecisionReason) => formatDecision(language, reason)
  const earlier = why.rejected[0]?.candidate ?? number
  return {
    ticketId,
    number,
    now: say(why),
    then: formatText(language, then.action === "created" ? "simulations.newTicket" : "simulations.reopens", {
      number: earlier,
    }),
    because: say(then.why),
  }
}

/** By the rule of intake, with what is known of the moment. */
function decideAgain({ at, why, closedAt }: Pick<Past, "at" | "why" | "closedAt">, policy: Policy): Decision {
  const { elapsedMinutes, measuredFrom, windowOf, windowMinutes } = why.inputs
  const latest = {
    id: "",
    number: why.rejected[0]?.candidate ?? "",
    kind: "conversation",
    status: "closed",
    assigneeId: null,
    campaignShipmentId: null,
    updatedAt: measuredFrom === "closure" ? (closedAt ?? at) : sinceActivity(at, Number(elapsedMinutes), closedAt),
    closedAt,
    categoryWindowMinutes: windowOf === "category" ? Number(windowMinutes) : null,
  }
  const found = { active: null, latest, enclosing: null, reactedTo: null }
  return decideTicket(found, customersMessage, policy, at)
}

const minute = 60_000

/** The closing, where that was the last activity: the decision holds whole minutes. */
function sinceActivity(at: Date, elapsedMinutes: number, closedAt: Date | null): Date {
  const known = at.getTime() - elapsedMinutes * minute
  return closedAt !== null && Math.abs(closedAt.getTime() - known) < minute ? closedAt : new Date(known)
}

const customersMessage = {
  kind: "message",
  direction: "in",
  text: "",
  hasAttachments: true,
  isGroup: false,
  campaignShipmentId: null,
  bot: false,
  hasUser: false,
  isBlocked: false,
  isOfThread: false,
  isSilent: false,
} as const
