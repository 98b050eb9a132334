// One act on many tickets, and what takes it back. The server answers for each ticket by itself.
import type { BulkAnswer } from "#tickets/bulk/api-contract.ts"
import { postIdempotent } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { allTickets } from "../../tickets/ticket-queries.ts"
import { batchesOf, undoJobs, type BulkChange, type BulkJob } from "./bulk-undo-jobs.ts"

export type BulkResultRow = Pick<BulkAnswer["items"][number], "ref" | "ok" | "problem">

const mostAtOnce = 100

/** In as few requests as the server takes. */
async function run(jobs: BulkJob[]): Promise<BulkResultRow[]> {
  const rows: BulkResultRow[] = []
  for (const changes of batchesOf(jobs, mostAtOnce)) {
    const body = { changes: changes.map(({ tickets: refs, change }) => ({ refs, change: sent(change) })) }
    const { items } = await postIdempotent<{ items: BulkResultRow[] }>("/tickets/bulk", body)
    rows.push(...items)
  }
  return rows
}

const sent = ({ snooze, ...others }: BulkChange) => ({
  ...others,
  ...(snooze !== undefined && { snooze: snooze && { until: snooze } }),
})

/** `onRefused`: called with every row when some ticket could not be changed. */
export function useBulkChange(onRefused: (rows: BulkResultRow[]) => void) {
  const { t } = useTexts()
  const back = useAct({
    run,
    done: (rows) => {
      if (rows.some((row) => !row.ok)) onRefused(rows)
      return t("bulk.undone", { count: rows.filter((row) => row.ok).length })
    },
    stale: allTickets,
  })
  return useAct({
    run: ({ tickets, change }: { tickets: ListedTicket[]; change: BulkChange }) =>
      run([{ tickets: tickets.map((one) => one.number), change }]),
    done: (rows, { tickets, change }) => {
      const done = new Set(rows.filter((row) => row.ok).map((row) => row.ref))
      const changed = tickets.filter((one) => done.has(one.number))
      const jobs = undoJobs(changed, change)
      if (changed.length < rows.length) onRefused(rows)
      if (changed.length === 0) return undefined
      const action = { label: t("action.undo"), isUndo: true, run: () => back.mutate(jobs) }
      return { text: t("bulk.done", { count: changed.length }), action }
    },
    isUndoable: () => true,
    stale: allTickets,
  })
}
