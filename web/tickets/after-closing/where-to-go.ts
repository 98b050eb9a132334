// Where one goes when a ticket is done with, and when that is undone. Pure.
import type { AfterClosing } from "#people/api-contract.ts"

/** The number of a ticket, or the list. */
export type Destination = string

export const list: Destination = "list"

/** `next`: the ticket below in the list; below the last one is nothing, and the list says so. Undefined: one stays. */
export function destinationAfter(choice: AfterClosing, next: string | undefined): Destination | undefined {
  if (choice === "stay") return undefined
  return choice === "next" ? (next ?? list) : list
}

/** Whether the ticket is no longer the agent's own: a colleague has it, or nobody yet. */
export const isPassedOn = ({ assignee }: { assignee: { id: string | null } | null }, myId: string) =>
  assignee?.id !== myId

export interface Departure {
  /** The ticket that was done with. */
  from: string
  to: Destination
}

/** What was undone is shown again to who still stands where it led. `here`: the open ticket; the list when there is none. */
export const leadsBack = (departure: Departure | undefined, undone: string, here: Destination) =>
  departure?.from === undone && departure.to === here
