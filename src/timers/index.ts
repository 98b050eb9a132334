export { startTimers, type Timer, timerWarnings } from "./timers.ts"
