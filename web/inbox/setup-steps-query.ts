import { queryOptions } from "@tanstack/react-query"
import type { SetupSteps } from "#setup/api-contract.ts"
import { get } from "../lib/api-client.ts"

export type DoneSteps = Omit<SetupSteps, "dismissed">

/** A step is done on another screen, often in another tab: it is asked for again whenever somebody comes back. */
export const setupStepsQuery = queryOptions({
  queryKey: ["setup-steps"],
  queryFn: ({ signal }) => get<SetupSteps>("/setup-steps", signal),
  refetchOnMount: "always",
})
