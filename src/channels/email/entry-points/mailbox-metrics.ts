import type { Pool } from "pg"
import {
  mailboxFailing,
  mailboxOldestWaiting,
  mailboxQuarantined,
  mailboxQueued,
  mailboxWaiting,
} from "#kernel/metrics.ts"
import { mailboxStatuses, troubleOf } from "../mailbox-status-store.ts"

const gauges = [mailboxFailing, mailboxOldestWaiting, mailboxQuarantined, mailboxQueued, mailboxWaiting]

/** Sets the gauges of the first 100 mailboxes, by what is stored; when the database is away they stay as they were. */
export async function updateMailboxMetrics(db: Pick<Pool, "query">): Promise<void> {
  const answer = await db.query<{ now: Date }>("select clock_timestamp() as now").catch(() => null)
  const statuses = answer && (await mailboxStatuses(db).catch(() => null))
  if (!statuses) return
  const secondsSince = (at: Date | undefined | null) =>
    at ? Math.max(0, (answer.rows[0]!.now.getTime() - at.getTime()) / 1_000) : 0
  // Those of removed mailboxes go.
  for (const gauge of gauges) gauge.reset()
  for (const status of statuses) {
    const labels = { mailbox: status.id, name: status.name }
    mailboxWaiting.set(labels, status.waiting)
    mailboxOldestWaiting.set(labels, secondsSince(status.oldestWaitingAt))
    mailboxQuarantined.set(labels, status.quarantined)
    mailboxQueued.set(labels, status.queued)
    mailboxFailing.set(labels, status.isOn ? secondsSince(troubleOf(status)?.since) : 0)
  }
}
