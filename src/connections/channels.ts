import { api } from "./api/send.ts"
import type { Channel } from "./channel.ts"
import type { ConnectionKind } from "./contract.ts"
import { webchat } from "./webchat/send.ts"
import { whatsapp } from "./whatsapp/setup.ts"

/** The channels that exist. A new one is a folder here and a line in this table. */
export const channels: Partial<Record<ConnectionKind, Channel>> = { api, webchat, whatsapp }
