// How long a mailbox is left alone after a look that failed. Pure.
import type { MailboxFailure } from "./mailbox-failure.ts"

const firstMs = 5_000
const longestMs = 600_000
const afterWrongPasswordMs = 1_800_000

/**
 * Milliseconds: from 5 s doubled up to 10 min, with up to a quarter more by chance (`chance` is 0 to 1), so that many do not come
 * back at once. Providers lock out who repeats a wrong password: after the second refusal in a row half an hour passes, and so
 * it does where somebody has to sign in again. What a server
 * asks for is given, up to a day.
 */
export function waitAfterFailure({ kind, waitMs }: MailboxFailure, failuresInARow: number, chance: number): number {
  if (waitMs !== undefined) return Math.min(Math.max(waitMs, firstMs), 86_400_000)
  const doubled = Math.min(firstMs * 2 ** Math.min(failuresInARow - 1, 20), longestMs)
  const isForPeople = kind === "reconnect" || (kind === "login" && failuresInARow > 1)
  const base = isForPeople ? afterWrongPasswordMs : doubled
  return Math.round(base * (1 + chance / 4))
}
