// Which ticket a number and an e-mail belong to together, and its story. A miss costs what a hit costs but for its rows: the
// number and the e-mail are each looked up whatever the other finds, and the story is asked for in any case.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { runIn, statement } from "#kernel/db.ts"
import { identityOf } from "#contacts/index.ts"
import { readTicketReference, rootSql } from "#tickets/index.ts"
import type { TrackBody, TrackStep } from "./api-contract.ts"
import { buildTimeline } from "./build-timeline.ts"

type From = Kysely<DB>

/** `identityId`: the address that was given. */
export type TrackedMatch = { ticketId: string; number: string; identityId: string }

type Ticket = { id: string; number: string; contactId: string | null; requesterIdentityId: string | null }
/** `scope`: empty, but for one that was only said: with a ticket, or by a visitor. */
type Address = { id: string; contactId: string; scope: string }

/** The number as tickets bear or bore it, and the e-mail as addresses are kept; what can be neither finds nothing. */
export function normalizeTracked({ number, email }: TrackBody) {
  const ref = readTicketReference(number.normalize("NFKC"))
  const address = identityOf(email, { kind: "email", scope: "" })
  const read = ref && !("id" in ref) ? ref : { number: null, alias: "" }
  return { number: read.number ?? "", alias: read.alias, email: address?.value ?? "" }
}

const rowsAsJson = (columns: string, rows: string) =>
  `(select coalesce(json_agg(json_build_object(${columns})), '[]'::json) from ${rows})`

/**
 * The e-mail is the one given with the ticket, or any that is its contact's: one given with another ticket opens that one alone.
 * A number that several tickets had leads to the one that has the e-mail; the ticket that bears it goes first.
 */
export async function findTracked(
  from: From,
  asked: ReturnType<typeof normalizeTracked>,
): Promise<TrackedMatch | null> {
  const [row] = await runIn<{ tickets: Ticket[]; addresses: Address[] }>(
    from,
    statement(
      "tracked-ticket",
      (p) =>
        `select ${rowsAsJson(
          "'id', t.id, 'number', t.number, 'contactId', t.contact_id, 'requesterIdentityId', t.requester_identity_id",
          `tickets t where (t.number = ${p(asked.number)} or t.id = any(array(select a.ticket_id from ticket_number_aliases a
          where a.key = ticket_alias_key(${p(asked.alias)})))) and t.kind in ('support', 'conversation')`,
        )} as tickets, ${rowsAsJson(
          "'id', i.id, 'contactId', i.contact_id, 'scope', i.scope",
          `contact_identities i where i.kind = 'email' and i.value = ${p(asked.email)} and i.contact_id is not null`,
        )} as addresses`,
    ),
  )
  const { tickets, addresses } = row!
  const matches = tickets.flatMap(({ id: ticketId, number, contactId, requesterIdentityId }) =>
    addresses.flatMap((address) => {
      const isGiven = address.id === requesterIdentityId
      const rank = Number(number === asked.number) * 2 + Number(isGiven)
      const isContacts = address.scope === "" && address.contactId === contactId
      return isGiven || isContacts ? [{ ticketId, number, identityId: address.id, rank }] : []
    }),
  )
  return matches.toSorted((a, b) => b.rank - a.rank)[0] ?? null
}

export type Story = {
  id: string
  number: string
  subject: string
  kind: "support" | "conversation"
  status: string
  phase: string
  timeline: TrackStep[]
  resolutionNotes: string | null
}

type StoryRow = Omit<Story, "timeline"> & {
  createdAt: Date
  firstResponseAt: Date | null
  resolvedAt: Date | null
  closedAt: Date | null
  inProgressAt: Date | null
  turns: { step: TrackStep["step"]; at: string }[]
}

/** Nothing but the steps and how it was resolved. What was merged goes on where it went; what was resolved there for somebody else is theirs. */
export async function storyOf(from: From, ticketId: string): Promise<Story | null> {
  const [row] = await runIn<StoryRow>(
    from,
    statement(
      "tracked-story",
      (p) => `select t.id, t.number, t.subject, t.kind, r.status, r.phase, t.created_at as "createdAt",
          t.first_response_at as "firstResponseAt", r.resolved_at as "resolvedAt", r.closed_at as "closedAt",
          case when r.contact_id is not distinct from t.contact_id then r.resolution end as "resolutionNotes", s.*
        from tickets t join tickets r on r.id = ${rootSql("t.id")} cross join lateral (
          select min(e.at) filter (where e.kind = 'ticket.assigned' and e.data ->> 'agentId' is not null
              or e.kind = 'message.posted' and e.actor_kind in ('user', 'key') and e.data ->> 'opening' is null) as "inProgressAt",
            coalesce(json_agg(json_build_object('step', split_part(e.kind, '.', 2), 'at', e.at) order by e.at, e.id)
              filter (where e.kind in ('ticket.resolved', 'ticket.closed', 'ticket.reopened') and e.data ->> 'mergedInto' is null), '[]') as turns
          from events e where e.ticket_id in (t.id, r.id) and (e.ticket_id = t.id or e.at >= t.closed_at)) s
        where t.id = ${p(ticketId)}`,
    ),
  )
  if (!row) return null
  const { createdAt, firstResponseAt, resolvedAt, closedAt, inProgressAt, turns, ...story } = row
  const facts = { status: row.status, createdAt, firstResponseAt, resolvedAt, closedAt, inProgressAt }
  return {
    ...story,
    timeline: buildTimeline({ ...facts, turns: turns.map((one) => ({ ...one, at: new Date(one.at) })) }),
  }
}
