import type { ChannelMessage } from "../received-element.ts"

/** As it stands in a webhook, whoever's it is. */
export type ParsedAddress = { kind: "phone" | "bsuid"; value: string }

export type ParsedMessage = ChannelMessage<ParsedAddress>
