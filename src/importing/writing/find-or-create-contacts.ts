// People outside, by what the other system calls them and by their addresses: found as intake would find them, or made. An address that
// an export says is theirs proves nothing: a contact that is there gains none by it.
import { sql } from "kysely"
import { runIn } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import {
  holdContacts,
  type Identity,
  identityOf,
  identityOwnersStatement,
  type IdentityOwner,
  insertImportedContacts,
} from "#contacts/index.ts"
import { parsePhone, phoneRefusal } from "#privacy/index.ts"
import { LostRace } from "./lost-race.ts"
import { personKey } from "./batch-of-records.ts"
import { knownRecords, recordKey } from "../imported-record-store.ts"
import { type ImportStep, remember } from "./import-step.ts"
import type { PersonRef } from "../record-schemas.ts"

/** `identityId`: the address by which they are known there, when it is theirs. */
export type FoundContact = { contactId: string; identityId: string | null }
export type ContactDetails = PersonRef & {
  line: number
  field: string
  emails?: string[] | undefined
  phones?: string[] | undefined
  language?: string | undefined
  createdAt?: Date | undefined
}

type Group = {
  keys: Set<string>
  name: string
  language: string | null
  createdAt: Date | null
  identities: Identity[]
  found: FoundContact | null
}

export type Contacts = { of: (ref: PersonRef) => FoundContact | null }

/** Of several who are one by id or address in the batch one contact is made. */
export async function findOrCreateContacts(step: ImportStep, all: readonly ContactDetails[]): Promise<Contacts> {
  const groups = groupsOf(step, all)
  await findKnown(step, [...groups.all])
  const newcomers = [...groups.all].filter(
    ({ found, name, identities }) => !found && (name !== "" || identities.length > 0),
  )
  await create(step, newcomers)
  const ids = [...groups.all].flatMap(({ found }) => found?.contactId ?? [])
  if (!step.isDryRun && !(await holdContacts(step.act, [...new Set(ids)]))) throw new LostRace("contact")
  for (const { keys, found } of groups.all)
    for (const key of keys) if (found && !step.known.has(key)) remember(step, key, found.contactId, found.identityId)
  return { of: (ref) => groups.of(ref)?.found ?? null }
}

const wordOf = ({ kind, value }: Pick<Identity, "kind" | "value">) => `${kind} ${value}`

function groupsOf(step: ImportStep, all: readonly ContactDetails[]) {
  const byHandle = new Map<string, Group>()
  const named = new Map<PersonRef, Group>()
  const handles = (ref: PersonRef) =>
    [personKey(step.idSpace, ref), ...addressesOf(step, ref).map(wordOf)].filter((one) => one !== null)
  for (const details of all) {
    const addresses = addressesOf(step, details, (field, expected) =>
      step.say({
        line: details.line,
        field: [details.field, field].filter(Boolean).join("."),
        expected,
        isRefused: false,
      }),
    )
    const key = personKey(step.idSpace, details)
    const words = [...(key === null ? [] : [key]), ...addresses.map(wordOf)]
    const group = words.map((word) => byHandle.get(word)).find(Boolean) ?? blank()
    if (key !== null) group.keys.add(key)
    group.name ||= details.name ?? ""
    group.language ??= details.language ?? null
    group.createdAt ??= details.createdAt ?? null
    for (const identity of addresses) if (!byHandle.has(wordOf(identity))) group.identities.push(identity)
    for (const word of words) if (!byHandle.has(word)) byHandle.set(word, group)
    if (words.length === 0) named.set(details, group)
  }
  const of = (ref: PersonRef) =>
    handles(ref)
      .map((word) => byHandle.get(word))
      .find(Boolean) ?? named.get(ref)
  return { all: new Set([...byHandle.values(), ...named.values()]), of }
}

const blank = (): Group => ({ keys: new Set(), name: "", language: null, createdAt: null, identities: [], found: null })

type Details = PersonRef & Pick<ContactDetails, "emails" | "phones">

/** E-mails go before phones: by them people are distinguished. */
function addressesOf(
  { home }: ImportStep,
  details: Details,
  say?: (field: string, expected: string) => void,
): Identity[] {
  const emails = [details.email, ...(details.emails ?? [])].flatMap((text) => {
    const identity = text === undefined ? null : identityOf(text, { kind: "email", scope: "" })
    if (text !== undefined && !identity) say?.("email", "an e-mail address")
    return identity ?? []
  })
  const phones = [details.phone, ...(details.phones ?? [])].flatMap((text) => {
    const read = text === undefined ? null : parsePhone(text, home)
    const identity = read && identityOf(read.number, { kind: "phone", scope: "" })
    if (text !== undefined && !identity) say?.("phone", phoneRefusal(home))
    return identity ?? []
  })
  return [...emails, ...phones]
}

/** By what was imported before, then by their addresses, each in its order. */
async function findKnown({ act, known, isDryRun }: ImportStep, groups: Group[]): Promise<void> {
  const before = groups.flatMap(({ keys }) => [...keys].flatMap((key) => known.get(key) ?? []))
  const alive = await livingContacts(
    act.tx,
    before.map(({ id }) => id),
  )
  const owners = await ownersOf(
    { act, isDryRun },
    groups.flatMap(({ identities }) => identities),
  )
  for (const group of groups) {
    const [imported] = [...group.keys].flatMap((key) => known.get(key) ?? [])
    const living = imported && (alive.get(imported.id) ?? (isDryRun ? imported.id : undefined))
    const owned = group.identities.flatMap((identity) => owners(identity) ?? [])
    const contactId = living ?? owned[0]?.contactId
    const identityId = owned.find((one) => one.contactId === contactId)?.id ?? imported?.identityId ?? null
    if (contactId !== undefined) group.found = { contactId, identityId }
    group.identities = group.identities.filter((identity) => !owners(identity))
  }
}

type Tx = ImportStep["act"]["tx"]

/** What each is now: merged ones what they were merged into; what was removed is nobody. */
async function livingContacts(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; now: string }>`
    select id, coalesce(merged_into, id) as now from contacts where id = any(${ids}::text[])`.execute(tx)
  return new Map(rows.map(({ id, now }) => [id, now]))
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

/** Under which a dry run knows again whom it would have made. */
const addressKey = (identity: Pick<Identity, "kind" | "value">) => recordKey("", "person", wordOf(identity))

async function create(step: ImportStep, groups: Group[]): Promise<void> {
  const { act, isDryRun } = step
  const rows = groups.map((group) => {
    const identities = group.identities.map(({ kind, scope, value }) => ({ id: newId("idn"), kind, scope, value }))
    const { name, language, createdAt } = group
    const row = { id: newId("ctc"), name, language, createdAt: createdAt ?? act.now, identities }
    group.found = { contactId: row.id, identityId: identities[0]?.id ?? null }
    if (isDryRun) for (const one of identities) step.made.push({ key: addressKey(one), id: row.id, identityId: one.id })
    return row
  })
  step.counts.contacts += rows.length
  if (!isDryRun && !(await insertImportedContacts(act, rows))) throw new LostRace("address")
}
