import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import type { ChannelAccount } from "#channels/index.ts"
import type { ConnectionRow } from "./connection-store.ts"

type Keys = Pick<Kit, "secrets" | "channelApis" | "outbound" | "now">

/** The connection as its channel uses it, with its secrets open. Not to be kept, shown or logged. */
export function decryptAccount({ secrets: box, channelApis, outbound, now }: Keys, row: ConnectionRow): ChannelAccount {
  const { id, kind, settings, health } = row
  const learnt = health.verification?.learnt ?? {}
  const secrets = openSettings(box, row.secrets)
  return { id, kind, settings, secrets, deskSecrets: box, learnt, apiUrl: channelApis[kind] ?? "", outbound, now }
}
