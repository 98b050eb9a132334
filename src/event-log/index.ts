export { recordAdminAct } from "./record-admin-act.ts"
export { record, recordBatch, recordCause, type DecisionReason } from "./record-event.ts"
export {
  type BatchEvent,
  eventRecord,
  recordBatchSql,
  recordBatchStatement,
  toEventRecord,
} from "./record-batch-sql.ts"
export { type ImportedEvent, recordImportedStatement } from "./record-imported-events.ts"
export type { EventKind } from "./event-kinds.ts"
export { startDispatcher, dispatchOnce } from "./reaction-dispatcher.ts"
export { type SocketDelivery, startSocketDelivery } from "./send-to-sockets.ts"
export {
  customerRoom,
  customersRoom,
  type TicketAudience,
  type TicketNow,
  staffRooms,
  visitorRoom,
  visitorsOfConnectionRoom,
} from "./logged-event-to-socket-events.ts"
export { lastPosition, hasUnreadEvents, type LoggedEvent } from "./read-log.ts"
export { logTimers } from "./sequencer-and-reader-timers.ts"
export { sequenceAll, placedTopic, startSequencer } from "./sequencer.ts"
export { lockReader, readExclusively } from "./read-log-exclusively.ts"
export { followLog } from "./follow-log.ts"
export type { ReactionPayload } from "./reactions-to-events.ts"
export { decisionText, decisionAsShown, type LogEntry, ticketLog } from "./ticket-log-and-decision-as-shown.ts"
export { updateLagMetrics, logWarnings } from "./reader-lag.ts"
export { missedEvents } from "./events-missed-by-socket.ts"
export { leavePositionGap } from "./leave-position-gap-after-restore.ts"
