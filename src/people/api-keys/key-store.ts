import type { Insertable, Kysely } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import type { ApiKeys, DB } from "#db/types.ts"
import type { ApiKey } from "../api-contract.ts"

const shown = (db: Kysely<DB>) =>
  db
    .selectFrom("apiKeys as k")
    .innerJoin("users as u", "u.id", "k.userId")
    .select([
      "k.id",
      "k.name",
      "k.role",
      "k.userId",
      "k.connectionIds",
      "u.name as userName",
      "k.lastUsedAt",
      "k.revokedAt",
      "k.createdAt",
    ])

type ShownRow = Awaited<ReturnType<ReturnType<typeof shown>["execute"]>>[number]

function toKey({ userName, ...row }: ShownRow): ApiKey {
  return { ...row, user: { id: row.userId, name: userName } }
}

export async function keyById(db: Kysely<DB>, id: string): Promise<ApiKey | null> {
  const row = await shown(db).where("k.id", "=", id).executeTakeFirst()
  return row ? toKey(row) : null
}

/** Newest first: ids are ordered by time. */
export async function keysPage(
  db: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<ApiKey>> {
  return readListPage(db, shown(db), { query, by: byId, order: "desc", shape: toKey })
}

export async function insertKey(act: Act, row: Insertable<ApiKeys>) {
  await act.tx.insertInto("apiKeys").values(row).execute()
}

/** The first of these that is no connection where an API source hands in messages. */
export async function nonApiConnections(act: Act, ids: string[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined
  const rows = await act.tx
    .selectFrom("connections")
    .select("id")
    .where("id", "in", ids)
    .where("kind", "=", "api")
    .where("deletedAt", "is", null)
    .execute()
  const known = new Set(rows.map((row) => row.id))
  return ids.find((id) => !known.has(id))
}

export async function lockKey(act: Act, id: string) {
  return act.tx
    .selectFrom("apiKeys")
    .select(["id", "name", "revokedAt", "userId"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst()
}

/** In the order of their ids, so that no two who lock them wait for each other. */
export async function openKeysOf({ tx }: { tx: Kysely<DB> }, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("apiKeys")
    .select("id")
    .where("userId", "=", userId)
    .where("revokedAt", "is", null)
    .orderBy("id")
    .execute()
  return rows.map(({ id }) => id)
}

export async function renameKey(act: Act, id: string, name: string) {
  await act.tx.updateTable("apiKeys").set({ name }).where("id", "=", id).execute()
}

export async function markRevoked(act: Act, id: string) {
  await act.tx.updateTable("apiKeys").set({ revokedAt: act.now }).where("id", "=", id).execute()
}
