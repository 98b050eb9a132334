import type { ChannelMessage } from "../received-messages-and-reports.ts"

/** As it stands in a webhook, of any sender. */
export type ParsedAddress = { kind: "phone" | "bsuid"; value: string }

export type ParsedMessage = ChannelMessage<ParsedAddress>
