import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { contentsInUse } from "./attachment-store.ts"

/**
 * Removes these contents from the storage unless something names them still, and unless they were put there after `before`: what is new
 * is about to be named. `deleteOwners` deletes what named one until now. One content at a time: whenever it is cut off, at most one file stays
 * that nothing names.
 */
export async function purgeContents(
  kit: Kit,
  contents: readonly string[],
  { before, deleteOwners }: { before: Date; deleteOwners: (act: Act, sha256: string) => Promise<unknown> },
): Promise<void> {
  for (const sha256 of contents) {
    const isFree = await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
      await deleteOwners(act, sha256)
      return (await contentsInUse(act.tx, [sha256])).size === 0
    })
    if (isFree) await kit.storage.purge(sha256, before)
  }
}
