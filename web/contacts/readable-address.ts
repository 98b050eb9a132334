// What may stand for somebody without a name.
export interface Identity {
  id: string
  kind: "phone" | "email" | "bsuid" | "visitor" | "external" | "group"
  value: string
  scope: string
  /** When they said that they want no marketing there. */
  noMarketingSince: string | null
  /** Who of the staff typed it. */
  addedBy: { id: string; name: string } | null
  proof: "message" | "link" | "staff" | "visitor" | "import"
  /** Known to be this contact's: its holder reads all that was exchanged with them. */
  isConfirmed: boolean
  /** Somebody who holds a confirmed address of this contact says that it is theirs. */
  isClaimed: boolean
}

/** The first address that says something to a person; a visitor's id and a group's are noise, and what a visitor says is no name. */
export const readableAddress = (identities: Identity[]): string | undefined =>
  identities.find(({ kind, proof }) => kind !== "visitor" && kind !== "group" && proof !== "visitor")?.value
