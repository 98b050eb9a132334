export { overdueCheck, overdueWarnings, updateTimerMetrics } from "./timer-lag.ts"
export { startTimers, type Timer, timerWarnings } from "./timers.ts"
