export { automationRoutes } from "./automation-rule-routes.ts"
export { automationRuleNamesOf } from "./automation-rule-store.ts"
export { automationTimer, startAutomation } from "./record-due-waits.ts"
export { automationJobs } from "./run-automation-rules.ts"
