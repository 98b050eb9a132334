// Tickets that have to do with one another. A link is one row, seen from both ends, each by who may see the other.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, runIn, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import { refuseMerged } from "../lifecycle/transition.ts"
import type { Link, LinkType } from "../api-contract.ts"
import { scopeCondition } from "../visible-tickets-conditions.ts"
import { saveFields } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

type Pair = { from: string; to: string; type: LinkType }

/** Links two tickets; linked in this way already (for `related`: in either direction) it changes nothing. */
export async function link(act: Act, { from, to, type }: Pair): Promise<void> {
  if (from === to) throw invalidField("ticket", "is the ticket itself")
  if (type === "related" && (await isLinked(act, { from: to, to: from, type }))) return
  const made = await act.tx
    .insertInto("ticketLinks")
    .values({ fromId: from, toId: to, type, createdAt: act.now })
    .onConflict((c) => c.doNothing())
    .returning("type")
    .execute()
  if (made.length > 0) await note(act, { from, to, type }, "linked")
}

/** Refuses (409 `merged`) what was merged into another ticket. */
export async function linkByHand(act: Act, ticket: TicketRow, other: TicketRow, type: LinkType): Promise<void> {
  refuseMerged(ticket)
  refuseMerged(other)
  await link(act, pairOf(ticket, other, type))
}

/** A conversation link leads from the support ticket to the other. */
function pairOf(ticket: TicketRow, other: TicketRow, type: LinkType): Pair {
  if (type !== "conversation") return { from: ticket.id, to: other.id, type }
  if (other.kind === "conversation" && ticket.kind !== "conversation") return { from: ticket.id, to: other.id, type }
  if (ticket.kind === "conversation" && other.kind !== "conversation") return { from: other.id, to: ticket.id, type }
  throw invalidField("type", "conversation links a conversation with a ticket of another kind")
}

/** Takes away what people linked. What a merge or a split left stays. */
export async function unlink(act: Act, a: string, b: string): Promise<boolean> {
  const gone = await sql<{ fromId: string; toId: string; type: LinkType }>`
    delete from ticket_links where type in ('related', 'follow_up', 'conversation')
      and ((from_id = ${a} and to_id = ${b}) or (from_id = ${b} and to_id = ${a}))
    returning from_id, to_id, type`.execute(act.tx)
  for (const { fromId, toId, type } of gone.rows) await note(act, { from: fromId, to: toId, type }, "unlinked")
  return gone.rows.length > 0
}

async function isLinked(act: Act, { from, to, type }: Pair): Promise<boolean> {
  const row = await act.tx
    .selectFrom("ticketLinks")
    .select("type")
    .where("fromId", "=", from)
    .where("toId", "=", to)
    .where("type", "=", type)
    .executeTakeFirst()
  return row !== undefined
}

/** Both tickets changed. In the order of their ids, so that two links between the same tickets never cross. */
async function note(act: Act, { from, to, type }: Pair, what: "linked" | "unlinked"): Promise<void> {
  const ends = [
    { id: from, data: { type, direction: "to", ticketId: to } },
    { id: to, data: { type, direction: "from", ticketId: from } },
  ]
  for (const { id, data } of ends.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    await saveFields(act, id, {})
    await record(act, "ticket.updated", { ticketId: id, data: { changes: ["links"], [what]: data } })
  }
}

/** The links of a ticket whose other end this reader may see, oldest first. */
export async function linksOf(from: Database["kysely"], who: Principal, ticketId: string): Promise<Link[]> {
  type Row = { type: LinkType; direction: "to" | "from" } & Link["ticket"]
  const rows = await runIn<Row>(
    from,
    statement("", (p) => {
      const id = p(ticketId)
      return `select l.type, l.direction, t.id, t.number, t.subject, t.status from (
          select type, 'to' as direction, to_id as other, created_at from ticket_links where from_id = ${id}
          union all select type, 'from', from_id, created_at from ticket_links where to_id = ${id}) l
        join tickets t on t.id = l.other where ${scopeCondition(p, who)} order by l.created_at, t.id, l.type limit 200`
    }),
  )
  return rows.map(({ type, direction, ...ticket }) => ({ type, direction, ticket }))
}
