// Many contacts at once: who they are, and those of them who are new.
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { Proof } from "./api-contract.ts"
import { firstIdentitiesSql, isProven } from "./identities/identity-store.ts"
import type { Identity } from "./identities/normalize-address.ts"

export type IdentityOwner = Pick<Identity, "kind" | "scope" | "value"> & {
  id: string
  contactId: string
  isNamed: boolean
  isBlocked: boolean
}

/** Whose these identities are, by every way in which they may be written. Gives `Owned` rows. */
export function identityOwnersStatement(identities: readonly Identity[]): Statement {
  const written = identities.flatMap(({ kind, scope, value, also }) =>
    [value, ...also].map((one) => ({ kind, scope, value: one })),
  )
  return statement(
    "identity-owners",
    (
      p,
    ) => `select i.id, i.kind, i.scope, i.value, i.contact_id as "contactId", c.name <> '' as "isNamed", c.blocked as "isBlocked"
      from contact_identities i join contacts c on c.id = i.contact_id
      join json_to_recordset(${p(JSON.stringify(written))}::json) as r (kind text, scope text, value text)
        on i.kind = r.kind and i.scope = r.scope and i.value = r.value`,
  )
}

/**
 * Keeps contacts from being merged or removed, and from getting a conversation by anybody else, until the transaction ends.
 * Gives the `id` of those that are still there. A transaction that holds tickets does not wait for those whom somebody else
 * holds: they are left out.
 */
export function lockContactsStatement(ids: readonly string[], { isWaiting }: { isWaiting: boolean }): Statement {
  return statement(
    isWaiting ? "await-contacts" : "hold-contacts",
    (p) => `select id from contacts where id = any(${p(ids)}::text[]) and merged_into is null
      order by id for no key update ${isWaiting ? "" : "skip locked"}`,
  )
}

/** Of these addresses those that are still their contact's. Gives their `id`. */
export function ownedIdentitiesStatement(owners: readonly { identityId: string; contactId: string }[]): Statement {
  const rows = owners.map(({ identityId, contactId }) => ({ identityId, contactId }))
  return statement(
    "owned-identities",
    (p) => `select i.id from contact_identities i
      join json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("identityId" text, "contactId" text)
        on i.id = r."identityId" and i.contact_id = r."contactId"`,
  )
}

/** Gives names to contacts that have none; whom somebody changes right now is named with their next message. */
export function nameContactsStatement(named: readonly { contactId: string; name: string }[], now: Date): Statement {
  return statement(
    "name-contacts",
    (p) => `update contacts c set name = r.name, updated_at = ${p(now)}::timestamptz
      from json_to_recordset(${p(JSON.stringify(named))}::json) as r ("contactId" text, name text)
      where c.id = r."contactId" and c.id in (select id from contacts
        where id = any(${p(named.map((one) => one.contactId))}::text[]) and name = '' order by id for no key update skip locked)`,
  )
}

export type NewContactRow = {
  id: string
  name: string
  isGroup: boolean
  identities: readonly (Identity & { id: string })[]
  proof: Proof
}

/**
 * Makes contacts, each under the first of its identities. Gives `contactId` and `n`: how many of its identities it got;
 * the others belong to somebody else meanwhile. Everybody inserts in the same order, groups first, so that nobody waits in a
 * circle.
 */
export function insertContactsStatement(newcomers: readonly NewContactRow[], now: Date): Statement {
  const rows = newcomers.flatMap(toContactRecords)
  return statement(
    `insert-contacts-${countWord(rows)}`,
    (p) => `with newcomers as materialized (select * from ${rowsSql(p, rows, contactRecord)}),
      ${insertContactsSql(`${p(now)}::timestamptz`)}
      select contact_id as "contactId", count(*)::int as n from new_identities group by contact_id`,
  )
}

/**
 * Addresses that were only given, and that their holders have written from by now. One is its contact's where that has no other one: else
 * somebody may have put it there.
 */
export const provedByMessageStatement = (identityIds: readonly string[]): Statement =>
  statement(
    "proved-by-message",
    (
      p,
    ) => `update contact_identities i set proof = 'message', confirmed_for = case when exists (select from contact_identities o
          where o.contact_id = i.contact_id and o.id <> i.id) then i.confirmed_for else i.contact_id end
        where i.id = any(${p(identityIds)}::text[]) and i.proof = 'visitor' and i.scope = ''`,
  )

/** The columns of a new contact with one of its identities, as JSON has them. */
export const contactRecord = `contact_id text, name text, is_group boolean, id text, kind text, scope text, value text, proof text,
  sure boolean`

export const toContactRecords = ({ id: contact_id, name, isGroup: is_group, identities, proof }: NewContactRow) =>
  identities.map(({ id, kind, scope, value }) => {
    return { contact_id, name, is_group, id, kind, scope, value, proof, sure: isProven(proof) }
  })

/**
 * Inserts of contacts, each under the identities that nobody else has, as parts `new_identities` and `new_contacts` of a larger
 * statement, from its rows `newcomers`.
 */
export const insertContactsSql = (at: string) => `new_identities as (${firstIdentitiesSql(at)}),
      new_contacts as (insert into contacts (id, name, is_group, created_at, updated_at)
        select distinct on (w.contact_id) w.contact_id, w.name, w.is_group, ${at}, ${at}
        from newcomers w join new_identities i on i.id = w.id)`
