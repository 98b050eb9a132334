export { recordAdminAct } from "./record-admin-act.ts"
export { record, recordBatch, recordSql, type DecisionReason } from "./record-event.ts"
export { type BatchEvent, recordBatchSql, recordBatchStatement } from "./batch-record.ts"
export type { EventKind } from "./event-kinds.ts"
export { startDispatcher, dispatchOnce } from "./dispatcher.ts"
export {
  customerRoom,
  type Delivery,
  startSocketDelivery,
  type TicketAudience,
  visitorRoom,
} from "./socket-delivery.ts"
export { lastPosition, hasUnreadEvents, type LoggedEvent } from "./read-log.ts"
export { logTimers, sequenceAll, placedTopic, startSequencer } from "./sequencer.ts"
export { readExclusively } from "./take-events.ts"
export { followLog } from "./follow-log.ts"
export type { ReactionPayload } from "./reactions.ts"
export { decisionText, latestDecision, ticketLog } from "./log-timeline.ts"
export { updateLagMetrics, logWarnings } from "./reader-lag.ts"
export { missedEvents } from "./missed-events.ts"
