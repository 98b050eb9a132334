import { useQuery } from "@tanstack/react-query"
import type { Simulation as OnServer } from "#simulations/api-contract.ts"
import { get, post, remove } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"

export type SimulationPath = "assignment-rules" | "reopen-window" | "sla-policies"
type Simulation = Json<OnServer>

const dayMs = 86_400_000

/** The last what-if that was started here. What takes longer than the server's answer is asked for each second. */
export function useSimulation(path: SimulationPath) {
  const start = useAct({
    run: ({ candidate, days }: { candidate: object; days: number }) => {
      const to = Date.now()
      const span = { from: new Date(to - days * dayMs).toISOString(), to: new Date(to).toISOString() }
      return post<Simulation>(`/simulations/${path}`, { candidate, ...span })
    },
    refused: "in the form",
  })
  const id = start.data?.id
  const stop = useAct({ run: () => remove(`/simulations/${id}`), stale: [["simulations", id]] })
  const { data: later } = useQuery({
    queryKey: ["simulations", id],
    queryFn: ({ signal }) => get<Simulation>(`/simulations/${id}`, signal),
    enabled: start.data?.state === "running",
    refetchInterval: ({ state }) => (state.data?.state ?? "running") === "running" && 1_000,
  })
  return { start, stop, simulation: later ?? start.data }
}
