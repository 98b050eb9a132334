import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { AgreementSummary as OnServer } from "#agreements/api-contract.ts"
import { get, queryString } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import type { Period } from "./report-period.ts"

export type AgreementSummary = Json<OnServer>

const dayMs = 86_400_000

/** Of the last days, up to now. */
export const agreementSummaryQuery = (days: Period) =>
  queryOptions({
    queryKey: ["agreements", "summary", days],
    queryFn: ({ signal }) => {
      const [from, to] = [new Date(Date.now() - days * dayMs), new Date()]
      const parameters = { from: from.toISOString(), to: to.toISOString() }
      return get<AgreementSummary>(`/agreements/summary${queryString(parameters)}`, signal)
    },
    placeholderData: keepPreviousData,
  })
