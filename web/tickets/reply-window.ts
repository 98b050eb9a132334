// Whether and how the contact can be written to now.
import { queryOptions, useQuery } from "@tanstack/react-query"
import { get } from "../lib/api.ts"
import { useWhen } from "../lib/when.ts"
import { standing, type ReplyWindow } from "./standing.ts"

export const replyWindowQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "reply-window"],
    queryFn: ({ signal }) => get<ReplyWindow>(`/tickets/${ref}/reply-window`, signal),
    staleTime: 15_000,
  })

/** Undefined until the server has told. It closes by itself when its time has come. */
export function useReplyWindow(ref: string) {
  const { data } = useQuery(replyWindowQuery(ref))
  const { now } = useWhen().place
  return data && { ...data, ...standing(data, now) }
}
