// Whether and how the contact can be written to now.
import { queryOptions, useQuery } from "@tanstack/react-query"
import { get } from "../../lib/api-client.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { fetchPart } from "../combine-ticket-part-requests.ts"
import { replyWindowAt, type ReplyWindow } from "./reply-window.ts"

export const replyWindowQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "reply-window"],
    queryFn: () => fetchPart(ref, "replyWindow", () => get<ReplyWindow>(`/tickets/${ref}/reply-window`)),
    staleTime: 15_000,
  })

/** Undefined until the server has answered. It closes by itself when its time has come. */
export function useReplyWindow(ref: string) {
  const { data } = useQuery(replyWindowQuery(ref))
  const { now } = useTimeFormat().place
  return data && { ...data, ...replyWindowAt(data, now) }
}
