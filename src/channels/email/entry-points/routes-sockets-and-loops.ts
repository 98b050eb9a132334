import type { EntryPoints } from "#channels/index.ts"
import { startMailboxAlerts } from "./alert-of-mailboxes.ts"
import { mailboxHealthRoutes } from "./mailbox-health-routes.ts"
import { updateMailboxMetrics } from "./mailbox-metrics.ts"
import { startReadingMailboxes } from "./read-mailboxes-loop.ts"

export const emailEntryPoints: EntryPoints = {
  routes: mailboxHealthRoutes,
  loops: (kit, log) => [startReadingMailboxes(kit, log), startMailboxAlerts(kit, log)],
  measure: updateMailboxMetrics,
}
