// People outside, by what the other system calls them and by their addresses: found as intake would find them, or made. An address that
// an export says is theirs proves nothing: a contact that is there gains none by it.
import { sql } from "kysely"
import { runIn } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import {
  holdContacts,
  type Identity,
  identityOwnersStatement,
  type IdentityOwner,
  insertImportedContacts,
} from "#contacts/index.ts"
import { LostRace } from "./lost-race-and-retryable-errors.ts"
import { personKey } from "./batch-of-records.ts"
import { knownRecords, recordKey } from "../imported-record-store.ts"
import {
  type ContactDetails,
  groupPeople,
  joinByPhone,
  losePhone,
  type NamedPerson,
  type PersonGroup,
  wordOf,
} from "./group-people.ts"
import { type ImportStep, remember } from "./batch-import-context.ts"
import type { PersonRef } from "../record-schemas.ts"

/** `identityId`: the address with which they are named, else the one by which their id is known, when it is their contact's. */
export type FoundContact = { contactId: string; identityId: string | null }
export type Contacts = { of: (ref: PersonRef) => FoundContact | null }

/** Of several who are one by id or address in the batch one contact is made. */
export async function findOrCreateContacts(step: ImportStep, all: readonly ContactDetails[]): Promise<Contacts> {
  const living = await livingContacts(step, all)
  const { groups, named } = groupPeople(step, all, living)
  await findKnown(step, groups)
  const newcomers = joinByPhone(
    step,
    groups.filter(({ contactId }) => contactId === null),
  )
  await create(
    step,
    newcomers.filter(({ name, addresses }) => name !== "" || addresses.size > 0),
  )
  const ids = groups.flatMap(({ contactId }) => contactId ?? [])
  if (!step.isDryRun && !(await holdContacts(step.act, [...new Set(ids)]))) throw new LostRace("contact")
  const own = ownAddresses(step, named.values(), living)
  for (const { key, group } of named.values()) {
    const { contactId } = group.joined ?? group
    if (key !== null && contactId !== null && !step.known.has(key))
      remember(step, key, contactId, { identityId: own.get(key) ?? null })
  }
  return {
    of: (ref) => {
      const person = named.get(ref)
      const contactId = person && (person.group.joined ?? person.group).contactId
      if (!person || !contactId) return null
      return { contactId, identityId: addressOf(person) ?? own.get(person.key ?? "") ?? null }
    },
  }
}

/** The first of the addresses with which somebody is named that is their contact's. */
function addressOf({ words, group }: NamedPerson): string | undefined {
  const { identityIds } = group.joined ?? group
  return words.map((word) => identityIds.get(word)).find((id) => id !== undefined)
}

/** By key, the address of each person of the other system: what was remembered, else an e-mail before a phone. */
function ownAddresses(
  { known }: ImportStep,
  named: Iterable<NamedPerson>,
  living: ReadonlyMap<string, string>,
): Map<string, string> {
  const own = new Map<string, string>()
  const isEmail = (word: string) => word.startsWith("email ")
  const all = [...named]
  for (const key of living.keys()) {
    const identityId = known.get(key)?.identityId
    if (identityId) own.set(key, identityId)
  }
  for (const isWanted of [isEmail, () => true])
    for (const person of all) {
      const id = addressOf({ ...person, words: person.words.filter(isWanted) })
      if (person.key !== null && id !== undefined && !own.has(person.key)) own.set(person.key, id)
    }
  return own
}

/** By key what those who were imported before are now: merged ones what they were merged into; what was removed is nobody. */
async function livingContacts(step: ImportStep, all: readonly ContactDetails[]): Promise<Map<string, string>> {
  const { act, known, isDryRun, idSpace } = step
  const before = all.flatMap((details) => {
    const key = personKey(idSpace, details)
    const id = key === null ? undefined : known.get(key)?.id
    return key === null || id === undefined || id.startsWith("usr_") ? [] : [{ key, id }]
  })
  if (before.length === 0) return new Map()
  const { rows } = await sql<{ id: string; now: string }>`
    select id, coalesce(merged_into, id) as now from contacts
    where id = any(${before.map(({ id }) => id)}::text[])`.execute(act.tx)
  const alive = new Map(rows.map(({ id, now }) => [id, now]))
  // Of somebody who was removed the new contact is remembered.
  for (const { key, id } of before) if (!alive.has(id) && !isDryRun) known.delete(key)
  return new Map(
    before.flatMap(({ key, id }) => {
      const now = alive.get(id) ?? (isDryRun ? id : undefined)
      return now === undefined ? [] : [[key, now] as const]
    }),
  )
}

/** By what was imported before, then by their addresses, each in its order. A phone says nothing against an e-mail. */
async function findKnown(step: ImportStep, groups: readonly PersonGroup[]): Promise<void> {
  const identities = groups.flatMap(({ addresses }) => [...addresses.values()].map(({ identity }) => identity))
  const owners = await ownersOf(step, identities)
  const owned = identities.flatMap((identity) => owners(identity) ?? [])
  const withEmail = await contactsWithEmail(
    step,
    owned.map(({ contactId }) => contactId),
  )
  for (const group of groups) {
    const found = [...group.addresses].flatMap(([word, { identity }]) => {
      const owner = owners(identity)
      return owner ? [{ word, identity, ...owner }] : []
    })
    const isTheirs = ({ identity, contactId }: (typeof found)[number]) =>
      identity.kind === "email" || !group.hasEmail || !withEmail.has(contactId)
    group.contactId ??= found.find(isTheirs)?.contactId ?? null
    for (const { word, id, contactId } of found) {
      if (contactId === group.contactId) group.identityIds.set(word, id)
      else if (group.contactId === null) losePhone(step, group, word)
    }
  }
}

type Owner = Pick<IdentityOwner, "id" | "contactId">

async function ownersOf(
  { act, isDryRun }: Pick<ImportStep, "act" | "isDryRun">,
  identities: Identity[],
): Promise<(identity: Identity) => Owner | undefined> {
  if (identities.length === 0) return () => undefined
  const rows = await runIn<IdentityOwner>(act.tx, identityOwnersStatement(identities))
  const byWord = new Map<string, Owner>(rows.map((row) => [wordOf(row), row]))
  const seen = isDryRun ? await knownRecords(act, identities.map(addressKey), true) : new Map<string, never>()
  for (const identity of identities) {
    const { id, identityId } = seen.get(addressKey(identity)) ?? {}
    if (id !== undefined) byWord.set(wordOf(identity), { id: identityId ?? "", contactId: id })
  }
  return ({ kind, value, also }) =>
    [value, ...also].map((one) => byWord.get(wordOf({ kind, value: one }))).find((row) => row !== undefined)
}

async function contactsWithEmail({ act, isDryRun }: ImportStep, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct contact_id as id from contact_identities
    where kind = 'email' and contact_id = any(${ids}::text[])`.execute(act.tx)
  const seen = isDryRun ? await knownRecords(act, ids.map(emailKey), true) : new Map<string, never>()
  return new Set([...rows.map(({ id }) => id), ...[...seen.values()].map(({ id }) => id)])
}

/** Under which a dry run knows again whom it would have made, and that they would have an e-mail. */
const addressKey = (identity: Pick<Identity, "kind" | "value">) => recordKey("", "person", wordOf(identity))
const emailKey = (contactId: string) => recordKey("", "person", `e-mail of ${contactId}`)

const noParent = { identityId: null, parentKey: null }

async function create(step: ImportStep, groups: readonly PersonGroup[]): Promise<void> {
  const { act, isDryRun } = step
  const rows = groups.map((group) => {
    const { name, language, createdAt, addresses } = group
    const id = newId("ctc")
    const identities = [...addresses.values()].map(({ identity: { kind, scope, value } }) => {
      return { id: newId("idn"), kind, scope, value }
    })
    group.contactId = id
    for (const one of identities) group.identityIds.set(wordOf(one), one.id)
    if (isDryRun) {
      for (const one of identities) step.made.push({ ...noParent, key: addressKey(one), id, identityId: one.id })
      if (identities.some(({ kind }) => kind === "email")) step.made.push({ ...noParent, key: emailKey(id), id })
    }
    return { id, name, language, createdAt: createdAt ?? act.now, identities }
  })
  step.counts.contacts += rows.length
  if (!isDryRun && !(await insertImportedContacts(act, rows))) throw new LostRace("address")
}
