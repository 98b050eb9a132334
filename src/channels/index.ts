export { channels, kindsOf, templateChannels } from "./channel-registry.ts"
export type {
  Channel,
  ChannelAccount,
  EntryPoints,
  FetchedTemplate,
  LiveCheck,
  OpenTemplate,
  ReplyLimits,
  StoreDelivery,
  Webhook,
} from "./channel.ts"
export type {
  Failure,
  FilledTemplate,
  OutgoingFile,
  OutgoingMessage,
  SendOutcome,
  SendRate,
} from "./outgoing-message.ts"
export type {
  ChannelAddress,
  ChannelMessage,
  ReceivedElement,
  TemplateChange,
} from "./received-messages-and-reports.ts"
export { replyWindow } from "./reply-window.ts"
