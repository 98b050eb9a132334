import type { Kit } from "#kernel/http/request-transaction.ts"
import type { ChannelAccount } from "#channels/index.ts"
import type { ConnectionRow } from "./connection-store.ts"

/** The connection as its channel uses it, with its secrets open. Not to be kept, shown or logged. */
export function openAccount(
  kit: Pick<Kit, "secrets" | "graphUrl" | "outbound" | "now">,
  row: ConnectionRow,
): ChannelAccount {
  const secrets = row.secrets ? (JSON.parse(kit.secrets.open(row.secrets)) as Record<string, string>) : {}
  return { id: row.id, settings: row.settings, secrets, graphUrl: kit.graphUrl, outbound: kit.outbound, now: kit.now }
}
