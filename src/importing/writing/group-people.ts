// Who of a batch are one person, by their ids and e-mails; by phone only those of whom no e-mail says otherwise, for many share one.
import { type Identity, identityOf } from "#contacts/index.ts"
import { parsePhone, phoneRefusal } from "#privacy/index.ts"
import { personKey } from "./batch-of-records.ts"
import type { ImportStep } from "./batch-import-context.ts"
import type { PersonRef } from "../record-schemas.ts"

export type ContactDetails = PersonRef & {
  line: number
  field: string
  emails?: string[] | undefined
  phones?: string[] | undefined
  language?: string | undefined
  createdAt?: Date | undefined
}

type Address = { identity: Identity; line: number; field: string }

export type PersonGroup = {
  name: string
  language: string | null
  createdAt: Date | null
  hasEmail: boolean
  /** By `wordOf`, each once. Those of its contact alone, once that is found or made. */
  addresses: Map<string, Address>
  contactId: string | null
  /** By `wordOf`, the ids of its contact's addresses. */
  identityIds: Map<string, string>
  joined: PersonGroup | null
}

/** `words`: the addresses with which somebody is named at one place. */
export type NamedPerson = { key: string | null; words: string[]; group: PersonGroup }
export type People = { groups: PersonGroup[]; named: Map<PersonRef, NamedPerson> }

export const wordOf = ({ kind, value }: Pick<Identity, "kind" | "value">) => `${kind} ${value}`

/** `living`: by key the contacts that were imported before, whom no address joins to somebody else. */
export function groupPeople(
  step: ImportStep,
  all: readonly ContactDetails[],
  living: ReadonlyMap<string, string>,
): People {
  const byHandle = new Map<string, PersonGroup>()
  const people: People = { groups: [], named: new Map() }
  for (const details of all) {
    const addresses = addressesIn(step, details)
    const key = personKey(step.idSpace, details)
    const handles = handlesOf(key, addresses, living)
    const found = handles.map((handle) => byHandle.get(handle)).find(Boolean)
    const group = found ?? blank(living.get(key ?? "") ?? null)
    if (!found) people.groups.push(group)
    addDetails(group, details)
    for (const identity of addresses) {
      const word = wordOf(identity)
      group.hasEmail ||= identity.kind === "email"
      // An e-mail that other newcomers have stays theirs.
      const isOthers = group.contactId === null && (byHandle.get(word) ?? group) !== group
      if (isOthers || group.addresses.has(word)) continue
      group.addresses.set(word, { identity, ...placeOf(details, identity.kind) })
    }
    for (const handle of handles) if (!byHandle.has(handle)) byHandle.set(handle, group)
    people.named.set(details, { key, words: [...new Set(addresses.map(wordOf))], group })
  }
  return people
}

function handlesOf(key: string | null, addresses: readonly Identity[], living: ReadonlyMap<string, string>): string[] {
  const contactId = living.get(key ?? "")
  if (contactId !== undefined) return [contactId]
  const emails = addresses.filter(({ kind }) => kind === "email").map(wordOf)
  if (key !== null || emails.length > 0) return [...(key === null ? [] : [key]), ...emails]
  return addresses.length === 0 ? [] : [`only ${addresses.map(wordOf).join(" ")}`]
}

const blank = (contactId: string | null): PersonGroup => ({
  name: "",
  language: null,
  createdAt: null,
  hasEmail: false,
  addresses: new Map(),
  contactId,
  identityIds: new Map(),
  joined: null,
})

type Details = Partial<Pick<ContactDetails, "name">> & {
  language?: string | null | undefined
  createdAt?: Date | null | undefined
}

function addDetails(group: PersonGroup, { name, language, createdAt }: Details): void {
  group.name ||= name ?? ""
  group.language ??= language ?? null
  group.createdAt ??= createdAt ?? null
}

const placeOf = ({ line, field }: ContactDetails, part: string) => ({
  line,
  field: [field, part].filter(Boolean).join("."),
})

/** E-mails go before phones: by them people are distinguished. */
function addressesIn(step: ImportStep, details: ContactDetails): Identity[] {
  const say = (part: string, expected: string) => step.say({ ...placeOf(details, part), expected, isRefused: false })
  const emails = [details.email, ...(details.emails ?? [])].flatMap((text) => {
    const identity = text === undefined ? null : identityOf(text, { kind: "email", scope: "" })
    if (text !== undefined && !identity) say("email", "an e-mail address")
    return identity ?? []
  })
  const phones = [details.phone, ...(details.phones ?? [])].flatMap((text) => {
    const read = text === undefined ? null : parsePhone(text, step.home)
    const identity = read && identityOf(read.number, { kind: "phone", scope: "" })
    if (text !== undefined && !identity) say("phone", phoneRefusal(step.home))
    return identity ?? []
  })
  return [...emails, ...phones]
}

/** Of newcomers who have a phone in common one group, unless both have e-mails: then the phone is the first one's. */
export function joinByPhone(step: ImportStep, newcomers: readonly PersonGroup[]): PersonGroup[] {
  const holders = new Map<string, PersonGroup>()
  for (const group of newcomers) {
    const phones = [...group.addresses.keys()].filter((word) => group.addresses.get(word)!.identity.kind === "phone")
    const host = phones
      .map((word) => holders.get(word))
      .find((holder) => holder !== undefined && !(holder.hasEmail && group.hasEmail))
    if (host) join(host, group)
    const now = host ?? group
    for (const word of phones) {
      const holder = holders.get(word) ?? now
      holders.set(word, holder)
      if (holder !== now) losePhone(step, now, word)
    }
  }
  return newcomers.filter(({ joined }) => joined === null)
}

function join(host: PersonGroup, group: PersonGroup): void {
  addDetails(host, group)
  host.hasEmail ||= group.hasEmail
  for (const [word, address] of group.addresses) if (!host.addresses.has(word)) host.addresses.set(word, address)
  group.joined = host
}

/** An address is one contact's. */
export function losePhone({ say }: ImportStep, { addresses }: PersonGroup, word: string): void {
  const { line, field } = addresses.get(word)!
  addresses.delete(word)
  say({ line, field, expected: "a number that no other contact has; this one comes without it", isRefused: false })
}
