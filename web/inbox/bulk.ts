// One act on many tickets, and what takes it back. The server answers for each ticket by itself.
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { post, Problem, put, remove } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { uniqueKey } from "../lib/unique.ts"
import type { ListedTicket } from "../tickets/ticket.ts"
import { toast } from "../ui/toast.tsx"
import { undoing, type BulkChange, type Job } from "./undoing.ts"

export interface BulkRow {
  ref: string
  ok: boolean
  problem: { status: number; code: string; detail: string } | null
}

const mostAtOnce = 100

async function run({ tickets, change: { snooze, ...change } }: Job): Promise<BulkRow[]> {
  if (snooze !== undefined) return putOff(tickets, snooze)
  const rows: BulkRow[] = []
  for (let at = 0; at < tickets.length; at += mostAtOnce) {
    const body = { tickets: tickets.slice(at, at + mostAtOnce), change }
    const { items } = await post<{ items: BulkRow[] }>("/tickets/bulk", body, { "idempotency-key": uniqueKey() })
    rows.push(...items)
  }
  return rows
}

async function putOff(tickets: string[], until: string | null): Promise<BulkRow[]> {
  const rows: BulkRow[] = []
  for (const ref of tickets) {
    try {
      await (until ? put(`/tickets/${ref}/snooze`, { until }) : remove(`/tickets/${ref}/snooze`))
      rows.push({ ref, ok: true, problem: null })
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 0) throw error
      rows.push({ ref, ok: false, problem: { status: error.status, code: error.code, detail: error.message } })
    }
  }
  return rows
}

/** `onRefused`: called with every row when some ticket could not be changed. */
export function useBulk(onRefused: (rows: BulkRow[]) => void) {
  const client = useQueryClient()
  const { t } = useTexts()
  const say = usePlainProblem()
  const settle = async () => {
    await client.invalidateQueries({ queryKey: ["tickets"] })
    await client.invalidateQueries({ queryKey: ["ticket"] })
  }
  const onError = (error: unknown) => toast(say(error))
  const back = useMutation({
    mutationFn: async (jobs: Job[]) => (await Promise.all(jobs.map(run))).flat(),
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
      const jobs = undoing(changed, change)
      const undo = { label: t("action.undo"), run: () => back.mutate(jobs) }
      if (changed.length > 0) toast(t("bulk.done", { count: changed.length }), undo)
      if (changed.length < rows.length) onRefused(rows)
    },
    onError,
    onSettled: settle,
  })
}
