// Hooks that could not be processed: people see them, and have them processed again once their cause is gone.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { notFound } from "#kernel/errors.ts"
import { countRows, type Page, readCursor, toPage } from "#kernel/http/pagination.ts"
import type { FailedHook } from "../api-contract.ts"
import { hooksTopic } from "./system-hook-store.ts"

type Query = { limit: number; cursor?: string | undefined }

/** The oldest first: in this order they are processed. */
export async function listFailedHooks(from: Kysely<DB>, { limit, cursor }: Query): Promise<Page<FailedHook>> {
  const after = readCursor(cursor, 1)
  const failed = from.selectFrom("systemHooks").where("state", "=", "failed")
  const rows = await failed
    .select(["id", "systemId", "path", "outcome", "tries", "receivedAt"])
    .$if(after !== null, (q) => q.where("id", ">", Number(after?.[0])))
    .orderBy("id")
    .limit(limit + 1)
    .execute()
  const counted = await countRows(from, failed.select("id"))
  return toPage(
    rows,
    limit,
    counted,
    ({ outcome, ...row }) => ({ ...row, reason: outcome ?? "" }),
    ({ id }) => [id],
  )
}

/** Refuses (404) one that has not failed. */
export async function replayFailedHook(act: Act, given: string): Promise<void> {
  const id = /^\d{1,15}$/.test(given) ? Number(given) : 0
  const again = { state: "stored", tries: 0, nextAt: act.now } as const
  const replayed = await act.tx
    .updateTable("systemHooks")
    .set(again)
    .where("id", "=", id)
    .where("state", "=", "failed")
    .returning("id")
    .executeTakeFirst()
  if (!replayed) throw notFound("failed hook")
  wakeAfter(act.tx, hooksTopic)
}
