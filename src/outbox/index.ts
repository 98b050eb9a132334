export { startOutbox } from "./send-queued.ts"
export { outboxTimer } from "./due-sends-timer.ts"
export { purgeSends } from "./purge-sends.ts"
export { cancelSends, queueSend, queueSendsStatement, requeueSend, sendById } from "./send-store.ts"
