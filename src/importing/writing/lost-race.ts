/** The desk changed something while a batch was planned: the batch is planned again. */
export class LostRace extends Error {
  constructor(about: string) {
    super(`the ${about} changed while it was imported`)
  }
}

// Unique violation, foreign key, deadlock, a lock that was not given, a statement that took too long: all may be gone at the next try.
const passing = new Set(["23505", "23503", "40P01", "40001", "55P03", "57014"])

export const mayBeRetried = (error: unknown) =>
  error instanceof LostRace || passing.has(String((error as { code?: unknown } | null)?.code))

/** PostgreSQL refuses what a record says (a check, a value out of range), and always will. */
export const isOfData = (error: unknown) => /^(22|23)/.test(String((error as { code?: unknown } | null)?.code))
