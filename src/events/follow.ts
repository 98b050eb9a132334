import { setTimeout as pause } from "node:timers/promises"
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { type Loop, startLoop } from "#kernel/loop.ts"
import { someAreWaiting } from "./log.ts"

const waitForOlderMs = 10

type Reading = {
  /** True: there is more. */
  read: () => Promise<boolean>
  /** A busy log is not looked at more often than this. */
  everyMs: number
}

/**
 * Calls `read` whenever the log may have grown: on NOTIFY, once a second anyway, and again at once while `read` says
 * there is more. One call at a time. Errors are logged and tried again: nothing is lost, the cursor did not move.
 */
export function followLog(db: Database, log: Log, { read, everyMs }: Reading): Loop {
  const step = async () => {
    if (await read()) return true
    if (!(await someAreWaiting(db))) return false
    await pause(waitForOlderMs)
    return true
  }
  return startLoop(db, log, { name: "log", step, everyMs, readsLog: true })
}
