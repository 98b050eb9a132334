export type { Inbound } from "./inbound.ts"
export { receive, type Received } from "./receive.ts"
export { intakeRoutes } from "./routes.ts"
