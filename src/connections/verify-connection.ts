// An account shows that messages come and go before it is switched on.
import { isDeepStrictEqual } from "node:util"
import { sql } from "kysely"
import { type Actor, inTransaction } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import { channels, type Verification } from "#channels/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { connectionFields } from "./create-connection.ts"
import { type ConnectionRow, existingConnection, lockConnection } from "./connection-store.ts"
import { decryptAccount } from "./decrypt-channel-account.ts"
import { connectionsTopic } from "./wake-topic.ts"

/** Asks the other side, and keeps what was learnt. What works is switched on. Refuses (409) what was found out of other settings than it has by then. */
export async function verifyConnection(
  kit: Kit,
  by: Actor,
  id: string,
): Promise<Verification & { state: "verified" | "failed" }> {
  const connection = await existingConnection(kit.db.kysely, id)
  const { verify } = channels[connection.kind]!
  if (!verify) throw invalidField("kind", "needs no verification")
  const found = await verify(decryptAccount(kit, connection), await readSetting(kit.db, "language"))
  const isVerified = found.failure === null
  await inTransaction(kit.db, { actor: by, now: kit.now() }, async (act) => {
    const before = await lockConnection(act, id)
    if (!isSameAccount(kit, connection, before))
      throw new Refusal("conflict", "not_verified", "the settings changed meanwhile: verify them again")
    const verification = JSON.stringify({ verification: { at: act.now.toISOString(), ...found } })
    // The breaker is of the settings before.
    await sql`update connections set health = (case when ${isVerified} then health - 'breaker' else health end) || ${verification}::jsonb,
        enabled = enabled or ${isVerified}, updated_at = ${act.now} where id = ${id}`.execute(act.tx)
    wakeAfter(act.tx, connectionsTopic)
    const data = { change: isVerified ? "verified" : "verification_failed" }
    const after = { ...before, enabled: before.enabled || isVerified }
    const change = { name: before.name, before, after, fields: connectionFields, data }
    await recordAdminAct(act, "connection.changed", { subjectId: id, ...change })
  })
  return { state: isVerified ? "verified" : "failed", ...found }
}

const isSameAccount = ({ secrets }: Kit, one: ConnectionRow, other: ConnectionRow) =>
  isDeepStrictEqual(one.settings, other.settings) &&
  isDeepStrictEqual(openSettings(secrets, one.secrets), openSettings(secrets, other.secrets))
