export { surveyJobs } from "./send-survey.ts"
export { surveyRoutes } from "./survey-routes.ts"
