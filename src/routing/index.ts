export { ruleNamesOf } from "./rule-store.ts"
export { routingRoutes } from "./routes.ts"
export { purgeRoutingQueue } from "./purge-queue.ts"
export { gather, routeOnce, startRouting } from "./route.ts"
