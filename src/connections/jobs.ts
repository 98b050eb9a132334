// A connection that stopped is looked at every five minutes: accounts come back without anybody telling us.
import { system } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import type { Job } from "#kernel/jobs.ts"
import { checkConnection } from "./check-live.ts"
import { stoppedConnections } from "./store.ts"

export function connectionJobs(kit: Kit): Job[] {
  return [
    {
      name: "check-stopped-connections",
      cron: "*/5 * * * *",
      run: async () => {
        for (const id of await stoppedConnections(kit.db.kysely)) await checkConnection(kit, system, id)
      },
    },
  ]
}
