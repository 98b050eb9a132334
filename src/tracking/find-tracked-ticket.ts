// Which ticket a number and an e-mail belong to together. A miss costs what a hit costs but for its rows: the number and the e-mail
// are each looked up whatever the other finds, and what may be read is asked for in any case.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { runIn, statement } from "#kernel/db.ts"
import { identityOf } from "#contacts/index.ts"
import { readableIdentitiesJoin } from "#people/index.ts"
import { exchangedSql, readTicketReference } from "#tickets/index.ts"
import type { TrackBody } from "./api-contract.ts"

type From = Kysely<DB>
type TrackedKeys = ReturnType<typeof normalizeTracked>

/** `identityId`: the address that was given; `isGiven`: it stands with tickets alone. */
export type TrackedMatch = { ticketId: string; number: string; identityId: string; isGiven: boolean }

/** The number as tickets bear or bore it, and the e-mail as addresses are kept; what can be neither finds nothing. */
export function normalizeTracked({ number, email }: TrackBody) {
  const ref = readTicketReference(number.normalize("NFKC"))
  const address = identityOf(email, { kind: "email", scope: "" })
  const read = ref && !("id" in ref) ? ref : { number: null, alias: "" }
  return { number: read.number ?? "", alias: read.alias, email: address?.value ?? "" }
}

/**
 * The e-mail is one that was given with the ticket, or one of its contact's by which they read it: one given with another ticket opens
 * that one alone, and one that staff put on the contact opens what was exchanged with it. A number that several tickets had leads to
 * the one that has the e-mail; the ticket that bears it goes first.
 */
export async function findTracked(from: From, asked: TrackedKeys): Promise<TrackedMatch | null> {
  const { tickets, givenIds, ...address } = await lookUp(from, asked)
  const { contactId, identityId, ...reads } = address
  const candidates = tickets.flatMap(({ id: ticketId, number, requesterIdentityId, ...ticket }) => {
    const isGiven = requesterIdentityId !== null && givenIds.includes(requesterIdentityId)
    if (isGiven)
      return {
        ticketId,
        number,
        identityId: requesterIdentityId,
        isGiven,
        contactIds: [],
        identityIds: [requesterIdentityId],
      }
    const isTheirs = identityId !== null && (requesterIdentityId === identityId || ticket.contactId === contactId)
    return isTheirs ? { ticketId, number, identityId, isGiven, ...reads } : []
  })
  const [match] = await readable(from, candidates, asked.number)
  return match ?? null
}

type Reads = { contactIds: string[]; identityIds: string[] }
type NumberAndAddress = {
  tickets: { id: string; number: string; contactId: string | null; requesterIdentityId: string | null }[]
  /** The e-mail as it was given with tickets. */
  givenIds: string[]
  /** The e-mail as it is a contact's, and what is read by it. */
  contactId: string | null
  identityId: string | null
} & Reads

async function lookUp(from: From, { number, alias, email }: TrackedKeys): Promise<NumberAndAddress> {
  const [row] = await runIn<NumberAndAddress>(
    from,
    statement(
      "tracked-number-and-address",
      (p) => `select
          (select coalesce(json_agg(json_build_object('id', t.id, 'number', t.number, 'contactId', t.contact_id,
              'requesterIdentityId', t.requester_identity_id)), '[]'::json)
            from tickets t where (t.number = ${p(number)} or t.id = any(array(select a.ticket_id from ticket_number_aliases a
              where a.key = ticket_alias_key(${p(alias)})))) and t.kind in ('support', 'conversation')) as tickets,
          array(select i.id from contact_identities i where i.kind = 'email' and i.value = ${p(email)} and i.scope <> ''
            and i.contact_id is not null) as "givenIds",
          s.contact_id as "contactId", s.identity_id as "identityId", coalesce(s.contact_ids, '{}') as "contactIds",
          coalesce(s.identity_ids, '{}') as "identityIds"
        from (values (1)) as one (n) ${readableIdentitiesJoin(p(email))}`,
    ),
  )
  return row!
}

const candidateRecord = `"ticketId" text, number text, "identityId" text, "isGiven" boolean, "contactIds" text[], "identityIds" text[]`
const reads = { contacts: `c."contactIds"`, identities: `c."identityIds"` }

/** Of these the ones that are read by the address, the one that bears the number first. */
const readable = (from: From, candidates: readonly (TrackedMatch & Reads)[], number: string) =>
  runIn<TrackedMatch>(
    from,
    statement(
      "tracked-readable",
      (p) => `select c."ticketId", c.number, c."identityId", c."isGiven"
        from json_to_recordset(${p(JSON.stringify(candidates))}::json) as c (${candidateRecord}) join tickets t on t.id = c."ticketId"
        where ${exchangedSql(reads)}
        order by c.number = ${p(number)} desc, t.requester_identity_id = c."identityId" desc nulls last limit 1`,
    ),
  )
