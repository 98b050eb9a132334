// One act on many tickets, and what takes it back. The server answers for each ticket by itself.
import { useMutation } from "@tanstack/react-query"
import { postIdempotent } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { useRefreshTickets } from "../../tickets/refresh-tickets.ts"
import { toast } from "../../ui/toast.tsx"
import { undoJobs, type BulkChange, type BulkJob } from "./bulk-undo.ts"

export interface BulkResultRow {
  ref: string
  ok: boolean
  problem: { status: number; code: string; detail: string } | null
}

const mostAtOnce = 100

async function run({ tickets, change: { snooze, ...others } }: BulkJob): Promise<BulkResultRow[]> {
  const change = { ...others, ...(snooze !== undefined && { snooze: snooze && { until: snooze } }) }
  const rows: BulkResultRow[] = []
  for (let at = 0; at < tickets.length; at += mostAtOnce) {
    const body = { tickets: tickets.slice(at, at + mostAtOnce), change }
    const { items } = await postIdempotent<{ items: BulkResultRow[] }>("/tickets/bulk", body)
    rows.push(...items)
  }
  return rows
}

/** `onRefused`: called with every row when some ticket could not be changed. */
export function useBulkChange(onRefused: (rows: BulkResultRow[]) => void) {
  const { t } = useTexts()
  const say = useProblemText()
  const settle = useRefreshTickets()
  const onError = (error: unknown) => toast(say(error))
  const back = useMutation({
    mutationFn: async (jobs: BulkJob[]) => (await Promise.all(jobs.map(run))).flat(),
    onSuccess: (rows) => {
      toast(t("bulk.undone", { count: rows.filter((row) => row.ok).length }))
      if (rows.some((row) => !row.ok)) onRefused(rows)
    },
    onError,
    onSettled: settle,
  })
  return useMutation({
    mutationFn: ({ tickets, change }: { tickets: ListedTicket[]; change: BulkChange }) =>
      run({ tickets: tickets.map((one) => one.number), change }),
    onSuccess: (rows, { tickets, change }) => {
      const done = new Set(rows.filter((row) => row.ok).map((row) => row.ref))
      const changed = tickets.filter((one) => done.has(one.number))
      const jobs = undoJobs(changed, change)
      const undo = { label: t("action.undo"), run: () => back.mutate(jobs) }
      if (changed.length > 0) toast(t("bulk.done", { count: changed.length }), undo)
      if (changed.length < rows.length) onRefused(rows)
    },
    onError,
    onSettled: settle,
  })
}
