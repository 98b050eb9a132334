import { useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import type { matchesAnswer } from "#sla/policies/api-contract.ts"
import { post } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useDebounced } from "../../ui/use-debounced.ts"
import type { PolicyDraft } from "./policy-draft.ts"

type Matches = Json<z.infer<typeof matchesAnswer>>

/** Which of the newest open tickets it would be for, as it is written. */
export function useOpenTicketsUnder({ priority, isDefault, conditions }: PolicyDraft, id: string | undefined) {
  const asked = useDebounced(JSON.stringify({ ...(id && { id }), priority, isDefault, conditions }))
  return useQuery({
    queryKey: ["sla-policy-matches", asked],
    queryFn: () => post<Matches>("/sla-policies/matches", JSON.parse(asked)),
    retry: false,
    placeholderData: (before) => before,
  })
}
