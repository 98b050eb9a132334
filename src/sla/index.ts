export { policyRoutes as slaRoutes } from "./policies/policy-routes.ts"
export { policiesWithCalendar, policyNamesOf } from "./policies/policy-store.ts"
export { followDeadlines, slaTimer, startDeadlines } from "./targets/follow-deadlines.ts"
export { type StoredSla, ticketSlaSql, withSla } from "./targets/ticket-sla.ts"
