import { statfs } from "node:fs/promises"
import { keptHours } from "./kept-answers.ts"
import type { Check } from "./check.ts"
import { aheadOf, bearableMs, inWords } from "./clock.ts"
import { deadJobs } from "./dead-jobs.ts"
import { migrationProblems } from "./migrate.ts"
import { forgetOldKeys, forgetOldLimits, purgeAll } from "./tidy.ts"

// Tidying runs once an hour, unless no worker runs for a day: what it takes away may be this much older than it must be (hours).
export const untilTidied = 25

const gigabyte = 1024 ** 3

/** Below a gigabyte a busy desk has hours. */
export const diskCheck = (leastBytes: number): Check => ({
  name: "disk",
  why: "The disk of HILO_DATA has room.",
  find: async ({ dataFolder }) => {
    if (dataFolder === undefined) return []
    const { bavail, bsize } = await statfs(dataFolder)
    return bavail * bsize < leastBytes
      ? [`${((bavail * bsize) / gigabyte).toFixed(1)} GB are left in ${dataFolder}`]
      : []
  },
})

export const kernelChecks: Check[] = [
  diskCheck(gigabyte),
  {
    name: "clock",
    why: "The clock of this machine agrees with the database's, by which Hilo goes.",
    find: async ({ db }) => {
      const aheadMs = await aheadOf(db)
      return Math.abs(aheadMs) > bearableMs ? [inWords(aheadMs)] : []
    },
  },
  {
    name: "migrations",
    why: "The database has the schema of this version, no older and no newer one.",
    find: ({ db }) => migrationProblems(db.pool),
  },
  {
    name: "idempotency_keys",
    why: `Answers are kept for a repeated request ${keptHours} hours, and tidied away soon after that.`,
    find: `select principal || ' ' || route from idempotency_keys
      where created_at < now() - make_interval(hours => ${keptHours + untilTidied})`,
    repair: purgeAll(forgetOldKeys),
  },
  {
    name: "rate_limits",
    why: "A counted try is forgotten soon after it no longer counts.",
    find: `select split_part(key, ':', 1) from rate_limits
      where expire < extract(epoch from now() - make_interval(hours => ${untilTidied})) * 1000`,
    repair: purgeAll(forgetOldLimits),
  },
  {
    name: "mails",
    why: "Mail leaves: none waits for more than an hour beyond its time, none was refused three times in a row.",
    find: `select id || coalesce(' (' || reason || ')', '') from mails
      where state = 'queued' and (due_at < now() - interval '1 hour' or (reason is not null and tries >= 3))`,
  },
  {
    name: "mails_failed",
    why: "No mail was given up: hilo mail lists them, hilo mail retry sends them again.",
    find: "select id || coalesce(' (' || reason || ')', '') from mails where state = 'failed'",
  },
  {
    name: "mails_refused",
    why: "Every mail of the last days had an address that exists and was still true when it could leave.",
    find: "select id || ' ' || state from mails where state in ('refused', 'dropped')",
    harmless: "mails had an address that does not exist, or were over before they could leave; hilo mail lists them.",
  },
  {
    name: "dead_jobs",
    why: "Every job was done in the end; what failed for good waits for somebody: hilo jobs, hilo jobs retry.",
    find: async ({ db }) => (await deadJobs(db)).map(({ job, id }) => `${job} ${id}`),
  },
]
