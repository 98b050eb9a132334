export { changeConnection } from "./change-connection.ts"
export { openCircuitBreaker } from "./circuit-breaker.ts"
export type { ConnectionKind, TemplateUse } from "./contract.ts"
export { createConnection } from "./create-connection.ts"
export { connectionJobs } from "./recheck-and-sync-jobs.ts"
export { connectionRoutes } from "./routes.ts"
export { decryptAccount } from "./decrypt-account.ts"
export { connectionById, type ConnectionRow, connectionsWithCalendar, existingConnection } from "./connection-store.ts"
export {
  changeTemplate,
  type FilledTemplateParts,
  fillTemplateParts,
  fillTemplate,
  templateToSend,
} from "./templates.ts"
export { recordHandshake, receivingAccount, receivingAccounts } from "./webhook-accounts.ts"
export { connectionsTopic } from "./wake-topic.ts"
