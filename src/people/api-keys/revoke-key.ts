import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { lockKey, markRevoked, openKeysOf } from "./key-store.ts"

/** All that act through the account. */
export async function revokeKeysOf(act: Act, userId: string): Promise<void> {
  for (const id of await openKeysOf(act, userId)) await revokeKey(act, id)
}

export async function revokeKey(act: Act, id: string) {
  const key = await lockKey(act, id)
  if (!key) throw notFound("key")
  if (key.revokedAt !== null) return
  await markRevoked(act, id)
  const change = { name: key.name, before: key, fields: ["name", "userId"] as const, data: { userId: key.userId } }
  await recordAdminAct(act, "key.revoked", { subjectId: id, ...change })
}
