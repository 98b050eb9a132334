import { statfs } from "node:fs/promises"
import { idempotencyHours } from "./http/idempotency-keys.ts"
import type { Invariant } from "./invariant.ts"
import { serverClockAheadMs, tolerableClockErrorMs, describeClockError } from "./database/database-clock.ts"
import { deadJobs, overdueJobs } from "./jobs/dead-jobs.ts"
import { migrationProblems } from "./database/migrate.ts"
import { purgeIdempotencyKeys, purgeRateLimits, purgeAll } from "./jobs/cleanup.ts"

// The cleanup runs once an hour, unless no worker runs for a day: what it takes away may be this much older than it must be (hours).
export const cleanupMaxAgeSql = 25

const gigabyte = 1024 ** 3

/** Below a gigabyte a busy desk has hours. */
export const diskCheck = (leastBytes: number): Invariant => ({
  name: "disk",
  why: "The disk of HILO_DATA has room.",
  remedy: "Make room.",
  find: async ({ dataFolder }) => {
    if (dataFolder === undefined) return []
    const { bavail, bsize } = await statfs(dataFolder)
    return bavail * bsize < leastBytes
      ? [`${((bavail * bsize) / gigabyte).toFixed(1)} GB are left in ${dataFolder}`]
      : []
  },
})

export const kernelInvariants: Invariant[] = [
  diskCheck(gigabyte),
  {
    name: "clock",
    why: "The clock of this machine agrees with the database's, by which Hilo goes.",
    remedy: "Set it right (NTP).",
    find: async ({ db }) => {
      const aheadMs = await serverClockAheadMs(db)
      return Math.abs(aheadMs) > tolerableClockErrorMs ? [describeClockError(aheadMs)] : []
    },
  },
  {
    name: "migrations",
    why: "The database has the schema of this version, no older and no newer one.",
    remedy: "Start this version of Hilo, or run hilo migrate; of a newer database, start the newer version.",
    find: ({ db }) => migrationProblems(db.pool),
  },
  {
    name: "idempotency_keys",
    why: `Answers are kept for a repeated request ${idempotencyHours} hours, and purged soon after that.`,
    remedy: "removes them.",
    find: `select principal || ' ' || route from idempotency_keys
      where created_at < now() - make_interval(hours => ${idempotencyHours + cleanupMaxAgeSql})`,
    repair: purgeAll(purgeIdempotencyKeys),
  },
  {
    name: "rate_limits",
    why: "A counted try is purged soon after it no longer counts.",
    remedy: "removes them.",
    find: `select split_part(key, ':', 1) from rate_limits
      where expire < extract(epoch from now() - make_interval(hours => ${cleanupMaxAgeSql})) * 1000`,
    repair: purgeAll(purgeRateLimits),
  },
  {
    name: "mail_server",
    why: "E-mails leave by a mail server.",
    remedy: "Set SMTP_URL and MAIL_FROM.",
    // To look around one needs none.
    isAdvice: true,
    find: ({ hasMailServer }) =>
      Promise.resolve(
        hasMailServer === false
          ? [
              "no mail server is set: e-mails reach nobody, and stay files in HILO_DATA/mail. Set SMTP_URL and MAIL_FROM",
            ]
          : [],
      ),
  },
  {
    name: "mails",
    why: "Mail leaves: none waits for more than an hour beyond its time, none was refused three times in a row.",
    remedy: "Look at SMTP_URL and what the mail server answers (hilo mail), and at the log of the worker.",
    find: `select id || coalesce(' (' || reason || ')', '') from outgoing_emails
      where state = 'queued' and (due_at < now() - interval '1 hour' or (reason is not null and tries >= 3))`,
  },
  {
    name: "mails_failed",
    why: "No mail was given up: hilo mail lists them, hilo mail retry sends them again.",
    remedy: "hilo mail lists them; hilo mail retry sends them again.",
    find: "select id || coalesce(' (' || reason || ')', '') from outgoing_emails where state = 'failed'",
  },
  {
    name: "mails_refused",
    why: "Every mail of the last days had an address that exists and was still true when it could leave.",
    find: "select id || ' ' || state from outgoing_emails where state in ('refused', 'dropped')",
    harmless: "mails had an address that does not exist, or were over before they could leave; hilo mail lists them.",
  },
  {
    name: "jobs",
    why: "Jobs are taken: none waits for more than an hour beyond its time.",
    remedy: "Start a server with HILO_ROLE all or worker; its log says why jobs are not done.",
    find: ({ db }) => overdueJobs(db),
  },
  {
    name: "dead_jobs",
    why: "Every job was done in the end; what failed for good waits for somebody: hilo jobs, hilo jobs retry.",
    remedy: "hilo jobs lists them; hilo jobs retry does them again.",
    find: async ({ db }) => (await deadJobs(db)).map(({ job, id }) => `${job} ${id}`),
  },
]
