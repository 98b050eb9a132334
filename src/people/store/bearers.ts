import type { Database, Statement } from "#kernel/db.ts"
import type { Language } from "#texts/contract.ts"
import type { Role } from "../principal.ts"

/** Who stands behind a token. The key's columns are null for a session. */
export type Bearer = {
  id: string
  role: Role
  language: Language
  timezone: string
  teamIds: string[]
  contactId: string | null
  keyId: string | null
  keyRole: Role | null
  connectionIds: string[]
  lastUsedAt: Date | null
}

// An account without a contact is whoever has its e-mail, as intake would find them.
const person = `u.id, u.role, u.language, u.timezone,
  coalesce(u.contact_id, (select i.contact_id from contact_identities i
    where i.kind = 'email' and i.scope = '' and i.value = lower(u.email))) as "contactId",
  array(select team_id from team_members where user_id = u.id order by team_id) as "teamIds"`

const keyText = `select ${person}, k.id as "keyId", k.role as "keyRole", k.connection_ids as "connectionIds", k.last_used_at as "lastUsedAt"
  from api_keys k join users u on u.id = k.user_id
  where k.key_hash = $1 and k.revoked_at is null and u.disabled_at is null`

const sessionText = `select ${person}, null as "keyId", null as "keyRole", '{}'::text[] as "connectionIds", null::timestamptz as "lastUsedAt"
  from sessions s join users u on u.id = s.user_id
  where s.token_hash = $1 and s.expires_at > $2 and u.disabled_at is null`

export async function bearerOfKey(db: Database, hash: string): Promise<Bearer | undefined> {
  return first(db, { name: "bearer-of-key", text: keyText, values: [hash] })
}

export async function bearerOfSession(db: Database, hash: string, now: Date): Promise<Bearer | undefined> {
  return first(db, { name: "bearer-of-session", text: sessionText, values: [hash, now] })
}

const first = async (db: Database, statement: Statement) => (await db.run<Bearer>(statement))[0]

export async function touchKey(db: Database, keyId: string, now: Date, everyMs: number) {
  await db.kysely
    .updateTable("apiKeys")
    .set({ lastUsedAt: now })
    .where("id", "=", keyId)
    .where((e) => e.or([e("lastUsedAt", "is", null), e("lastUsedAt", "<=", new Date(now.getTime() - everyMs))]))
    .execute()
}
