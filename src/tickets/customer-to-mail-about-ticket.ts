// Whom what happens on a ticket is mailed to, and what may stand in such a mail.
import { readableIdentitiesJoin } from "#people/index.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { exchangedSql } from "./visible-tickets-conditions.ts"

const theirs = { contacts: "s.contact_ids", identities: "s.identity_ids" }

/** SQL: is an e-mail `e` of the ticket's contact, joined by `readableIdentitiesJoin`, mailed what happens on the ticket? */
export const isMailedSql = (ticket: string) => `(e.kind = 'email'
      and (e.scope = '' and ${exchangedSql(theirs, ticket)} or e.scope <> '' and e.id = ${ticket}.requester_identity_id))`

// An e-mail that was only given with the ticket is nobody's but the ticket's, also when a contact has the same.
const readerSql = `case when e.scope = '' then s.contact_id else e.contact_id end as contact_id,
      case when e.scope = '' then s.contact_ids else '{}' end as contact_ids,
      case when e.scope = '' then s.identity_ids else array[e.id] end as identity_ids`

/**
 * SQL joins for whom what happens on a ticket is mailed to, of the ticket and its contact by their aliases: `s.value` is the address
 * (no row: nobody), `u` and `a` are the accounts that may say its language. First who opened it, then whom it was opened for.
 * `s.is_given`: it stands with the ticket alone; `s.is_quotable`: the mail may repeat what somebody wrote.
 */
export const mailedCustomerJoin = (ticket: string, contact: string) => `
  left join users u on u.id = ${ticket}.created_by_id and u.role = 'user' and u.disabled_at is null and u.contact_id = ${contact}.id
  join lateral (select e.value, e.scope <> '' as is_given, e.scope = '' or e.proof <> 'visitor' as is_quotable, ${readerSql}
    from contact_identities e ${readableIdentitiesJoin("e.value")}
    where e.contact_id = ${contact}.id and ${isMailedSql(ticket)}
    order by (e.value = lower(u.email)) desc nulls last, (e.id = ${ticket}.requester_identity_id) desc nulls last,
      e.created_at, e.id limit 1) s on true
  left join users a on lower(a.email) = s.value and a.role = 'user'`

export type MailedCustomer = { isGiven: boolean; isQuotable: boolean }

/** Where they see the ticket and answer. */
export const customerPageUrl = (publicUrl: string, number: string, { isGiven }: Pick<MailedCustomer, "isGiven">) =>
  isGiven ? `${publicUrl}/track?number=${number}` : `${publicUrl}/my/${number}`

/** The subject of a mail about the ticket: with the ticket's own only where that may be repeated. */
export const customerEmailSubject = (
  language: Language,
  ticket: { number: string; subject: string },
  { isQuotable }: Pick<MailedCustomer, "isQuotable">,
) => formatText(language, isQuotable ? "mail.update.subject" : "mail.activity.subject", ticket)
