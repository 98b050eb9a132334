// Files that customers sent are fetched at once: their channel deletes them, and what it says of where they are is good for
// minutes.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { endingAmong } from "#kernel/storage/safe-file-names.ts"
import { ChecksumMismatch, FileTooLong } from "#kernel/storage/file-storage.ts"
import { connectionById, decryptAccount } from "#connections/index.ts"
import { channels } from "#channels/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { promisedFiles, saveFileOutcome } from "#files/index.ts"
import { readSetting } from "#settings/index.ts"

type FileOutcome = Parameters<typeof saveFileOutcome>[2]

export function fileJobs(kit: Kit): Job[] {
  return [
    {
      name: "fetch-files",
      run: (payload) => fetchFiles(kit, (payload as ReactionPayload).subjectId),
      gaveUp: (payload) => giveUp(kit, (payload as ReactionPayload).subjectId),
    },
  ]
}

/** Fetches what a message still lacks. Throws when trying again makes sense; what came is not fetched again. */
async function fetchFiles(kit: Kit, messageId: string | null): Promise<void> {
  const waiting = messageId === null ? [] : await promisedFiles(kit.db, messageId)
  let later = 0
  for (const file of waiting) {
    const settled = await fetched(kit, file)
    if (settled) await settle(kit, file.id, settled)
    else later++
  }
  if (later > 0) throw new Error(`${later} files cannot be fetched yet`)
}

type PendingFile = Awaited<ReturnType<typeof promisedFiles>>[number]

async function fetched(kit: Kit, file: PendingFile): Promise<FileOutcome | null> {
  const connection = file.connectionId === null ? undefined : await connectionById(kit.db.kysely, file.connectionId)
  const files = connection && channels[connection.kind]?.files
  if (!files || file.providerId === null) return { state: "failed", reason: "gone" }
  const answer = await files.fetch(decryptAccount(kit, connection), file.providerId, kit.storage)
  if (answer.state !== "ok") return answer.state === "gone" ? { state: "failed", reason: "gone" } : null
  try {
    const stored = await kit.storage.put(answer.bytes, files.maxBytes, file.sha256)
    const refused = await readSetting(kit.db, "attachments.refused")
    // What a computer would run is kept, and offered to nobody.
    return endingAmong(file.fileName, refused) === null
      ? { state: "stored", ...stored }
      : { state: "failed", reason: "refused", ...stored }
  } catch (error) {
    // Other bytes than those that were sent are nobody's message.
    if (error instanceof ChecksumMismatch) return { state: "failed", reason: "damaged" }
    if (error instanceof FileTooLong) return { state: "failed", reason: "too_long" }
    throw error
  }
}

const settle = (kit: Kit, id: string, settled: FileOutcome) =>
  inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => saveFileOutcome(act, id, settled))

async function giveUp(kit: Kit, messageId: string | null): Promise<void> {
  for (const file of messageId === null ? [] : await promisedFiles(kit.db, messageId))
    await settle(kit, file.id, { state: "failed", reason: "gave_up" })
}
