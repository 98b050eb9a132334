import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query"
import { get, post, Problem, query, type Page } from "../lib/api.ts"
import { useMe } from "../session/session.ts"

export interface Attachment {
  id: string
  name?: string
  size?: number
}

export interface Message {
  id: string
  direction: "in" | "out"
  sender: { type: "contact" | "user" | "system" | "bot"; id: string | null; name: string | null }
  content: string
  contentHtml: string | null
  isInternal: boolean
  kind: "message" | "reaction" | "system"
  attachments: Attachment[]
  delivery: { state: string; reason?: string | null } | null
  sentAt: string
  createdAt: string
}

/** Newest page first; `threadOf` turns it round. */
export const messagesQuery = (ref: string) =>
  infiniteQueryOptions({
    queryKey: ["ticket", ref, "messages"],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Message>>(
        `/tickets/${ref}/messages${query({ includeInternal: "true", order: "desc", limit: 50, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 15_000,
  })

type Pages = InfiniteData<Page<Message>>

export const threadOf = (pages: Pages | undefined): Message[] =>
  (pages?.pages ?? []).flatMap((page) => page.items).toReversed()

export interface Writing {
  /** Made here: the same key sent twice is one message. */
  key: string
  content: string
  isInternal: boolean
}

/** Shows the message at once as "sending"; a refusal leaves it there as failed, to be sent again with the same key. */
export function useWrite(ref: string) {
  const client = useQueryClient()
  const me = useMe()
  const key = messagesQuery(ref).queryKey
  return useMutation({
    networkMode: "always",
    mutationFn: ({ key: once, ...body }: Writing) =>
      post<Message>(`/tickets/${ref}/messages`, body, { "idempotency-key": once }),
    onMutate: async (writing) => {
      await client.cancelQueries({ queryKey: key })
      show(client, key, provisional(writing, me))
    },
    onError: (error, writing) =>
      show(client, key, { ...provisional(writing, me), delivery: { state: "failed", reason: reasonOf(error) } }),
    onSuccess: (message, { key: once }) => replace(client, key, once, message),
    onSettled: async (_message, error) => {
      if (error) return
      await client.invalidateQueries({ queryKey: ["ticket", ref] })
      void client.invalidateQueries({ queryKey: ["tickets"] })
    },
  })
}

/** Nothing of a lost connection is worth reading aloud; the screen has words of its own for it. */
const reasonOf = (error: unknown) => (error instanceof Problem && error.status > 0 ? error.message : null)

function provisional({ key, content, isInternal }: Writing, me: { id: string; name: string }): Message {
  const now = new Date().toISOString()
  const sender = { type: "user" as const, id: me.id, name: me.name }
  const delivery = { state: "sending" }
  return {
    id: key,
    direction: "out",
    sender,
    content,
    contentHtml: null,
    isInternal,
    kind: "message",
    attachments: [],
    delivery,
    sentAt: now,
    createdAt: now,
  }
}

function show(client: QueryClient, key: readonly unknown[], message: Message) {
  replace(client, key, message.id, message)
}

function replace(client: QueryClient, key: readonly unknown[], id: string, message: Message) {
  client.setQueryData<Pages>(key, (pages) => {
    if (!pages) return pages
    const [first, ...older] = pages.pages
    if (!first) return pages
    const others = first.items.filter((one) => one.id !== id && one.id !== message.id)
    return { ...pages, pages: [{ ...first, items: [message, ...others] }, ...older] }
  })
}
