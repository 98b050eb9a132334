export { changeConnection } from "./change.ts"
export { channels } from "./channels.ts"
export { openBreaker } from "./breaker.ts"
export type { FilledTemplate, Outcome, Outgoing, OutgoingFile, Pace } from "./channel.ts"
export { type ConnectionKind, type TemplateUse } from "./contract.ts"
export { createConnection } from "./create.ts"
export { connectionJobs } from "./jobs.ts"
export { connectionRoutes } from "./routes.ts"
export { senderOf } from "./sender.ts"
export { connectionById, type ConnectionRow } from "./store.ts"
export { changeTemplate, type Filled, filled, fillTemplate, templateToSend } from "./templates.ts"
export { markRead } from "./whatsapp/send.ts"
export { replyWindow } from "./whatsapp/window.ts"
export {
  chatFile,
  chatIntroduction,
  type ChatMessage,
  chatMessageIn,
  chatVisitor,
  conversation,
  type Conversation,
} from "./webchat/contract.ts"
export { chatPages } from "./webchat/pages.ts"
export { admitVisitor, forgetOldVisitors, visitorOf } from "./webchat/visitors.ts"
export {
  doorOfNumber,
  doorsOfApp,
  noteHandshake,
  type WhatsAppDoor,
  whatsappDoor,
  whatsappDoors,
} from "./whatsapp/door.ts"
export type { TemplateChange } from "./whatsapp/read-account.ts"
export { fetchMedia } from "./whatsapp/media.ts"
export {
  type Address,
  type Element,
  elementsOf,
  numberOf,
  type ReadMessage,
  type ReadReport,
  readElement,
} from "./whatsapp/read.ts"
export { classify } from "./whatsapp/failure.ts"
export { answerHandshake, isSigned } from "./whatsapp/signature.ts"
export { connectionsTopic } from "./topic.ts"
