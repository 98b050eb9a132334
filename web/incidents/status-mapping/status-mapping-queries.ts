import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import type { Canonical } from "#incidents/contract.ts"
import { get, put, queryString, remove } from "../../lib/api-client.ts"

export interface MappedStatus {
  carrier: string
  word: string
  canonical: Canonical
  source: "known" | "taught"
}

export interface UnknownStatus {
  carrier: string
  word: string
  times: number
  firstSeenAt: string
  lastSeenAt: string
}

export interface StatusMappings {
  items: MappedStatus[]
  unknown: UnknownStatus[]
  canonicals: Canonical[]
}

export const statusMappingsQuery = queryOptions({
  queryKey: ["carrier-words"],
  queryFn: ({ signal }) => get<StatusMappings>("/carrier-words", signal),
})

export type StatusMapping = Pick<MappedStatus, "carrier" | "word" | "canonical">

export function useStatusMappingMutations() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ["carrier-words"] })
  return {
    teach: useMutation({
      mutationFn: ({ carrier, ...rest }: StatusMapping) =>
        put<MappedStatus>("/carrier-words", { ...rest, ...(carrier && { carrier }) }),
      onSuccess,
    }),
    forget: useMutation({
      mutationFn: ({ carrier, word }: Pick<MappedStatus, "carrier" | "word">) =>
        remove(`/carrier-words${queryString({ carrier, word })}`),
      onSuccess,
    }),
  }
}
