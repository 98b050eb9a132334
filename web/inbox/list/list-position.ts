// Where the open ticket stands in the list, or stood before it left it (closed, taken): the next one is what moved up there. Pure.

/** `at`: -1 for a ticket that was never in the list. `before`: of the ticket that was open before, to which an undone act leads back. */
export interface ListPosition {
  ref: string | undefined
  at: number
  before?: ListPosition | undefined
}

/** With where the open ticket was found; the same object where that says nothing new. */
export function keepPosition(kept: ListPosition, ref: string | undefined, found: number): ListPosition {
  if (found < 0 || (kept.ref === ref && kept.at === found)) return kept
  return { ref, at: found, before: kept.ref === ref ? kept.before : { ref: kept.ref, at: kept.at } }
}

/** Indexes in the list; the first ticket follows one of which no place is known. */
export function neighboursOf(
  kept: ListPosition,
  ref: string | undefined,
  found: number,
): { next: number; previous: number } {
  if (found >= 0) return { next: found + 1, previous: found - 1 }
  const left = [kept, kept.before].filter((one) => one !== undefined).find((one) => one.ref === ref && one.at >= 0)
  return left ? { next: left.at, previous: left.at - 1 } : { next: 0, previous: -1 }
}
