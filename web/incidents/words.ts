import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import type { Canonical } from "#incidents/contract.ts"
import { get, put, query, remove } from "../lib/api.ts"

export interface Word {
  carrier: string
  word: string
  canonical: Canonical
  source: "known" | "taught"
}

export interface UnknownWord {
  carrier: string
  word: string
  times: number
  firstSeenAt: string
  lastSeenAt: string
}

export interface Words {
  items: Word[]
  unknown: UnknownWord[]
  canonicals: Canonical[]
}

export const wordsQuery = queryOptions({
  queryKey: ["carrier-words"],
  queryFn: ({ signal }) => get<Words>("/carrier-words", signal),
})

export type Lesson = Pick<Word, "carrier" | "word" | "canonical">

export function useWordActs() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ["carrier-words"] })
  return {
    teach: useMutation({
      mutationFn: ({ carrier, ...rest }: Lesson) =>
        put<Word>("/carrier-words", { ...rest, ...(carrier && { carrier }) }),
      onSuccess,
    }),
    forget: useMutation({
      mutationFn: ({ carrier, word }: Pick<Word, "carrier" | "word">) =>
        remove(`/carrier-words${query({ carrier, word })}`),
      onSuccess,
    }),
  }
}
