// The two jobs of source document 002, by themselves and by a cron call.
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { reopeningNoticeJob } from "./notices/send-reopening-notice.ts"
import { settleAll } from "./reopening/settle-due-agreements.ts"
import type { RunCounts } from "./runs/run-counts.ts"
import { runExclusively, type RunOutcome } from "./runs/run-exclusively.ts"
import { syncAllTickets } from "./sync/sync-work-tickets.ts"
import type { Urgency } from "./systems/connect-work-system.ts"

const runs = {
  "sync-tickets-status": { cron: "*/5 * * * *", work: syncAllTickets },
  "ticket-reopen-checker": { cron: "*/2 * * * *", work: settleAll },
} as const satisfies Record<string, { cron: string; work: (kit: Kit, urgency: Urgency, counts: RunCounts) => unknown }>
export type AgreementRun = keyof typeof runs
export const agreementRuns = Object.keys(runs) as AgreementRun[]

type Caller = { urgency: Urgency; report: (error: unknown) => void; patienceMs: number }

/** Runs one of them now, or waits for the run that is in progress. */
export const runNow = (kit: Kit, job: AgreementRun, { urgency, ...caller }: Caller): Promise<RunOutcome> =>
  runExclusively(kit.db, { job, work: (counts) => runs[job].work(kit, urgency, counts), ...caller })

export const agreementJobs = (kit: Kit): Job[] => [
  ...agreementRuns.map((name): Job => ({ name, cron: runs[name].cron, run: () => runWhole(kit, name) })),
  reopeningNoticeJob(kit),
]

async function runWhole(kit: Kit, name: AgreementRun): Promise<void> {
  const failures: unknown[] = []
  const report = (error: unknown) => void failures.push(error)
  await runNow(kit, name, { urgency: { always: false }, report, patienceMs: Infinity })
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "))
}
