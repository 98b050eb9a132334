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
export {
  insertMessagesStatement,
  knownMessagesStatement,
  type OutsideId,
  type Placed,
  promiseFilesStatement,
} from "./insert-all.ts"
export { type Report, storeExternalId, takeReport } from "./reports.ts"
export { takeReports } from "./reports-all.ts"
export { correspondenceOf, holdForSending, messagesToSend, type MessageToSend, requeueMessage } from "./sending.ts"
export { draftsOf, forgetDraft, forgetDraftsLeftBehind, saveDraft } from "./drafts.ts"
