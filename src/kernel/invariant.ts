// An invariant that a module promises and the doctor looks after.
import type { Act } from "./act.ts"
import type { Database } from "./db.ts"
import type { Secrets } from "./secrets.ts"

/**
 * What a check may look with. `secrets` is null where no secret is set; `requestTimeoutMs` bounds the wait for what should move;
 * `dataFolder` is where the embedded database and the files are.
 */
export type CheckContext = { db: Database; secrets: Secrets | null; patienceMs: number; dataFolder?: string }

export type Invariant = {
  name: string
  /** One sentence: what is promised. */
  why: string
  /** Gives one row for each offender, its id first: SQL, or a question that SQL alone cannot ask. Changes nothing. */
  find: string | ((look: CheckContext) => Promise<string[]>)
  /** Puts every offender right. Safe while servers run, and safe to repeat. */
  repair?: (act: Act) => Promise<unknown>
  /** Worth saying and never wrong: what `find` gives needs no repair. */
  harmless?: string
  /** Nothing is wrong either way: what `find` gives is said as it is. */
  isAdvice?: true
}
