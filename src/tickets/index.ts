export * from "./api-contract.ts"
export * from "./lifecycle/lifecycle-table.ts"
export { checkListQuery, withToday } from "./list/filter-conditions.ts"
export { createSharedCounts, type SharedCounts } from "./list/coalesce-concurrent-counts.ts"
export { listTickets, ticketsInPages } from "./list/list-tickets.ts"
export { giveBackAnswer, takeBackAnswer } from "./lifecycle/take-back-answer.ts"
export { takeBackStatus } from "./lifecycle/take-back-status.ts"
export { changeStatus } from "./lifecycle/change-status-by-hand.ts"
export { updateFields } from "./fields/update-ticket-fields.ts"
export { assign, assignMany } from "./assignment/assign.ts"
export { giveToAgent, handToTeam } from "./assignment/assign-by-rule.ts"
export { assignByHand, assignNewTicket, namingAssignee } from "./assignment/assign-by-hand.ts"
export { type BulkAnswer, bulkAnswer } from "./bulk/api-contract.ts"
export { changeEach } from "./bulk/bulk-change.ts"
export { lockAgents, loadsOf, type Weights, weightOf } from "./assignment/capacity.ts"
export { TicketViewers } from "./viewers/ticket-viewers.ts"
export { transition, refuseBusyThread, refuseMerged } from "./lifecycle/transition.ts"
export { categoryRoutes } from "./categories/category-routes.ts"
export { customFieldRoutes } from "./fields/custom-field-routes.ts"
export {
  creatorOf,
  insertTickets,
  insertTicketsSql,
  insertTicketsStatement,
  type NewTicket,
  ticketRecord,
} from "./insert-tickets.ts"
export { insertImportedTickets, type ImportedTicket, saveImportedFirstResponses } from "./insert-imported-tickets.ts"
export { fieldsOfKind, indexValues } from "./fields/custom-field-store.ts"
export { checkFields, type Values } from "./fields/validate-field-values.ts"
export { refersToTicket, refusePersonal } from "./refuse-personal-text-on-incidents.ts"
export { mayReadFile } from "./file-access.ts"
export { exchangedWithSql } from "./readable-messages.ts"
export { readTicketReference, ticketOfNumberSql } from "./numbers/find-ticket-by-number-or-alias.ts"
export { resolveMerge, lockMergeTarget, messageScope } from "./merge/follow-merge.ts"
export { ticketAudience, ticketsNow } from "./realtime-audience.ts"
export { mergeTickets } from "./merge/merge-tickets.ts"
export { activeOf, releaseThread, rootSql } from "./merge/ticket-holding-thread.ts"
export { link } from "./links/links.ts"
export { suggestLinks } from "./links/suggested-links.ts"
export { moveTicketsToContact, restoreThreads, returnTicketsToContact } from "./merge/move-tickets-to-contact.ts"
export { undoMergeOf } from "./merge/unmerge.ts"
export { nameTicket } from "./cached-names.ts"
export { leadThreadTo, threadsLeadingTo } from "./threads/thread-aliases.ts"
export { changeContact } from "./fields/change-contact.ts"
export { overrideData } from "./history/field-history.ts"
export {
  categoriesOf,
  giveThread,
  lockFreeTickets,
  lockTicket,
  lockTicketsOf,
  lockVisible,
  saveCategories,
  unknownCategories,
  viewIn,
  viewOne,
  visibleAmong,
} from "./ticket-store.ts"
export {
  applyMessageEffect,
  applyStaffReply,
  markFirstResponse,
  type MessageEffect,
  totalsOf,
  updateTotalsSql,
  updateTotalsStatement,
} from "./message-effects-on-ticket.ts"
export { checkVersion } from "./if-match.ts"
export {
  accessOf,
  bareColumns,
  type BareRow,
  factsOf,
  matchesReference,
  toTicket,
  type ViewRow,
} from "./ticket-view.ts"
export { openTicketFromChat } from "./creation/open-ticket-from-chat.ts"
export { reopenForCustomer } from "./lifecycle/reopen-or-follow-up-for-customer.ts"
export { receiveOnTicket } from "./insert-message-on-ticket.ts"
export { purgeAccessLog, viewWithAccessLog } from "./history/access-log.ts"
export { ticketRoutes } from "./routes.ts"
export {
  type ActiveTicket,
  lockThreads,
  lockTickets,
  raisePriorities,
  saveResolution,
  touchTicketsOfThreads,
} from "./threads/lock-and-change-tickets-of-threads.ts"
export { showTicket } from "./parts/show-ticket-and-links.ts"
export { type TicketParts } from "./parts/included-parts.ts"
export { snooze, snoozeTimer, startUnsnoozing, unsnooze } from "./lifecycle/snooze.ts"
export { autoCloseTimer, startAutoClose } from "./lifecycle/auto-close-silent-tickets.ts"
export {
  customerEmailSubject,
  customerPageUrl,
  isMailedSql,
  type MailedCustomer,
  mailedCustomerJoin,
} from "./customer-to-mail-about-ticket.ts"
export { saveSurveyScore } from "./save-survey-score.ts"
export { tagsAfter } from "./fields/tags.ts"
export { adoptNewestEmail, typedEmailSql } from "./set-typed-email-as-ticket-address.ts"
export { exchangedSql, isAnothersConversation, scopeCondition } from "./visible-tickets-conditions.ts"
export { type TicketRow } from "./ticket-row.ts"
export * from "./threads/thread-key.ts"
export * from "./threads/thread-tickets.ts"
export { saveNumberAliases } from "./numbers/find-ticket-by-number-or-alias.ts"
export { lastNumberGiven, leaveNumberGap } from "./numbers/leave-number-gap.ts"
export { raiseNumberSequence } from "./numbers/raise-number-sequence.ts"
export { numberOf } from "./numbers/parse-and-format-ticket-number.ts"
