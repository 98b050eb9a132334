import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import type { Proof } from "#contacts/index.ts"
import { readableIdentitiesJoin } from "#people/index.ts"
import { exchangedSql } from "#tickets/index.ts"

/** How long a mailed link may be used, and for how long it opens the ticket then. */
export const linkMinutes = 30

const openSince = (now: Date) => new Date(now.getTime() - linkMinutes * 60_000)

type NewLink = { tokenHash: string; ticketId: string; identityId: string; mailId: string }

const perHour = { mailbox: 3, ticket: 10 }

// As `foldedEmail` has it: what stands after a plus makes no second mailbox.
const mailboxSql = (email: string) =>
  sql.raw(`split_part(split_part(${email}, '@', 1), '+', 1) || '@' || split_part(${email}, '@', 2)`)

/**
 * Is a link left for that address and that ticket? Only links that were mailed count; and those to an address that stands with a
 * ticket alone, which anybody may have typed, take none from the contact that has the same. Until the transaction ends another
 * mail to that address waits.
 */
export async function isLinkLeft(act: Act, { ticketId, identityId, mailId }: Omit<NewLink, "tokenHash">) {
  await sql`select from contact_identities i where i.kind = 'email'
      and i.value = (select value from contact_identities where id = ${identityId})
    order by i.id for no key update`.execute(act.tx)
  const { rows } = await sql<{ toMailbox: number; ofTicket: number }>`
    select (count(*) filter (where (i.scope = '') = (e.scope = '')
        and ${mailboxSql("i.value")} = ${mailboxSql("e.value")}))::int as to_mailbox,
      (count(*) filter (where l.ticket_id = ${ticketId}))::int as of_ticket
    from contact_identities e, tracking_links l join contact_identities i on i.id = l.identity_id
    where e.id = ${identityId} and l.mail_id <> ${mailId}
      and l.created_at > ${new Date(act.now.getTime() - 3_600_000)}`.execute(act.tx)
  const { toMailbox, ofTicket } = rows[0]!
  return toMailbox < perHour.mailbox && ofTicket < perHour.ticket
}

/** In place of the one that an earlier try of the same mail made. */
export async function insertLink(act: Act, link: NewLink): Promise<void> {
  await act.tx.deleteFrom("trackingLinks").where("mailId", "=", link.mailId).where("usedAt", "is", null).execute()
  await act.tx
    .insertInto("trackingLinks")
    .values({ ...link, createdAt: act.now })
    .execute()
}

/** Could it be used now? Changes nothing: scanners of mails fetch links. */
export async function isLinkOpen(from: Kysely<DB>, tokenHash: string, now: Date): Promise<boolean> {
  const row = await from
    .selectFrom("trackingLinks")
    .select("tokenHash")
    .where("tokenHash", "=", tokenHash)
    .where("usedAt", "is", null)
    .where("createdAt", ">", openSince(now))
    .executeTakeFirst()
  return row !== undefined
}

/** Uses a link up; of two at once one does. The address that it was mailed to, or null when it is over. */
export async function spendLink(act: Act, tokenHash: string, sessionHash: string) {
  const { rows } = await sql<{ id: string; proof: Proof }>`
    update tracking_links l set used_at = ${act.now}, session_hash = ${sessionHash} from contact_identities i
    where l.token_hash = ${tokenHash} and l.used_at is null and l.created_at > ${openSince(act.now)}
      and i.id = l.identity_id and i.contact_id is not null
    returning i.id, i.proof`.execute(act.tx)
  return rows[0] ?? null
}

export type LinkedReader = {
  ticketId: string
  contactId: string
  identityId: string
  contactIds: string[]
  identityIds: string[]
  isTheirs: boolean
}

/**
 * Whose browser it is, as long as the address is still one of the ticket's. They read what somebody reads who signs in with that
 * address; one that was only said with a ticket reads what was exchanged with it, on that ticket alone. On a ticket that is not
 * theirs they write nothing: it would be taken for its owner's, and hide a conversation from whose it is.
 */
export async function readerOfSession(from: Kysely<DB>, sessionHash: string, now: Date): Promise<LinkedReader | null> {
  const reads = { contacts: "reader.contact_ids", identities: "reader.identity_ids" }
  const { rows } = await sql<LinkedReader>`
    select reader.*, x.is_theirs
    from (select l.ticket_id, e.contact_id, e.id as identity_id, e.scope,
        case when e.scope = '' then coalesce(s.contact_ids, '{}') else '{}' end as contact_ids,
        case when e.scope = '' then coalesce(s.identity_ids, array[e.id]) else array[e.id] end as identity_ids
      from tracking_links l join contact_identities e on e.id = l.identity_id ${sql.raw(readableIdentitiesJoin("e.value"))}
      where l.session_hash = ${sessionHash} and l.used_at > ${openSince(now)} and e.contact_id is not null) reader
      join tickets t on t.id = reader.ticket_id
        and (reader.scope = '' and t.contact_id = reader.contact_id or t.requester_identity_id = reader.identity_id)
      cross join lateral (select ${sql.raw(exchangedSql(reads))} as is_theirs) x`.execute(from)
  return rows[0] ?? null
}

/** False when this form was sent before. Until the transaction ends a second one waits. */
export async function saveFormKey(act: Act, sessionHash: string, key: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update tracking_links set form_keys = form_keys || ${key}::text
    where session_hash = ${sessionHash} and ${key}::text <> all(form_keys)`.execute(act.tx)
  return numAffectedRows > 0n
}

export const purgeTrackingLinks: Purge = (act) =>
  purgeRows(act, "trackingLinks", sql`created_at < now() - interval '1 day'`)
