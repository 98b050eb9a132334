// People of another system. That their addresses stand in its export proves nothing of who they are: by one of them a mailed link
// opens what was exchanged with that very address, as with any that was only typed.
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { runIn, statement } from "#kernel/db.ts"
import type { Identity } from "./identities/normalize-address.ts"

export type ImportedContact = {
  id: string
  name: string
  language: string | null
  createdAt: Date
  identities: readonly (Pick<Identity, "kind" | "scope" | "value"> & { id: string })[]
}

const contactRecord = `id text, name text, language text, "createdAt" timestamptz`
const identityRecord = `id text, "contactId" text, kind text, scope text, value text, "createdAt" timestamptz`

/** False when somebody else got one of the addresses meanwhile: then the transaction must end. */
export async function insertImportedContacts(act: Act, contacts: readonly ImportedContact[]): Promise<boolean> {
  if (contacts.length === 0) return true
  const identities = contacts.flatMap((contact) =>
    contact.identities.map(({ id, kind, scope, value }) => {
      return { id, contactId: contact.id, kind, scope, value, createdAt: contact.createdAt }
    }),
  )
  const [made] = await runIn<{ n: number }>(
    act.tx,
    statement(
      "",
      (p) => `with people as (insert into contacts (id, name, language, created_at, updated_at)
          select r.id, r.name, r.language, r."createdAt", ${p(act.now)}::timestamptz from ${rowsSql(p, contacts, contactRecord)}),
        addresses as (insert into contact_identities (id, contact_id, kind, scope, value, proof, created_at)
          select r.id, r."contactId", r.kind, r.scope, r.value, 'import', r."createdAt" from ${rowsSql(p, identities, identityRecord)}
          order by r.kind, r.scope, r.value on conflict (kind, scope, value) do nothing returning id)
        select count(*)::int as n from addresses`,
    ),
  )
  return made!.n === identities.length
}

/** Keeps contacts from being merged or removed until the transaction ends. False when one of them is gone or merged already. */
export async function holdContacts(act: Act, ids: readonly string[]): Promise<boolean> {
  const held = await runIn<{ id: string }>(
    act.tx,
    statement(
      "",
      (p) => `select id from contacts where id = any(${p(ids)}::text[]) and merged_into is null order by id for share`,
    ),
  )
  return held.length === ids.length
}
