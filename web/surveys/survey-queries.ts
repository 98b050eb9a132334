import { queryOptions } from "@tanstack/react-query"
import type { Survey as OnServer } from "#surveys/api-contract.ts"
import { get } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"

type Survey = Json<OnServer>

/** What the customer of a ticket was asked and answered. */
export const surveysQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "surveys"],
    queryFn: ({ signal }) => get<{ items: Survey[] }>(`/tickets/${ref}/surveys`, signal),
    staleTime: 15_000,
  })
