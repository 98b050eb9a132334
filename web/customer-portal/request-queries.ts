// What a customer asks of the server.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { Message } from "#messages/api-contract.ts"
import type { newTicketBody } from "#tickets/api-contract.ts"
import type { CustomField } from "#tickets/fields/api-contract.ts"
import { get, getAll, patch, postIdempotent, put, queryString, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { pollUntilLive } from "./live-updates.ts"
import type { ListedTicket, IdAndName, Ticket } from "../tickets/ticket.ts"

export type RequestMessage = Json<Message>

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

interface Reply {
  content: string
  attachmentIds: string[]
}

/** `onSent` is called once the server has it, before what is shown is read anew. */
export const useReply = (ref: string, onSent: (reply: Reply) => void) =>
  useAct({
    run: (body: Reply) => postIdempotent<RequestMessage>(`/tickets/${encodeURIComponent(ref)}/messages`, body),
    done: (_message, reply) => onSent(reply),
    stale: [["my"]],
    refused: "in the form",
  })

export const useChangeRequestStatus = (ref: string) =>
  useAct({
    run: (status: "closed" | "open") => put<Ticket>(`/tickets/${encodeURIComponent(ref)}/status`, { status }),
    done: (ticket, _status, client) => void client.setQueryData(["my", "ticket", ref], ticket),
    stale: [["my"]],
    refused: "in the form",
  })

export type NewRequest = z.input<typeof newTicketBody>

export const useCreateRequest = () =>
  useAct({
    run: (body: NewRequest) => postIdempotent<Ticket>("/tickets", body),
    stale: [["my", "tickets"]],
    refused: "in the form",
  })

export const useSetAccountPassword = () =>
  useAct({
    run: (password: { current?: string; new: string }) => patch("/me", { password }),
    stale: [["me"]],
    refused: "in the form",
  })
