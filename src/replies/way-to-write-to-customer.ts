// How Hilo itself writes to the customer of a ticket: in its conversation; of a ticket without one by mail, else where they last
// wrote to us.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { type Counterpart, type LastHeard, lastHeardSql, replyRecipient } from "#messages/index.ts"
import { readSetting } from "#settings/index.ts"
import { type Language, supportedLanguage } from "#texts/languages-and-text-ids.ts"
import { type MailedCustomer, mailedCustomerJoin, type TicketRow } from "#tickets/index.ts"
import { replyMode } from "./reply-options.ts"

/** `template`: the reply window is closed. `ticketId`: on which ticket it is said. */
export type CustomerWay = { language: Language } & (
  | ({ by: "mail"; email: string } & MailedCustomer)
  | { by: "text" | "template"; ticketId: string; connection: ConnectionRow; to: Counterpart }
)
type NoWay = "blocked" | "unreachable"

/** A way to the customer of a locked ticket, or why there is none. */
export async function customerWay(act: Act, ticket: TicketRow): Promise<CustomerWay | NoWay> {
  const to = await replyRecipient(act.tx, ticket)
  if (await anyIsBlocked(act.tx, [ticket.contactId, to.contactId])) return "blocked"
  if (ticket.connectionId !== null)
    return wayThrough(act, { ...to, ticketId: ticket.id, connectionId: ticket.connectionId })
  const mailed = (await readSetting(act, "support.mailCustomers")) ? await mailedCustomer(act, ticket.id) : null
  if (mailed) return { by: "mail", ...mailed }
  const last = await lastHeard(act, to.contactId)
  return last ? wayThrough(act, last) : "unreachable"
}

type Place = Omit<LastHeard, "sentAt">

async function wayThrough(act: Act, { ticketId, connectionId, ...to }: Place): Promise<CustomerWay | NoWay> {
  const connection = await connectionById(act.tx, connectionId)
  if (!connection?.enabled || connection.deletedAt || to.identityId === null) return "unreachable"
  const { mode } = await replyMode(act.tx, { connectionId, identityId: to.identityId }, connection, act.now)
  if (mode === "none") return "unreachable"
  return { by: mode, ticketId, connection, to, language: await languageOf(act, to.contactId) }
}

async function lastHeard(act: Act, contactId: string | null): Promise<Place | null> {
  const { rows } = await lastHeardSql(sql`${contactId}`).execute(act.tx)
  return rows[0] ?? null
}

/** Whom what happens on the ticket is mailed to. */
async function mailedCustomer(act: Act, ticketId: string) {
  const { rows } = await sql<MailedCustomer & { email: string; language: string | null }>`
    select s.value as email, s.is_given, s.is_quotable, coalesce(u.language, a.language, c.language) as language
    from tickets t join contacts c on c.id = t.contact_id and not c.blocked and not c.is_group
      ${sql.raw(mailedCustomerJoin("t", "c"))}
    where t.id = ${ticketId}`.execute(act.tx)
  const [row] = rows
  return row ? { ...row, language: await known(act, row.language) } : null
}

async function languageOf(act: Act, contactId: string | null): Promise<Language> {
  const row = await act.tx.selectFrom("contacts").select("language").where("id", "=", contactId).executeTakeFirst()
  return known(act, row?.language)
}

const known = async (act: Act, language: string | null | undefined): Promise<Language> =>
  supportedLanguage(language) ?? (await readSetting(act, "language"))
