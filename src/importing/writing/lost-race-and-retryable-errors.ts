import { isContention } from "#kernel/errors.ts"

/** The desk changed something while a batch was planned: the batch is planned again. */
export class LostRace extends Error {
  constructor(about: string) {
    super(`the ${about} changed while it was imported`)
  }
}

// Unique violation, foreign key, a statement that took too long: they may be gone at the next try, as contention is.
const passing = new Set(["23505", "23503", "57014"])

export const mayBeRetried = (error: unknown) =>
  error instanceof LostRace || isContention(error) || passing.has(String((error as { code?: unknown } | null)?.code))

/** PostgreSQL refuses what a record says (a check, a value out of range), and always will. */
export const isOfData = (error: unknown) => /^(22|23)/.test(String((error as { code?: unknown } | null)?.code))
