// What may stand for somebody without a name.
import type { Contact } from "#contacts/api-contract.ts"

export type Identity = Contact["identities"][number]

const ids: readonly string[] = ["visitor", "group", "bsuid"] satisfies Identity["kind"][]

/** The first address that says something to a person; a provider's id and ours of a visitor are noise, and what a visitor says is no name. */
export const readableAddress = (identities: Identity[]): string | undefined =>
  identities.find(({ kind, proof }) => !ids.includes(kind) && proof !== "visitor")?.value
