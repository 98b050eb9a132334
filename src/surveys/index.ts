export { surveyJobs } from "./send-survey-at-ticket-end.ts"
export { surveyOfTicket } from "./survey-of-ticket.ts"
export { surveyRoutes } from "./survey-routes.ts"
