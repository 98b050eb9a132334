export { startTimers, type Timer } from "./timers.ts"
