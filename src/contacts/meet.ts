// Somebody writes down who has the problem: found as intake would find them, or made.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { linkIdentity } from "./link.ts"
import { type Identity, identityOf } from "./match.ts"
import { typedPhone } from "./phones.ts"
import { contactOf, ensureContact, insertContact, meantContact } from "./store.ts"

type Described = {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  language?: string | undefined
}

/**
 * The contact described, held against a merge until the transaction ends. The e-mail goes before the phone: when they are
 * two people's, nothing is merged, for what somebody typed proves nothing. An address that nobody has becomes theirs, and
 * what was not known of them is filled in. A race for a second address shows as a unique violation.
 */
export async function meetContact(act: Act, { name = "", email, phone, language }: Described): Promise<string> {
  const identities = [
    ...emailOf(email),
    ...(phone === undefined ? [] : [await typedPhone(act, phone, "contact.phone")]),
  ]
  if (identities.length === 0 && name.trim() === "") throw invalidField("contact", "must have a name, email or phone")
  const id = await holdContact(act, await foundOrMade(act, identities, name.trim()))
  for (const identity of identities) {
    if ((await contactOf(act, identity)) === null) await linkIdentity(act, id, identity)
  }
  await fillIn(act, id, name.trim(), language ?? null)
  return id
}

function emailOf(text: string | undefined): Identity[] {
  if (text === undefined) return []
  const identity = identityOf(text, { kind: "email", scope: "" })
  if (!identity) throw invalidField("contact.email", "must be an e-mail address")
  return [identity]
}

async function foundOrMade(act: Act, identities: Identity[], name: string): Promise<string> {
  for (const identity of identities) {
    const known = await contactOf(act, identity)
    if (known !== null) return known
  }
  const [first] = identities
  if (first) return ensureContact(act, { identity: first, name }, false)
  const id = newId("ctc")
  await insertContact(act, { id, name, tier: null, language: null, customFields: {} })
  return id
}

/** The contact, or what it was merged into; whoever would merge or remove it waits until the transaction ends. */
export async function holdContact(act: Act, id: string): Promise<string> {
  const meant = await meantContact(act, id)
  const held = await act.tx
    .selectFrom("contacts")
    .select("mergedInto")
    .where("id", "=", meant)
    .forShare()
    .executeTakeFirstOrThrow()
  return held.mergedInto === null ? meant : holdContact(act, held.mergedInto)
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
    .where(sql<boolean>`(name = '' and ${name} <> '') or (language is null and ${language}::text is not null)`)
    .execute()
}
