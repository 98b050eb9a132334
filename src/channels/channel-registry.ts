// Kinds of connections that have a channel.
import { api } from "./api/channel.ts"
import type { Channel } from "./channel.ts"
import { email } from "./email/channel.ts"
import { webchat } from "./webchat/channel.ts"
import { whatsapp } from "./whatsapp/channel.ts"

/** The channels that exist. A new one is a folder here and a line in this table. */
export const channels: Record<string, Channel> = { api, webchat, whatsapp, email }

/** The names of the channels that take templates, as people read them. */
export const templateChannels = (): string =>
  Object.values(channels)
    .flatMap(({ name, templates }) => (templates ? [name] : []))
    .join(" or ")

/** The kinds of connections whose channel is such. */
export const kindsOf = (isSuch: (channel: Channel) => unknown): string[] =>
  Object.entries(channels).flatMap(([kind, channel]) => (isSuch(channel) ? [kind] : []))
