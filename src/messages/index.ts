export * from "./contract.ts"
export { mentionedIn, saveMentions } from "./mentions.ts"
export { cleanHtml, renderMarkdown } from "./markdown.ts"
export { toHtml } from "./to-html.ts"
export {
  type Counterpart,
  insertMessage,
  insertMessageSql,
  listMessages,
  messageById,
  moveMessages,
  type NewMessage,
  nobody,
  setDelivery,
  shownMessage,
} from "./store.ts"
export {
  announceFiles,
  attachUploads,
  fileById,
  filesOf,
  holdUpload,
  keepUpload,
  type PromisedFile,
  promisedFiles,
  settleFile,
  type Uploader,
} from "./attachments.ts"
export {
  copyFileStatement,
  insertMessagesSql,
  insertMessagesStatement,
  messageRecord,
  knownMessagesStatement,
  type OutsideId,
  promiseFilesStatement,
} from "./insert-all.ts"
export { type Report, storeExternalId, takeReport } from "./reports.ts"
export { type Sent, storeSent, takeReports } from "./reports-all.ts"
export { correspondenceOf, counterpartOf, lastFailuresStatement, type Line } from "./counterpart.ts"
export { holdForSending, messagesToSend, requeueMessage, requeueMessageTo } from "./sending.ts"
export { dismissFailure, settleFailures, undeliveredSql } from "./undelivered.ts"
export { draftsOf, forgetDraft, forgetDraftsLeftBehind, moveDrafts, saveDraft } from "./drafts.ts"
export { fileTidyJob, tidyFiles } from "./jobs.ts"
export { longestFile, receiveFile } from "./receive-file.ts"
export { createUploadQuota } from "./upload-quota.ts"
export { purgeReports } from "./purge-reports.ts"
