import { api } from "./api/channel.ts"
import type { Channel } from "./channel.ts"
// Kinds of connections that have a channel.
import { webchat } from "./webchat/channel.ts"
import { whatsapp } from "./whatsapp/channel.ts"

/** The channels that exist. A new one is a folder here and a line in this table. */
export const channels: Record<string, Channel> = { api, webchat, whatsapp }
