// A mail as it came stays as long as a message names it. One that became no message, or the same as another, goes with its delivery, and so
// do its files.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { channels } from "#channels/index.ts"
import { purgeContents } from "#files/index.ts"
import { isPastSql } from "./webhook-delivery-store.ts"

const atOnce = 500
const marginMs = 3_600_000

export const rawMailCleanupJob = (kit: Kit): Job => ({
  name: "purge-raw-mails",
  cron: "53 3 * * *",
  run: () => purgeRawMails(kit),
})

export async function purgeRawMails(kit: Kit): Promise<void> {
  const now = kit.now()
  const by = { actor: system, now }
  // What was put later is about to be named by another mail.
  const before = new Date(now.getTime() - marginMs)
  for (;;) {
    const mails = await inTransaction(kit.db, by, pastMails)
    for (const { sha256, kind, isMessage } of mails) {
      // Its files first, for only the mail says what they are.
      const files = isMessage ? [] : ((await channels[kind]?.receive?.filesIn?.(sha256, kit.storage)) ?? [])
      await purgeContents(kit, files, { before, deleteOwners: async () => {} })
      await purgeContents(kit, [sha256], { before, deleteOwners: deletePastDeliveries })
    }
    if (mails.length < atOnce) return
  }
}

type PastMail = { sha256: string; kind: string; isMessage: boolean }

async function pastMails(act: Act): Promise<PastMail[]> {
  const { rows } = await sql<PastMail>`select file_sha256 as sha256,
      min((select kind from connections c where c.id = connection_id)) as kind,
      exists (select from message_mails w where w.raw_sha256 = file_sha256) as is_message
    from webhook_deliveries where file_sha256 is not null and ${isPastSql(act.now)} group by 1 limit ${atOnce}`.execute(
    act.tx,
  )
  return rows
}

const deletePastDeliveries = (act: Act, sha256: string) =>
  sql`delete from webhook_deliveries where file_sha256 = ${sha256} and ${isPastSql(act.now)}`.execute(act.tx)
