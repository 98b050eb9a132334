// What may stand for somebody without a name.
import type { Contact } from "#contacts/api-contract.ts"

export type Identity = Contact["identities"][number]

/** The first address that says something to a person; a visitor's id and a group's are noise, and what a visitor says is no name. */
export const readableAddress = (identities: Identity[]): string | undefined =>
  identities.find(({ kind, proof }) => kind !== "visitor" && kind !== "group" && proof !== "visitor")?.value
