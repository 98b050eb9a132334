// A connection that stopped is looked at every five minutes: accounts come back without notice. Templates are
// fetched once a day.
import { system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { checkConnection } from "./check-connection-now.ts"
import { connectionsWithTemplates, stoppedConnections } from "./connection-store.ts"
import { syncTemplates } from "./template-store-and-sync.ts"

export function connectionJobs(kit: Kit): Job[] {
  return [
    {
      name: "check-stopped-connections",
      cron: "*/5 * * * *",
      run: async () => {
        for (const id of await stoppedConnections(kit.db.kysely)) await checkConnection(kit, system, id)
      },
    },
    {
      // Webhooks report changes, and may be lost or not subscribed to; new templates only come this way.
      name: "sync-templates",
      cron: "41 4 * * *",
      run: async () => {
        for (const id of await connectionsWithTemplates(kit.db.kysely)) await syncOrLeave(kit, id)
      },
    },
  ]
}

// An account that does not answer keeps the templates it had; its screen says since when.
async function syncOrLeave(kit: Kit, id: string) {
  await syncTemplates(kit, system, id).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}
