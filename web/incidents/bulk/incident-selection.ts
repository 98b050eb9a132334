import { useState } from "react"
import { useAct } from "../../lib/use-act-on-server.ts"
import { useRowSelection } from "../../ui/rows/row-selection.ts"
import { fetchSelection, type BoardFilter, type Incident, type SelectableIncident } from "../incident-queries.ts"

const selectable = ({ id, number, assignee, team, can, incident }: Incident): SelectableIncident => ({
  id,
  number,
  status: incident.status.toLowerCase() as SelectableIncident["status"],
  assignee,
  team,
  can,
})

/** The incidents selected on the board: of the rows that are shown, or all of the filter. */
export function useIncidentSelection(filter: BoardFilter, shown: Incident[]) {
  const name = JSON.stringify(filter)
  const [whole, setWhole] = useState<{ name: string; items: SelectableIncident[] }>()
  const rows = shown.map(selectable)
  const { start: _start, ...selection } = useRowSelection({
    name,
    rows,
    notShown: whole?.name === name ? whole.items : [],
    current: rows[0]?.number,
  })
  const everything = useAct({
    run: () => fetchSelection(filter),
    done: ({ items }) => {
      setWhole({ name, items })
      selection.set(items.map(({ number }) => number))
    },
  })
  return { ...selection, everything: () => everything.mutate(), isFetching: everything.isPending }
}

export type IncidentsSelected = ReturnType<typeof useIncidentSelection>
