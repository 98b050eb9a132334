export { channels } from "./channel-registry.ts"
export type {
  FilledTemplate,
  SendOutcome,
  OutgoingMessage,
  OutgoingFile,
  SendRate,
  Channel,
  EntryPoints,
  ChannelAccount,
} from "./channel.ts"
export { sendReadReceipt, accountOf } from "./whatsapp/send-message.ts"
export { replyWindow } from "./whatsapp/reply-window.ts"
export type { TemplateChange } from "./whatsapp/parse-account-webhook.ts"
export { fetchMedia } from "./whatsapp/fetch-media.ts"
export {
  type WebhookElement,
  splitWebhook,
  phoneNumberIdOf,
  type ParsedReport,
  parseElement,
} from "./whatsapp/parse-webhook.ts"
export { classifySendFailure } from "./whatsapp/send-failure.ts"
export { answerHandshake, isSignatureValid } from "./whatsapp/webhook-signature.ts"
export { callGraph, type GraphAnswer } from "./whatsapp/graph-api.ts"
export {
  type Component,
  filledComponents,
  headerMedia,
  placeholdersOf,
  previewOf,
  unfillablePart,
} from "./whatsapp/template-components.ts"
export { type ChannelAddress, type ParsedMessage } from "./whatsapp/parsed-message.ts"
