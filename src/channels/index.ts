export { channels, kindsOf, templateChannels } from "./channel-registry.ts"
export type {
  AccessToken,
  Channel,
  ChannelAccount,
  EntryPoints,
  FetchedTemplate,
  LiveCheck,
  LiveChecks,
  OAuthClient,
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
  SendFault,
  SendOutcome,
  SendRate,
  SentMail,
} from "./outgoing-message.ts"
export type {
  ChannelAddress,
  ChannelMail,
  ChannelMessage,
  ChannelReport,
  ElementSummary,
  MailAddress,
  ReceivedElement,
  TemplateChange,
  ThreadReferences,
} from "./received-messages-and-reports.ts"
export { replyWindow } from "./reply-window.ts"
export { boundedIds as boundedMailIds } from "./email/message/headers/message-ids.ts"
export { withoutToken } from "./email/message/tokens/address-token.ts"
export { mailFrame } from "./email/message/body/mail-frame.ts"
