// How much a customer may have uploaded without sending it: counted before the bytes are read, with what is under way on
// any server, so that many uploads at once are no way around it.
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { createWriteQuota } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { type Uploader, unsentBytesOf } from "./attachment-store.ts"

const megabyte = 1024 * 1024
const what = "customer_upload"

/** Does the upload of at most `bytes` within a customer's quota, or throws 429. Staff's uploads are writes like others. */
export function createUploadQuota(kit: Kit) {
  const underWay = createWriteQuota(kit.db)
  return async <T>(by: Uploader, bytes: number, upload: () => Promise<T>): Promise<T> => {
    const whose = "userId" in by ? by.userId : by.visitorId
    const { customerUnsentMegabytes: most } = await readSetting(kit.db, "quotas")
    const size = Math.max(1, Math.ceil(bytes / megabyte))
    try {
      const { spent } = await underWay.spend(what, whose, most, size)
      const unsent = (await unsentBytesOf(kit.db, by)) / megabyte
      if (unsent + spent > most) throw tooMuch(most)
      return await upload()
    } finally {
      // Only now: its row counts from here on. What was refused was counted too.
      await underWay.giveBack(what, whose, size)
    }
  }
}

const tooMuch = (megabytes: number) =>
  new Refusal("too_many", "too_many", `Files not yet sent may be ${megabytes} MB in all: send some of them first`, {
    retryAfterSeconds: 3_600,
  })
