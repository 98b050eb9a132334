// What a customer asks of the server.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import type { Message } from "#messages/contract.ts"
import { get, getAll, patch, postIdempotent, put, queryString, type Page } from "../lib/api-client.ts"
import { pollUntilLive } from "./live-updates.ts"
import type { ListedTicket, IdAndName, Ticket } from "../tickets/ticket.ts"

/** As JSON brings it: instants are texts. */
export type RequestMessage = Omit<Message, "sentAt" | "createdAt"> & { sentAt: string; createdAt: string }

export const requestsQuery = infiniteQueryOptions({
  queryKey: ["my", "tickets"],
  queryFn: ({ pageParam, signal }) =>
    get<Page<ListedTicket>>(`/tickets${queryString({ sort: "-updatedAt", limit: 50, cursor: pageParam })}`, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
  refetchInterval: pollUntilLive,
})

export const requestQuery = (ref: string) =>
  queryOptions({
    queryKey: ["my", "ticket", ref],
    queryFn: ({ signal }) => get<Ticket>(`/tickets/${encodeURIComponent(ref)}`, signal),
    refetchInterval: pollUntilLive,
  })

/** Newest first from the server, so that the last page is the one that is there at once. */
export const requestMessagesQuery = (ref: string) =>
  infiniteQueryOptions({
    queryKey: ["my", "ticket", ref, "messages"],
    queryFn: ({ pageParam, signal }) =>
      get<Page<RequestMessage>>(
        `/tickets/${encodeURIComponent(ref)}/messages${queryString({ order: "desc", limit: 50, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: pollUntilLive,
  })

export const fieldsQuery = queryOptions({
  queryKey: ["my", "fields"],
  queryFn: ({ signal }) => getAll<CustomField>("/custom-fields", signal),
})

export const categoriesQuery = queryOptions({
  queryKey: ["my", "categories"],
  queryFn: ({ signal }) => getAll<IdAndName>("/categories", signal),
})

export interface CustomField {
  key: string
  label: string
  type: "text" | "number" | "boolean" | "date" | "select" | "multi_select"
  options: string[]
  required: boolean
  kinds: string[]
}

export function useReply(ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { content: string; attachmentIds: string[] }) =>
      postIdempotent<RequestMessage>(`/tickets/${encodeURIComponent(ref)}/messages`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["my"] }),
  })
}

export function useChangeRequestStatus(ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (status: "closed" | "open") => put<Ticket>(`/tickets/${encodeURIComponent(ref)}/status`, { status }),
    onSuccess: (ticket) => {
      client.setQueryData(["my", "ticket", ref], ticket)
      return client.invalidateQueries({ queryKey: ["my"] })
    },
  })
}

export interface NewRequest {
  subject: string
  description: string
  categoryIds: string[]
  customFields: Record<string, unknown>
  attachmentIds: string[]
}

export function useCreateRequest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewRequest) => postIdempotent<Ticket>("/tickets", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["my", "tickets"] }),
  })
}

export function useSetAccountPassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: { current?: string; new: string }) => patch("/me", { password }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me"] }),
  })
}
