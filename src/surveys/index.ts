export { surveyJobs } from "./send-survey-at-ticket-end.ts"
export { surveyRoutes } from "./survey-routes.ts"
