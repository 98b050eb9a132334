// Files that were uploaded and never sent: nobody can find them any more.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { deleteUnsentUploads, unsentContents } from "./attachment-store.ts"

const keptDays = 7
const dayMs = 86_400_000

export const uploadCleanupJob = (kit: Kit): Job => ({
  name: "purge-uploads",
  cron: "37 3 * * *",
  run: () => purgeUploads(kit),
})

/** One content at a time: whenever it is cut off, at most one file stays that nothing names. */
export async function purgeUploads(kit: Kit): Promise<void> {
  const now = kit.now()
  const before = new Date(now.getTime() - keptDays * dayMs)
  const by = { actor: system, now }
  for (const sha256 of await inTransaction(kit.db, by, (act) => unsentContents(act, before))) {
    const isFree = await inTransaction(kit.db, by, (act) => deleteUnsentUploads(act, sha256, before))
    if (isFree) await kit.storage.purge(sha256, before)
  }
}
