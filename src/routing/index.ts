export { ruleNamesOf } from "./rule-store.ts"
export { routingRoutes } from "./routes.ts"
export { routeOnce, startRouting } from "./route.ts"
