export * from "./api-contract.ts"
export { mentionedIn, saveMentions } from "./mentions.ts"
export { cleanHtml, renderMarkdown } from "./render-markdown.ts"
export { replyHtml } from "./render-reply-with-pictures.ts"
export { insertMessage, listMessages, messageById, moveMessages, setDelivery, shownMessage } from "./message-store.ts"
export {
  insertImportedMessagesStatement,
  insertMessagesSql,
  insertMessagesStatement,
  messageRecord,
  type Counterpart,
  type NewMessage,
  noCounterpart,
  type PlacedMessage,
} from "./insert-messages.ts"
export { type ExternalId, type KnownMessage, knownMessagesStatement } from "./find-messages-by-external-id.ts"
export { type Report, storeExternalId, applyReport } from "./apply-delivery-report.ts"
export { applyBounces } from "./apply-bounces.ts"
export { type SentMessage, storeSentMessages, applyReports } from "./batch-apply-delivery-reports.ts"
export {
  type AnsweredMail,
  insertMessageMails,
  isForwardSql,
  mailsOfTicket,
  mailThreadsOfTicket,
  mailsToSend,
  mailToAnswer,
  moveMailsToThread,
  saveSentMail,
} from "./message-mails.ts"
export {
  hasWrittenOnTicket,
  isTakenOutSql,
  saveRequesterRole,
  saveWriterRole,
  silentRequester,
} from "./writers-of-mails.ts"
export { mailBodyOf } from "./mail-body-store.ts"
export { replyRecipient } from "./reply-recipient.ts"
export { type LastHeard, lastHeardSql } from "./where-contact-last-wrote.ts"
export {
  contactHistory,
  type LastFailure,
  lastFailuresStatement,
  type ReplyLine,
} from "./last-inbound-and-failure-of-address.ts"
export {
  lockForSending,
  messagesToSend,
  requeueMessage,
  requeueMessageTo,
} from "./load-and-requeue-messages-to-send.ts"
export { contentForRecipient, saveSealedContent } from "./sealed-content-for-recipient.ts"
export { takenBackOrForwardedSql } from "./taken-back-or-forwarded.ts"
export { dismissFailure, dismissFailures, hasUndelivered, undeliveredSql } from "./find-and-dismiss-undelivered.ts"
export { draftsOf, deleteDraft, purgeDrafts, moveDrafts, saveDraft } from "./drafts.ts"
export { purgeReports } from "./purge-delivery-reports.ts"
