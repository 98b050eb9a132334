import type { Kit } from "#kernel/answer.ts"
import type { Job } from "#kernel/jobs.ts"
import { rescoreAll } from "./rescore.ts"
import { foldCounts } from "./store/admin.ts"

export function incidentJobs(kit: Kit): Job[] {
  return [
    { name: "score-incidents", cron: "23 * * * *", run: () => rescoreAll(kit) },
    { name: "fold-incident-counts", cron: "41 * * * *", run: () => foldCounts(kit.db.kysely) },
  ]
}
