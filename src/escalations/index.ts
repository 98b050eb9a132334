export { escalationJobs } from "./carry-out-escalation.ts"
