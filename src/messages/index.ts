export * from "./contract.ts"
export { renderMarkdown } from "./markdown.ts"
export {
  insertMessage,
  insertMessageSql,
  listMessages,
  messageById,
  messageToSend,
  moveMessages,
  type NewMessage,
  setDelivery,
  shownMessage,
} from "./store.ts"
export { type Report, storeExternalId, takeReport } from "./reports.ts"
export { messageColumns, messageJoins, type MessageRow, toMessage } from "./view.ts"
export { type DraftMode, draftsOf, forgetDraft, forgetDraftsLeftBehind, saveDraft } from "./drafts.ts"
