import type { Kit } from "#kernel/answer.ts"
import type { Sender } from "./channel.ts"
import type { ConnectionRow } from "./store.ts"

/** The connection as its channel uses it, with its secrets open. Not to be kept, shown or logged. */
export function senderOf(kit: Pick<Kit, "secrets" | "graphUrl" | "outbound" | "now">, row: ConnectionRow): Sender {
  const secrets = row.secrets ? (JSON.parse(kit.secrets.open(row.secrets)) as Record<string, string>) : {}
  return { id: row.id, settings: row.settings, secrets, graphUrl: kit.graphUrl, outbound: kit.outbound, now: kit.now }
}
