import type { Database, Statement } from "#kernel/db.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { Role } from "../permissions/principal.ts"

/** Who stands behind a token. The key's columns are null for a session. */
export type AuthenticatedPrincipal = {
  id: string
  role: Role
  language: Language
  timezone: string
  teamIds: string[]
  contactId: string | null
  identityId: string | null
  contactIds: string[]
  identityIds: string[]
  keyId: string | null
  keyRole: Role | null
  connectionIds: string[]
  lastUsedAt: Date | null
}

/** SQL: is `x` the proved address, still the contact's, from which its holder said that `i` is theirs too? */
export const claimerSql = (i: string, x: string) =>
  `${x}.id = ${i}.claimed_by and ${x}.contact_id = ${i}.contact_id and ${x}.confirmed_for = ${x}.contact_id`

// A customer is the contact that has the account's e-mail now, as intake would find them. Where that address was only put on the
// contact, it reads what was exchanged with itself; else what was exchanged with all that is known to be one person's. One that
// a holder of these says is theirs too reads the same, and they read nothing of what was exchanged with it.
/** SQL: of the contact that has the e-mail `email` the `s.contact_id`, and what they read: `s.contact_ids`, `s.identity_ids`. */
export const readableIdentitiesJoin = (email: string) => `left join lateral (
    with recursive one as materialized (
      select i.id, i.contact_id, coalesce(i.confirmed_for, x.confirmed_for) as confirmed_for
      from contact_identities i left join contact_identities x on ${claimerSql("i", "x")}
      where i.kind = 'email' and i.scope = '' and i.value = ${email} and i.contact_id is not null),
    persons (id) as (
      select confirmed_for from one where confirmed_for is not null
      union select m.source_id from persons p join contact_merges m on m.target_id = p.id where m.is_one_person)
    select one.contact_id, one.id as identity_id, array(select id from persons) as contact_ids,
      array(select id from contact_identities where confirmed_for = one.confirmed_for union select one.id) as identity_ids
    from one) s on true`

const person = `u.id, u.role, u.language, u.timezone, s.contact_id as "contactId", s.identity_id as "identityId",
  coalesce(s.contact_ids, '{}') as "contactIds", coalesce(s.identity_ids, '{}') as "identityIds",
  array(select team_id from team_members where user_id = u.id order by team_id) as "teamIds"`

const keyText = `select ${person}, k.id as "keyId", k.role as "keyRole", k.connection_ids as "connectionIds", k.last_used_at as "lastUsedAt"
  from api_keys k join users u on u.id = k.user_id ${readableIdentitiesJoin("lower(u.email)")}
  where k.key_hash = $1 and k.revoked_at is null and u.disabled_at is null`

const sessionText = `select ${person}, null as "keyId", null as "keyRole", '{}'::text[] as "connectionIds", null::timestamptz as "lastUsedAt"
  from sessions e join users u on u.id = e.user_id ${readableIdentitiesJoin("lower(u.email)")}
  where e.token_hash = $1 and e.expires_at > $2 and u.disabled_at is null`

export async function principalOfKey(db: Database, hash: string): Promise<AuthenticatedPrincipal | undefined> {
  return first(db, { name: "bearer-of-key", text: keyText, values: [hash] })
}

export async function principalOfSession(
  db: Database,
  hash: string,
  now: Date,
): Promise<AuthenticatedPrincipal | undefined> {
  return first(db, { name: "bearer-of-session", text: sessionText, values: [hash, now] })
}

const first = async (db: Database, statement: Statement) => (await db.run<AuthenticatedPrincipal>(statement))[0]

export async function touchKey(db: Database, keyId: string, now: Date, everyMs: number) {
  await db.kysely
    .updateTable("apiKeys")
    .set({ lastUsedAt: now })
    .where("id", "=", keyId)
    .where((e) => e.or([e("lastUsedAt", "is", null), e("lastUsedAt", "<=", new Date(now.getTime() - everyMs))]))
    .execute()
}
