export { adminRoutes } from "./admin-routes.ts"
export { cronRoutes } from "./cron-routes.ts"
export { incidentJobs } from "./jobs.ts"
export { incidentRoutes } from "./routes.ts"
