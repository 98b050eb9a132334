// The connections as their webhooks see them: with secrets decrypted, for what comes in alone.
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import { type ChannelAccount, kindsOf } from "#channels/index.ts"
import { decryptAccount } from "./decrypt-channel-account.ts"
import { connectionById, type ConnectionRow } from "./connection-store.ts"

/** Of a connection of that kind. Switched off ones too: what comes for them is kept. */
export async function receivingAccount(kit: Kit, kind: string, id: string): Promise<ChannelAccount | null> {
  const row = await connectionById(kit.db.kysely, id)
  return row && row.kind === kind && row.deletedAt === null ? decryptAccount(kit, row) : null
}

/** Of all connections whose channel reads deliveries. */
export async function receivingAccounts(kit: Kit): Promise<ChannelAccount[]> {
  const kinds = kindsOf(({ receive }) => receive)
  const rows = await kit.db.kysely
    .selectFrom("connections")
    .selectAll()
    .where(sql<boolean>`kind = any(${kinds})`)
    .where("deletedAt", "is", null)
    .execute()
  return (rows as unknown as ConnectionRow[]).map((row) => decryptAccount(kit, row))
}

/** The other side asked, and we knew the token: the address is ours, before any message has come. */
export async function recordHandshake(kit: Kit, id: string): Promise<void> {
  const seen = { handshakeAt: kit.now().toISOString() }
  await sql`update connections set health = health || ${JSON.stringify(seen)}::jsonb where id = ${id}`.execute(
    kit.db.kysely,
  )
}
