import type { ChannelMessage } from "../received-element.ts"

/** As it stands in a webhook, of any sender. */
export type ParsedAddress = { kind: "phone" | "bsuid"; value: string }

export type ParsedMessage = ChannelMessage<ParsedAddress>
