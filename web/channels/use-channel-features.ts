import { useQuery } from "@tanstack/react-query"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import type { ChannelFeatures } from "./channel-features-type.ts"
import { connectionChannels } from "./channel-registry.ts"

/** What the channel of a connection knows; undefined until the connections are there. */
export function useConnectionChannel(connectionId: string | undefined): ChannelFeatures | undefined {
  const connection = useQuery(connectionsQuery).data?.items.find(({ id }) => id === connectionId)
  return connection && connectionChannels[connection.kind]
}
