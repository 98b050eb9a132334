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

/** `mailbox`: what counts as one, hashed. */
type NewLink = { tokenHash: string; ticketId: string; identityId: string; mailId: string; mailbox: string }

const perHour = { mailbox: 6, withOneOpen: 3 }

/**
 * Is a link left for that mailbox? Only links that were mailed count, and a few are kept for tickets of which none is open there: a
 * stranger who asks again and again for one ticket uses up none of another. Until the transaction ends another mail to it waits.
 */
export async function isLinkLeft(act: Act, { ticketId, mailbox, mailId }: Omit<NewLink, "tokenHash" | "identityId">) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tracking links ${mailbox}`}, 0))`.execute(act.tx)
  const { rows } = await sql<{ mailed: number; open: number }>`
    select count(*)::int as mailed, (count(*) filter (where ticket_id = ${ticketId} and used_at is null
        and created_at > ${openSince(act.now)}))::int as open
    from tracking_links where mailbox = ${mailbox} and mail_id <> ${mailId}
      and created_at > ${new Date(act.now.getTime() - 3_600_000)}`.execute(act.tx)
  const { mailed, open } = rows[0]!
  return mailed < (open > 0 ? perHour.withOneOpen : perHour.mailbox)
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
}

/**
 * Whose browser it is, as long as the ticket is still read by the address: they read what somebody reads who signs in with it; by one
 * that was only given with a ticket what was exchanged with it, on that ticket alone.
 */
export async function readerOfSession(from: Kysely<DB>, sessionHash: string, now: Date): Promise<LinkedReader | null> {
  const reads = { contacts: "reader.contact_ids", identities: "reader.identity_ids" }
  const { rows } = await sql<LinkedReader>`
    select reader.*
    from (select l.ticket_id, e.contact_id, e.id as identity_id, e.scope,
        case when e.scope = '' then coalesce(s.contact_ids, '{}') else '{}' end as contact_ids,
        case when e.scope = '' then coalesce(s.identity_ids, array[e.id]) else array[e.id] end as identity_ids
      from tracking_links l join contact_identities e on e.id = l.identity_id ${sql.raw(readableIdentitiesJoin("e.value"))}
      where l.session_hash = ${sessionHash} and l.used_at > ${openSince(now)} and e.contact_id is not null) reader
      join tickets t on t.id = reader.ticket_id
        and (reader.scope = '' and t.contact_id = reader.contact_id or t.requester_identity_id = reader.identity_id)
    where ${sql.raw(exchangedSql(reads))}`.execute(from)
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
