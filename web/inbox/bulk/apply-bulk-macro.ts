// A macro on many tickets: what it does to each, one after the other, and what takes it back.
import { postIdempotent, Problem, remove } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { allTickets } from "../../tickets/ticket-queries.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import type { BulkResultRow } from "./bulk-change.ts"

interface Run {
  ref: string
  runId: string
}

const said = ({ status, code, message: detail }: Problem) => ({ status, code, detail })

/** A refusal is the ticket's own; what never reached the server ends the whole. */
async function each<T>(
  items: T[],
  refOf: (item: T) => string,
  work: (item: T) => Promise<void>,
): Promise<BulkResultRow[]> {
  const rows: BulkResultRow[] = []
  for (const item of items) {
    const ref = refOf(item)
    try {
      await work(item)
      rows.push({ ref, ok: true, problem: null })
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 0) throw error
      rows.push({ ref, ok: false, problem: { ...error.body, ...said(error) } })
    }
  }
  return rows
}

/** `onRefused`: called with every row when some ticket could not be changed. */
export function useBulkMacro(onRefused: (rows: BulkResultRow[]) => void) {
  const { t } = useTexts()
  const report = (rows: BulkResultRow[]) => rows.some((row) => !row.ok) && onRefused(rows)
  const back = useAct({
    run: (runs: Run[]) =>
      each(
        runs,
        ({ ref }) => ref,
        ({ ref, runId }) => remove(`/tickets/${ref}/macro/${runId}`),
      ),
    done: (rows) => {
      report(rows)
      return t("bulk.undone", { count: rows.filter((row) => row.ok).length })
    },
    stale: allTickets,
  })
  return useAct({
    run: async ({ tickets, macro }: { tickets: ListedTicket[]; macro: Macro }) => {
      const runs: Run[] = []
      const work = async ({ number: ref }: ListedTicket) => {
        const { runId } = await postIdempotent<Omit<Run, "ref">>(`/tickets/${ref}/macro`, { macroId: macro.id })
        runs.push({ ref, runId })
      }
      return { rows: await each(tickets, ({ number }) => number, work), runs }
    },
    done: ({ rows, runs }) => {
      report(rows)
      if (runs.length === 0) return undefined
      const action = { label: t("action.undo"), isUndo: true, run: () => back.mutate(runs) }
      return { text: t("bulk.done", { count: runs.length }), action }
    },
    isUndoable: () => true,
    stale: allTickets,
  })
}
