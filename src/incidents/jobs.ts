import type { Kit } from "#kernel/answer.ts"
import type { Job } from "#kernel/jobs.ts"
import { ownSendJobs } from "./own-sends.ts"
import { rescoreAll } from "./rescore.ts"
import { foldCounts } from "./store/admin.ts"
import { checkStuckShipments } from "./stuck-check.ts"

export function incidentJobs(kit: Kit): Job[] {
  return [
    { name: "check-stuck-shipments", cron: "7 * * * *", run: async () => void (await checkStuckShipments(kit)) },
    { name: "score-incidents", cron: "23 * * * *", run: () => rescoreAll(kit) },
    { name: "fold-incident-counts", cron: "41 * * * *", run: () => foldCounts(kit.db.kysely) },
    ...ownSendJobs(kit),
  ]
}
