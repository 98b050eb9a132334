// The channels as screens know them. A new one is a folder here and a line in each table.
import { Globe, Phone } from "lucide-react"
import type { ConnectionKind } from "#connections/api-contract.ts"
import type { Channel } from "../tickets/ticket.ts"
import { api } from "./api/features.ts"
import type { ChannelFeatures } from "./channel-features-type.ts"
import { email } from "./email/features.ts"
import { webchat } from "./webchat/features.ts"
import { whatsapp } from "./whatsapp/features.ts"

/** By the ticket's word, in the order in which people choose. */
export const ticketChannels: Record<Channel, ChannelFeatures> = {
  web: { name: "channel.web", icon: Globe, marks: "none", sentBy: "channel.email" },
  whatsapp,
  email,
  chat: webchat,
  api,
  phone: { name: "channel.phone", icon: Phone, marks: "none", sentBy: "channel.email" },
}

/** By the kind of a connection. */
export const connectionChannels: Record<ConnectionKind, ChannelFeatures> = { webchat, whatsapp, api, email }
