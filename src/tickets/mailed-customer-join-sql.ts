import { readableIdentitiesJoin } from "#people/index.ts"
import { exchangedSql } from "./visibility-scope.ts"

const theirs = { contact: "s.contact_id", contacts: "s.contact_ids", identities: "s.identity_ids" }

/**
 * SQL joins for whom a ticket's news are mailed to, of the ticket and its contact by their aliases: `s.value` is the address
 * (no row: nobody), `u` and `a` are the accounts that may say its language. First who opened it, then whom it was opened for.
 */
export const mailedCustomerJoin = (ticket: string, contact: string) => `
  left join users u on u.id = ${ticket}.created_by_id and u.role = 'user' and u.disabled_at is null and u.contact_id = ${contact}.id
  join lateral (select e.value, s.* from contact_identities e ${readableIdentitiesJoin("e.value")}
    where e.contact_id = ${contact}.id and e.kind = 'email' and e.scope = '' and ${exchangedSql(theirs, ticket)}
    order by (e.value = lower(u.email)) desc nulls last, (e.id = ${ticket}.requester_identity_id) desc nulls last,
      e.created_at, e.id limit 1) s on true
  left join users a on lower(a.email) = s.value and a.role = 'user'`
