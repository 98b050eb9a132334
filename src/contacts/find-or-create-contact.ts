// Somebody writes down who has the problem: found as intake would find them, or made.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Principal } from "#people/index.ts"
import { addIdentity } from "./identities/change-identities.ts"
import { storedIdentity } from "./identities/identity-store.ts"
import { type Identity, identityOf } from "./identities/normalize-address.ts"
import { parseTypedPhone } from "./identities/parse-typed-phone.ts"
import { mayChange } from "./visibility.ts"
import { contactOfIdentity, ensureContact, insertContact, resolveContact } from "./contact-store.ts"

type ContactDescription = {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  language?: string | undefined
}

/** `identityIds`: of the addresses that were typed, those that are theirs; the e-mail goes before the phone. */
type FoundContact = { contactId: string; identityIds: string[] }

/**
 * The contact described, held against a merge until the transaction ends. The e-mail goes before the phone: when they are
 * two people's, nothing is merged, for what somebody typed proves nothing. An address that nobody has becomes theirs when
 * they are new, or `who` may change them; somebody else's contact gains nothing. What was not known of them is filled in.
 * A race for a second address shows as a unique violation.
 */
export async function findOrCreateContact(
  act: Act,
  who: Principal,
  described: ContactDescription,
): Promise<FoundContact> {
  const { name = "", email, phone, language } = described
  const identities = [
    ...emailOf(email),
    ...(phone === undefined ? [] : [await parseTypedPhone(act, phone, "contact.phone")]),
  ]
  if (identities.length === 0 && name.trim() === "") throw invalidField("contact", "must have a name, email or phone")
  const known = await knownBy(act, identities)
  const id = await lockContactForShare(act, known ?? (await made(act, identities, name.trim())))
  const isTheirs = known === null || (await mayChange(act, who, id))
  if (isTheirs) {
    for (const identity of identities) {
      if ((await contactOfIdentity(act, identity)) === null)
        await addIdentity(act, id, identity, { proof: "staff", confirmedFor: null })
    }
    await fillIn(act, id, name.trim(), language ?? null)
  }
  return { contactId: id, identityIds: await idsOf(act, id, identities) }
}

function emailOf(text: string | undefined): Identity[] {
  if (text === undefined) return []
  const identity = identityOf(text, { kind: "email", scope: "" })
  if (!identity) throw invalidField("contact.email", "must be an e-mail address")
  return [identity]
}

async function knownBy(act: Act, identities: Identity[]): Promise<string | null> {
  for (const identity of identities) {
    const known = await contactOfIdentity(act, identity)
    if (known !== null) return known
  }
  return null
}

async function made(act: Act, [first]: Identity[], name: string): Promise<string> {
  if (first) return ensureContact(act, { identity: first, name, proof: "staff" }, false)
  const id = newId("ctc")
  await insertContact(act, { id, name, tier: null, language: null, customFields: {}, note: "" })
  return id
}

async function idsOf(act: Act, contactId: string, identities: Identity[]): Promise<string[]> {
  const ids: string[] = []
  for (const identity of identities) {
    const row = await storedIdentity(act, identity)
    if (row?.contactId === contactId) ids.push(row.id)
  }
  return ids
}

/** The contact, or what it was merged into; transactions that would merge or remove it wait until the transaction ends. */
export async function lockContactForShare(act: Act, id: string): Promise<string> {
  const meant = await resolveContact(act, id)
  const held = await act.tx
    .selectFrom("contacts")
    .select("mergedInto")
    .where("id", "=", meant)
    .forShare()
    .executeTakeFirstOrThrow()
  return held.mergedInto === null ? meant : lockContactForShare(act, held.mergedInto)
}

async function fillIn(act: Act, id: string, name: string, language: string | null) {
  if (name === "" && language === null) return
  await act.tx
    .updateTable("contacts")
    .set({
      name: sql<string>`case when name = '' then ${name} else name end`,
      language: sql<string | null>`coalesce(language, ${language})`,
      updatedAt: act.now,
    })
    .where("id", "=", id)
    .where(sql<boolean>`((name = '' and ${name} <> '') or (language is null and ${language}::text is not null))`)
    .execute()
}
