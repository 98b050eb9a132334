import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { LogReader } from "./read-log.ts"

type ReaderOptions = {
  /** Who reads. */
  name: LogReader
  /** True: there is more. */
  read: () => Promise<boolean>
  /** A busy log is not looked at more often than this. */
  everyMs: number
  /** What wakes it besides. */
  topics?: readonly string[]
}

/** Woken where events were given their positions, if somebody reads the log there; elsewhere if not. */
export const readersTopic = "readers"

/**
 * Calls `read` whenever the log has grown, and again at once while `read` says there is more. One call at a time. Errors are
 * logged and tried again: nothing is lost, the cursor did not move.
 */
export function followLog(db: Database, log: Log, { name, read, everyMs, topics = [] }: ReaderOptions): PollingLoop {
  return startPollingLoop(db, log, { name, step: read, everyMs, topics: [readersTopic, ...topics] })
}
