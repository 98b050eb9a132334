// Who wrote, for many messages at once: contacts that are known, and those that are new, each once.
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { newId } from "#kernel/ids.ts"
import {
  type Identity,
  type NewContactRow,
  type Proof,
  type IdentityOwner,
  identityOwnersStatement,
} from "#contacts/index.ts"

/** `identityId`: of the address they write by now. `isNamed`: it is known what they are called. */
export type Sender = {
  contactId: string
  identityId: string
  isNamed: boolean
  isBlocked: boolean
  newcomer: NewContactRow | null
}

/** Null: the addresses are several people's, or not all of them are known. */
export type Senders = {
  person: (identities: readonly Identity[], name: string, proof: Proof) => Sender | null
  group: (identity: Identity, name: string, proof: Proof) => Sender | null
  /** The contact that has the first of these that is anybody's. */
  known: (identities: readonly Identity[]) => Sender | null
  /** What they write next must not overtake what is left: from now on it is null, too. */
  leave: (identities: readonly Identity[]) => void
}

type Newly = Pick<NewContactRow, "name" | "isGroup" | "proof">

const keyOf = (kind: string, scope: string, value: string) => `${kind} ${scope} ${value}`

/** Looks all of them up in one statement. Who is new gets an id; nothing is written. */
export async function findSenders(run: RunStatement, identities: readonly Identity[]): Promise<Senders> {
  const rows = await run<IdentityOwner>(identityOwnersStatement(identities))
  const owners = new Map<string, Sender>(
    rows.map(({ kind, scope, value, id: identityId, ...owner }) => [
      keyOf(kind, scope, value),
      { ...owner, identityId, newcomer: null },
    ]),
  )
  const unclear = new Set<string>()
  const keysOf = ({ kind, scope, value, also }: Identity) => [value, ...also].map((one) => keyOf(kind, scope, one))
  // As one look at the database would: the exact value goes before its equivalents.
  const ownerOf = (identity: Identity) =>
    keysOf(identity)
      .map((key) => owners.get(key))
      .find((one) => one !== undefined)

  const createContacts = (identities: readonly Identity[], { name, isGroup, proof }: Newly) => {
    const contactId = newId("ctc")
    const named = identities.map((one) => ({ ...one, id: newId("idn") }))
    const newcomer = { id: contactId, name, isGroup, identities: named, proof }
    for (const { kind, scope, value, id: identityId } of named)
      owners.set(keyOf(kind, scope, value), { contactId, identityId, isNamed: name !== "", isBlocked: false, newcomer })
  }
  /** The first of the identities is the one they write by. */
  const find = (identities: readonly Identity[], newly: Newly): Sender | null => {
    const keys = identities.flatMap(keysOf)
    const found = identities.map(ownerOf)
    const [first] = found
    const isClear = !keys.some((key) => unclear.has(key))
    if (isClear && found.every((one) => one === undefined)) {
      createContacts(inOrder(identities), newly)
      return ownerOf(identities[0]!)!
    }
    const isOne = first && found.every((one) => one?.contactId === first.contactId)
    return isClear && isOne ? first : null
  }
  return {
    person: (all, name, proof) => find(all, { name, isGroup: false, proof }),
    group: (identity, name, proof) => find([identity], { name, isGroup: true, proof }),
    known: (identities) => identities.map(ownerOf).find((one) => one !== undefined) ?? null,
    leave: (identities) => identities.flatMap(keysOf).forEach((key) => unclear.add(key)),
  }
}

// The channel's own id of a person leads: it never goes to somebody else, a phone number may.
const inOrder = (identities: readonly Identity[]) =>
  identities.toSorted((a, b) => Number(b.kind === "bsuid") - Number(a.kind === "bsuid"))
