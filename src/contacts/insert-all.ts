// Many contacts at once: who they are, and those of them who are new.
import { type Statement, statement } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import type { Identity } from "./match.ts"

export type Owned = Pick<Identity, "kind" | "scope" | "value"> & { contactId: string }

/** Whose these identities are, by every way in which they may be written. Gives `Owned` rows. */
export function ownersStatement(identities: readonly Identity[]): Statement {
  const written = identities.flatMap(({ kind, scope, value, also }) =>
    [value, ...also].map((one) => ({ kind, scope, value: one })),
  )
  return statement(
    "identity-owners",
    (p) => `select i.kind, i.scope, i.value, i.contact_id as "contactId" from contact_identities i
      join json_to_recordset(${p(JSON.stringify(written))}::json) as r (kind text, scope text, value text)
        on i.kind = r.kind and i.scope = r.scope and i.value = r.value`,
  )
}

/** Keeps contacts from being merged or removed until the transaction ends. Gives the `id` of those that are still there. */
export function holdContactsStatement(ids: readonly string[]): Statement {
  return statement(
    "hold-contacts",
    (p) => `select id from contacts where id = any(${p(ids)}::text[]) and merged_into is null order by id for share`,
  )
}

export type Newcomer = { id: string; name: string; isGroup: boolean; identities: readonly Identity[] }

/**
 * Makes contacts, each under the first of its identities. Gives `contactId` and `n`: how many of its identities it got;
 * the others belong to somebody else meanwhile. Everybody inserts in the same order, so that nobody waits in a circle.
 */
export function insertContactsStatement(newcomers: readonly Newcomer[], now: Date): Statement {
  const rows = newcomers.flatMap(({ id, name, isGroup, identities }) =>
    identities.map(({ kind, scope, value }, place) => {
      return { contact_id: id, name, is_group: isGroup, id: newId("idn"), kind, scope, value, place }
    }),
  )
  return statement("insert-contacts", (p) => {
    const at = `${p(now)}::timestamptz`
    return `with given as materialized (select * from json_to_recordset(${p(JSON.stringify(rows))}::json)
        as r (contact_id text, name text, is_group boolean, id text, kind text, scope text, value text, place int)),
      named as (insert into contact_identities (id, contact_id, kind, scope, value, created_at)
        select id, contact_id, kind, scope, value, ${at} from given order by kind, scope, value
        on conflict (kind, scope, value) do nothing returning id, contact_id),
      made as (insert into contacts (id, name, is_group, created_at, updated_at)
        select distinct on (g.contact_id) g.contact_id, g.name, g.is_group, ${at}, ${at}
        from given g join named n on n.id = g.id)
      select contact_id as "contactId", count(*)::int as n from named group by contact_id`
  })
}
