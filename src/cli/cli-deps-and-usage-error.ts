import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"

export type CliDeps = { db: Database; print: (line: string) => void; now?: () => Date }

/** A command that was called wrongly; the message is all its caller needs to see. */
export class UsageError extends Error {}

/** A refusal that names a field, said as a wrong use of the command. */
export function inWords(error: unknown): never {
  const [wrong] = error instanceof Refusal ? (error.extra.errors ?? []) : []
  throw wrong ? new UsageError(wrong.message) : error
}
