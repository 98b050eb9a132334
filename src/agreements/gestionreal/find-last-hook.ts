// Gestión Real cannot be asked anything: what has arrived is the proof that it reaches us.
import type { Kit } from "#kernel/kit.ts"
import type { SystemAccount, SystemAnswer } from "../systems/system-kind.ts"

export async function findLastHook(kit: Kit, { id }: SystemAccount): Promise<SystemAnswer<{ detail: string }>> {
  const askedAt = kit.now()
  const last = await kit.db.kysely
    .selectFrom("systemHooks")
    .select("receivedAt")
    .where("systemId", "=", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  if (!last) return { ok: false, failure: "unreachable", detail: "no hook has arrived yet" }
  return { ok: true, value: { detail: `last hook at ${last.receivedAt.toISOString()}` }, askedAt }
}
