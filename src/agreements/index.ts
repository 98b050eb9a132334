export { agreementRoutes } from "./register-all-routes.ts"
export { agreementCronRoutes } from "./cron-routes.ts"
export { agreementJobs } from "./jobs.ts"
export { agreementsTimer, startAgreements } from "./reopening/settle-due-agreements.ts"
