import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import type { ChannelAccount } from "#channels/index.ts"
import type { ConnectionRow } from "./connection-store.ts"
import { accessTokenOf } from "./oauth/access-token.ts"

type Keys = Pick<Kit, "db" | "secrets" | "channelApis" | "outbound" | "now">

/** The connection as its channel uses it, with its secrets open. Not to be kept, shown or logged. */
export function decryptAccount(keys: Keys, row: ConnectionRow): ChannelAccount {
  const { secrets: deskSecrets, channelApis, outbound, now } = keys
  const { id, kind, settings, health } = row
  const opened = { id, kind, settings, secrets: openSettings(deskSecrets, row.secrets) }
  return {
    ...opened,
    deskSecrets,
    learnt: health.verification?.learnt ?? {},
    apiUrl: channelApis[kind] ?? "",
    outbound,
    now,
    accessToken: accessTokenOf(keys, opened),
  }
}
