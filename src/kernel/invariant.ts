// An invariant that a module promises and the doctor looks after.
import type { Act } from "./act.ts"
import type { Database } from "./db.ts"
import type { Outbound } from "./outbound/http-client.ts"
import type { Secrets } from "./secrets.ts"
import type { FileStorage } from "./storage/file-storage.ts"

/**
 * What a check may look with. `secrets` is null where no secret is set; `patienceMs` bounds the wait for what should move;
 * `dataFolder` is where the embedded database and the files are, `storage` where attachments are; `hasMailServer`: whether one is
 * set; without `network` nobody outside is asked.
 */
export type CheckContext = {
  db: Database
  secrets: Secrets | null
  patienceMs: number
  dataFolder?: string
  storage?: Pick<FileStorage, "has">
  hasMailServer?: boolean
  network?: { outbound: Outbound; channelApis: Readonly<Record<string, string>> }
}

/** Offenders; of a check that does not look at all there is, `scope` says in words at how much. */
export type Findings = string[] & { scope?: string }

export type Invariant = {
  name: string
  /** One sentence: what is promised. */
  why: string
  /** Gives one row for each offender, its id first: SQL, or a question that SQL alone cannot ask. Changes nothing. */
  find: string | ((look: CheckContext) => Promise<Findings>)
  /** SQL that says all of them in a few lines, for examples where one line each says too little. */
  summary?: string
  /** What the repair does; without one, what a person does. */
  remedy?: string
  /**
   * Puts offenders right in a transaction of its own. Safe while servers run, and safe to repeat; `true`: there is more, and it
   * is called again.
   */
  repair?: (act: Act) => Promise<unknown>
  /** The same for what no transaction can hold, or several must. */
  repairOutsideTransaction?: (db: Database) => Promise<unknown>
  /** Worth saying and never wrong: what `find` gives needs no repair. */
  harmless?: string
  /** Nothing is wrong either way: what `find` gives is said as it is. */
  isAdvice?: true
}
