export { replyJobs } from "./jobs.ts"
export { replyRoutes } from "./routes.ts"
export { write } from "./write.ts"
