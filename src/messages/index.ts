export * from "./contract.ts"
export { renderMarkdown } from "./markdown.ts"
export {
  insertMessage,
  insertMessageSql,
  listMessages,
  messageById,
  moveMessages,
  type NewMessage,
  setDelivery,
  shownMessage,
} from "./store.ts"
export {
  announceFiles,
  attachUploads,
  fileById,
  filesOf,
  keepUpload,
  type PromisedFile,
  promisedFiles,
  settleFile,
} from "./attachments.ts"
export { type Report, storeExternalId, takeReport } from "./reports.ts"
export { correspondenceOf, holdForSending, messagesToSend, type MessageToSend, requeueMessage } from "./sending.ts"
export { draftsOf, forgetDraft, forgetDraftsLeftBehind, saveDraft } from "./drafts.ts"
