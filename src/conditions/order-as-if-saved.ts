// The order in which rules and policies would be asked once candidates were saved. Pure.

type Ordered = { id: string; priority: number; isDefault?: boolean }
type Candidate<T extends Ordered> = Omit<T, "id"> & { id?: string | undefined }

/** Of a candidate without an id. Stored ids rise with time: what is saved next comes after all of them, as this does. */
export const unsavedId = (nth = 0) => `~${String(nth).padStart(4, "0")}`

/**
 * One candidate stands in for the one whose id it has, or is put among the others; a list stands in for all. A candidate that is
 * marked as the default takes the mark from the other. Whether they are enabled is not asked.
 */
export function asIfSaved<T extends Ordered>(saved: readonly T[], given: Candidate<T> | readonly Candidate<T>[]): T[] {
  const candidates = [given].flat() as Candidate<T>[]
  const made = candidates.map((one, nth) => ({ ...one, id: one.id ?? unsavedId(nth) }) as T)
  const kept = Array.isArray(given) ? [] : saved.filter(({ id }) => id !== candidates[0]!.id)
  const isMarked = made.some(({ isDefault }) => isDefault)
  return [...kept.map((one) => (isMarked ? { ...one, isDefault: false } : one)), ...made].toSorted(inOrder)
}

const inOrder = (a: Ordered, b: Ordered) =>
  Number(a.isDefault ?? false) - Number(b.isDefault ?? false) || a.priority - b.priority || (a.id < b.id ? -1 : 1)
