// A mail as it came stays as long as a message names it. One that became no message, or the same as another, goes with its delivery.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { contentsInUse } from "#files/index.ts"
import { isPastSql } from "./webhook-delivery-store.ts"

const atOnce = 500
const marginMs = 3_600_000

export const rawMailCleanupJob = (kit: Kit): Job => ({
  name: "purge-raw-mails",
  cron: "53 3 * * *",
  run: () => purgeRawMails(kit),
})

/** One content at a time: whenever it is cut off, at most one file stays that nothing names. */
export async function purgeRawMails(kit: Kit): Promise<void> {
  const now = kit.now()
  const by = { actor: system, now }
  // What was put later is about to be named by another mail.
  const before = new Date(now.getTime() - marginMs)
  for (;;) {
    const contents = await inTransaction(kit.db, by, pastContents)
    for (const sha256 of contents) {
      const isFree = await inTransaction(kit.db, by, (act) => removeDeliveries(act, sha256))
      if (isFree) await kit.storage.purge(sha256, before)
    }
    if (contents.length < atOnce) return
  }
}

async function pastContents(act: Act): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`select distinct file_sha256 as sha256 from webhook_deliveries
    where file_sha256 is not null and ${isPastSql(act.now)} limit ${atOnce}`.execute(act.tx)
  return rows.map(({ sha256 }) => sha256)
}

/** True when nothing names the content any more. */
async function removeDeliveries(act: Act, sha256: string): Promise<boolean> {
  await sql`delete from webhook_deliveries where file_sha256 = ${sha256} and ${isPastSql(act.now)}`.execute(act.tx)
  return (await contentsInUse(act.tx, [sha256])).size === 0
}
