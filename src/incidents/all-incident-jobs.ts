import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { ownSendJobs } from "./reporting/report-own-sends-and-stops-jobs.ts"
import { rescoreAll } from "./severity/recompute-scores.ts"
import { foldCounts } from "./admin-tickets-api/list-and-counts.ts"
import { checkStuckShipments } from "./stuck-shipments/check-stuck-shipments.ts"

export function incidentJobs(kit: Kit): Job[] {
  return [
    { name: "check-stuck-shipments", cron: "7 * * * *", run: async () => void (await checkStuckShipments(kit)) },
    { name: "score-incidents", cron: "23 * * * *", run: () => rescoreAll(kit) },
    { name: "fold-incident-counts", cron: "41 * * * *", run: () => foldCounts(kit.db.kysely) },
    ...ownSendJobs(kit),
  ]
}
