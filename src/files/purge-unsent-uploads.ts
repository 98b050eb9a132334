// Files that were uploaded and never sent: nobody can find them any more.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { deleteUnsentUploads, unsentContents } from "./attachment-store.ts"
import { purgeContents } from "./purge-contents.ts"

const keptDays = 7
const dayMs = 86_400_000

export const uploadCleanupJob = (kit: Kit): Job => ({
  name: "purge-uploads",
  cron: "37 3 * * *",
  run: () => purgeUploads(kit),
})

export async function purgeUploads(kit: Kit): Promise<void> {
  const now = kit.now()
  const before = new Date(now.getTime() - keptDays * dayMs)
  const contents = await inTransaction(kit.db, { actor: system, now }, (act) => unsentContents(act, before))
  await purgeContents(kit, contents, {
    before,
    deleteOwners: (act, sha256) => deleteUnsentUploads(act, sha256, before),
  })
}
