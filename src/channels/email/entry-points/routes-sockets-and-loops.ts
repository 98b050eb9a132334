import type { EntryPoints } from "#channels/index.ts"
import { mailboxHealthRoutes } from "./mailbox-health-routes.ts"
import { updateMailboxMetrics } from "./mailbox-metrics.ts"
import { startReadingMailboxes } from "./read-mailboxes-loop.ts"

export const emailEntryPoints: EntryPoints = {
  routes: mailboxHealthRoutes,
  loops: (kit, log) => [startReadingMailboxes(kit, log)],
  measure: updateMailboxMetrics,
}
