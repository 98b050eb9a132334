// Is the connection really connected? Asks the other side now, and closes the breaker when it may send again.
import { sql } from "kysely"
import { inTransaction, type Actor } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { channels, type LiveCheck, type LiveChecks } from "#channels/index.ts"
import { closeCircuitBreaker, keepCircuitBreakerOpen } from "./circuit-breaker.ts"
import { decryptAccount } from "./decrypt-channel-account.ts"
import { type ConnectionRow, existingConnection } from "./connection-store.ts"

const noChecks: LiveChecks = { checks: [], canSend: true }

export async function checkConnection(kit: Kit, by: Actor, connectionId: string): Promise<LiveCheck[]> {
  const row = await existingConnection(kit.db.kysely, connectionId)
  const check = channels[row.kind]?.check
  const {
    checks,
    canSend,
    needsPerson = false,
  } = check ? await check(decryptAccount(kit, row), await lastArrival(kit, row)) : noChecks
  await inTransaction(kit.db, { actor: by, now: kit.now() }, async (act) => {
    const seen = { at: act.now.toISOString(), results: checks }
    await sql`
      update connections set health = health || jsonb_build_object('checks', ${JSON.stringify(seen)}::jsonb)
      where id = ${row.id}`.execute(act.tx)
    if (canSend) await closeCircuitBreaker(act, row.id)
    else if (needsPerson) await keepCircuitBreakerOpen(act, row.id)
  })
  return checks
}

export async function lastArrival({ db }: Pick<Kit, "db">, { id, health }: ConnectionRow): Promise<string | null> {
  const last = await db.kysely
    .selectFrom("webhookDeliveries")
    .select("receivedAt")
    .where("connectionId", "=", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  const [latest = null] = [last?.receivedAt.toISOString(), health.handshakeAt]
    .flatMap((at) => at ?? [])
    .toSorted()
    .toReversed()
  return latest
}
