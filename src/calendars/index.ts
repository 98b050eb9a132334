export { createCalendar } from "./change-calendars.ts"
export { calendarNamesOf, refuseUnknownCalendar } from "./calendar-store.ts"
export {
  addWorkingMinutes,
  horizonOf,
  isOpenAt,
  nextHours,
  type NextHours,
  workingMinutesBetween,
} from "./business-clock.ts"
export { calendarJobs } from "./compute-missing-holidays-job.ts"
export { openCalendars, openingOf, scheduleOpenings } from "./open-now-and-next-opening.ts"
export { calendarRoutes } from "./routes.ts"
export { workingCalendars } from "./cached-working-calendars.ts"
