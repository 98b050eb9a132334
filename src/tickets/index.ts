export * from "./contract.ts"
export * from "./lifecycle.ts"
export { checkListQuery } from "./filters.ts"
export { countTickets, listTickets, ticketsInPages } from "./list.ts"
export { moveTo } from "./move.ts"
export { update } from "./update.ts"
export { assign, assignMany } from "./assign.ts"
export { assignByHand, giveNew, namingAssignee } from "./assign-by-hand.ts"
export { holdAgents, loadsOf, type Weights, weightOf } from "./capacity.ts"
export { Company } from "./company.ts"
export { change, refuseBusyThread, refuseMerged } from "./change.ts"
export { categoryRoutes } from "./category-routes.ts"
export { customFieldRoutes } from "./fields/routes.ts"
export { insertTicketSql, type NewTicket } from "./create.ts"
export {
  insertTicketsStatement,
  lockActiveStatement,
  type Span,
  threadsWithHistoryStatement,
  touchAllSql,
  touchAllStatement,
} from "./insert-all.ts"
export { aboutTicket, refusePersonal } from "./incident.ts"
export { exchangedWithSql, mayRead } from "./readable.ts"
export { followed, lockFollowing, readingOf } from "./follow.ts"
export { factsOfTickets } from "./facts.ts"
export { mergeTickets } from "./merge.ts"
export { activeOf, aliasOf, releaseThread } from "./merge-store.ts"
export { link } from "./links.ts"
export { giveTicketsBack, rekeyTickets } from "./rekey.ts"
export { undoMergeOf } from "./unmerge.ts"
export { nameTicket } from "./names.ts"
export {
  categoriesOf,
  lockFreeTickets,
  lockTicket,
  lockTicketsOf,
  lockVisible,
  saveCategories,
  type TicketRow,
  unknownCategories,
  viewIn,
  viewOne,
  visibleAmong,
} from "./store.ts"
export { markFirstResponse, touch, touchSql, touchStaff } from "./touch.ts"
export { checkVersion } from "./version.ts"
export { accessOf, bareColumns, type BareRow, factsOf, isKnownAs, toTicket, type ViewRow } from "./view.ts"
export { comeBack } from "./come-back.ts"
export { hear } from "./hear.ts"
export { forgetLooks, lookAt } from "./look.ts"
export { ticketRoutes } from "./routes.ts"
export {
  type ActiveTicket,
  lockThreads,
  lockTickets,
  openThreads,
  raiseTickets,
  saveResolution,
  touchTickets,
} from "./many.ts"
export { showTicket } from "./show.ts"
export { snooze, snoozeTimer, startWaking, wake } from "./snooze.ts"
export { tagsAfter } from "./tags.ts"
export { adoptNewestEmail, typedEmailSql } from "./requester.ts"
export { exchangedSql, scopeCondition } from "./scope.ts"
