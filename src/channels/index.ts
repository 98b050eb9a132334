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
  Verification,
  Webhook,
} from "./channel.ts"
export type {
  Failure,
  FilledTemplate,
  OutgoingFile,
  OutgoingMail,
  OutgoingMessage,
  SendOutcome,
  SendRate,
} from "./outgoing-message.ts"
export type {
  ChannelAddress,
  ChannelMail,
  ChannelMessage,
  ElementSummary,
  MailAddress,
  ReceivedElement,
  TemplateChange,
  ThreadReferences,
} from "./received-messages-and-reports.ts"
export { replyWindow } from "./reply-window.ts"
export { boundedIds as boundedMailIds } from "./email/message/headers/message-ids.ts"
export { mailFrame } from "./email/message/body/mail-frame.ts"
