// One change of many incidents, in one request, and what takes it back. The server answers for each incident by itself.
import type { BulkIncidentChange } from "#incidents/board/api-contract.ts"
import { postIdempotent } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct, type InForm } from "../../lib/use-act-on-server.ts"
import type { BulkResultRow } from "../../inbox/bulk/bulk-change.ts"
import { allTickets } from "../../tickets/ticket-queries.ts"
import type { SelectableIncident } from "../incident-queries.ts"

/** As many as the server takes. */
export const mostAtOnce = 500

export type IncidentBulkChange = BulkIncidentChange

interface Job {
  incidents: readonly SelectableIncident[]
  change: IncidentBulkChange
}

const run = async (jobs: Job[]): Promise<BulkResultRow[]> => {
  const body = {
    changes: jobs.map(({ incidents, change }) => ({ refs: incidents.map(({ number }) => number), change })),
  }
  return (await postIdempotent<{ items: BulkResultRow[] }>("/incidents/bulk", body)).items
}

/** `onDone` gets every row. What only gives incidents to somebody can be undone: a status is no way back. */
export function useBulkIncidentChange(onDone: (rows: BulkResultRow[]) => void, refused?: InForm) {
  const { t } = useTexts()
  const back = useAct({
    run,
    done: (rows) => {
      onDone(rows)
      return t("bulk.undone", { count: rows.filter(({ ok }) => ok).length })
    },
    stale: allTickets,
  })
  return useAct({
    run: (job: Job) => run([job]),
    done: (rows, { incidents, change }) => {
      onDone(rows)
      const done = new Set(rows.filter(({ ok }) => ok).map(({ ref }) => ref))
      if (done.size === 0) return undefined
      const jobs = change.status ? [] : formerOwners(incidents.filter(({ number }) => done.has(number)))
      const action = { label: t("action.undo"), isUndo: true, run: () => back.mutate(jobs) }
      return { text: t("incident.changedMany", { count: done.size }), action: jobs.length > 0 ? action : undefined }
    },
    isUndoable: ({ change }) => change.status === undefined,
    stale: allTickets,
    refused,
  })
}

/** What gives each back to who had it, those of the same owner together. */
export function formerOwners(incidents: readonly SelectableIncident[]): Job[] {
  const owners = Map.groupBy(incidents, ({ assignee, team }) => JSON.stringify([assignee?.id, team?.id]))
  return [...owners.values()].map((owned) => ({
    incidents: owned,
    change: { assignment: { agentId: owned[0]!.assignee?.id ?? null, teamId: owned[0]!.team?.id ?? null } },
  }))
}
