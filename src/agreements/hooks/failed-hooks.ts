// Hooks that could not be processed: people see them, and have them processed again once their cause is gone.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { notFound } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import type { FailedHook } from "../api-contract.ts"
import { hooksTopic } from "./system-hook-store.ts"

type Query = { limit: number; cursor?: string | undefined }

/** The oldest first: in this order they are processed. */
export async function listFailedHooks(from: Kysely<DB>, query: Query): Promise<Page<FailedHook>> {
  const failed = from
    .selectFrom("systemHooks")
    .select(["id", "systemId", "path", "outcome", "tries", "receivedAt"])
    .where("state", "=", "failed")
  return readListPage(from, failed, {
    query,
    by: { id: "bigint" },
    shape: ({ outcome, ...row }) => ({ ...row, reason: outcome ?? "" }),
  })
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
