// The WhatsApp connections as their webhook sees them: with secrets decrypted, for the webhook alone.
import { sql } from "kysely"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { sameSecret } from "#kernel/secrets.ts"
import type { Language } from "#texts/contract.ts"
import type { ChannelAccount } from "#channels/index.ts"
import { openAccount } from "./open-account.ts"
import { type ConnectionRow, connectionById } from "./connection-store.ts"

export type WhatsAppAccount = {
  id: string
  phoneNumberId: string | undefined
  portfolioId: string | undefined
  language: Language
  appSecret: string | undefined
  verifyToken: string | undefined
  sender: ChannelAccount
}

/** Switched off ones too: what comes for them is kept. */
export async function whatsappAccount(kit: Kit, id: string): Promise<WhatsAppAccount | null> {
  const row = await connectionById(kit.db.kysely, id)
  return row && row.kind === "whatsapp" && row.deletedAt === null ? toAccount(kit, row) : null
}

export async function whatsappAccounts(kit: Kit): Promise<WhatsAppAccount[]> {
  const rows = await kit.db.kysely
    .selectFrom("connections")
    .selectAll()
    .where("kind", "=", "whatsapp")
    .where("deletedAt", "is", null)
    .execute()
  return (rows as unknown as ConnectionRow[]).map((row) => toAccount(kit, row))
}

/**
 * Whose number it is, of what came in by `account`. Numbers of one Meta app share one address for their webhooks: they trust
 * each other, and only each other, because they have the same secret.
 */
export function accountOfPhoneNumber(
  account: WhatsAppAccount,
  all: WhatsAppAccount[],
  phoneNumberId: string,
): WhatsAppAccount | null {
  if (account.phoneNumberId === phoneNumberId) return account
  const other = all.find((one) => one.phoneNumberId === phoneNumberId)
  return other?.appSecret && account.appSecret && sameSecret(other.appSecret, account.appSecret) ? other : null
}

/** The connections that trust what came in by `account`: those of one Meta app, which have one secret. */
export function accountsOfApp(account: WhatsAppAccount, all: WhatsAppAccount[]): WhatsAppAccount[] {
  return all.filter(
    ({ id, appSecret }) =>
      id === account.id || Boolean(appSecret && account.appSecret && sameSecret(appSecret, account.appSecret)),
  )
}

/** Meta asked, and we knew the token: the address is ours, before any message has come. */
export async function recordHandshake(kit: Kit, id: string): Promise<void> {
  const seen = { handshakeAt: kit.now().toISOString() }
  await sql`update connections set health = health || ${JSON.stringify(seen)}::jsonb where id = ${id}`.execute(
    kit.db.kysely,
  )
}

function toAccount(kit: Kit, row: ConnectionRow): WhatsAppAccount {
  const sender = openAccount(kit, row)
  const text = (name: string) => (typeof row.settings[name] === "string" ? row.settings[name] : undefined)
  return {
    id: row.id,
    phoneNumberId: text("phoneNumberId"),
    portfolioId: text("portfolioId"),
    language: text("language") === "en" ? "en" : "es",
    appSecret: sender.secrets["appSecret"],
    verifyToken: sender.secrets["verifyToken"],
    sender,
  }
}
