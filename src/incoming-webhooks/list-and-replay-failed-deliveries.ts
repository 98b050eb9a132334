// Elements of webhooks that could not be processed: people look at them, and replay them.
import type { Readable } from "node:stream"
import type { Kit } from "#kernel/kit.ts"
import { notFound } from "#kernel/errors.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import { receivingAccounts } from "#connections/index.ts"
import { reasonOf } from "./parse-delivery.ts"
import { loadRequest, receiveElement } from "./process-webhook-element.ts"

type Row = {
  id: string
  connectionId: string
  element: unknown
  reason: string
  tries: number
  createdAt: Date
  replayedAt: Date | null
}

const columns = ["id", "connectionId", "element", "reason", "tries", "createdAt", "replayedAt"] as const

// What was said is where it belongs now, and kept nowhere else.
const taken = JSON.stringify(null)

type Query = { connectionId?: string | undefined; limit: number; cursor?: string | undefined }

/** Newest first, for ids rise with time; what was processed since is no longer listed. */
export async function listFailedDeliveries(kit: Kit, { connectionId, ...query }: Query) {
  const waiting = kit.db.kysely
    .selectFrom("failedDeliveries")
    .select(columns)
    .where("replayedAt", "is", null)
    .$if(connectionId !== undefined, (q) => q.where("connectionId", "=", connectionId!))
  return readListPage(kit.db.kysely, waiting, { query, by: byId, order: "desc", shape: (row) => row })
}

/** Tries one of them again. The answer shows it with `replayedAt`, or with the reason why it failed again. */
export async function replayFailedDelivery(kit: Kit, id: string): Promise<Row> {
  const row = await kit.db.kysely.selectFrom("failedDeliveries").select(columns).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("failed delivery")
  if (row.replayedAt !== null) return row
  const reason = await tried(kit, row)
  const set = reason === null ? { replayedAt: kit.now(), element: taken } : { reason, tries: row.tries + 1 }
  const after = await kit.db.kysely
    .updateTable("failedDeliveries")
    .set(set)
    .where("id", "=", id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return after
}

async function tried(kit: Kit, row: Row): Promise<string | null> {
  try {
    const accounts = await receivingAccounts(kit)
    const account = accounts.find((one) => one.id === row.connectionId)
    if (!account || typeof row.element === "string") return row.reason
    const request = await loadRequest(kit, row.element as object, account, accounts, { now: kit.now() })
    await receiveElement(kit, request)
    return null
  } catch (error) {
    return reasonOf(error)
  }
}

/** What came, as it came: what was posted, or the file that was fetched. */
export async function rawFailedDelivery(kit: Kit, id: string): Promise<{ name: string; content: string | Readable }> {
  const row = await kit.db.kysely
    .selectFrom("failedDeliveries as f")
    .innerJoin("webhookDeliveries as d", "d.id", "f.deliveryId")
    .select(["f.element", "d.fileSha256"])
    .where("f.id", "=", id)
    .executeTakeFirst()
  if (!row) throw notFound("failed delivery")
  if (row.fileSha256 !== null) return { name: `${id}.eml`, content: kit.storage.read(row.fileSha256) }
  return { name: `${id}.json`, content: typeof row.element === "string" ? row.element : JSON.stringify(row.element) }
}
