export { surveyJobs } from "./send-survey-at-ticket-end.ts"
export { surveyOfTicket } from "./survey-for-tracking-pages.ts"
export { surveyRoutes } from "./survey-routes.ts"
