import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import type { ApiKey } from "../api-contract.ts"
import { keyById, lockKey, renameKey } from "./key-store.ts"

export async function changeKey(act: Act, id: string, { name }: { name: string }): Promise<ApiKey> {
  const before = await lockKey(act, id)
  if (!before) throw notFound("key")
  if (before.name !== name) {
    await renameKey(act, id, name)
    const change = { name, before, after: { name }, fields: ["name"] as const, data: { changes: ["name"] } }
    await recordAdminAct(act, "key.changed", { subjectId: id, ...change })
  }
  return (await keyById(act.tx, id))!
}
