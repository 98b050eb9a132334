import { queryOptions } from "@tanstack/react-query"
import type { MappedStatus, StatusMappings as OnServer } from "#incidents/carriers/api-contract.ts"
import { get, put, queryString, remove } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"

export type { MappedStatus } from "#incidents/carriers/api-contract.ts"
export type StatusMappings = Json<OnServer>
export type UnknownStatus = StatusMappings["unknown"][number]

export const statusMappingsQuery = queryOptions({
  queryKey: ["carrier-words"],
  queryFn: ({ signal }) => get<StatusMappings>("/carrier-words", signal),
})

export type StatusMapping = Pick<MappedStatus, "carrier" | "word" | "canonical">

export function useStatusMappingMutations() {
  const { t } = useTexts()
  const stale = [["carrier-words"]]
  return {
    teach: useAct({
      run: ({ carrier, ...rest }: StatusMapping) =>
        put<MappedStatus>("/carrier-words", { ...rest, ...(carrier && { carrier }) }),
      stale,
      refused: "in the form",
    }),
    remove: useAct({
      run: ({ carrier, word }: Pick<MappedStatus, "carrier" | "word">) =>
        remove(`/carrier-words${queryString({ carrier, word })}`),
      done: (_answer, { word }) => t("incident.statusDeleted", { word }),
      stale,
    }),
  }
}
