import { infiniteQueryOptions, useMutation, useQueryClient, type InfiniteData } from "@tanstack/react-query"
import { get, post, Problem, query, type Page } from "../lib/api.ts"
import { useMe } from "../session/session.ts"
import { drop, keep, markFailed, useOutbox, type Outgoing } from "./outbox.ts"

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

/** Shown at once as "sending"; a refusal leaves it in the outbox as failed, to be sent again with the same key. */
export function useWrite(ref: string) {
  const client = useQueryClient()
  const me = useMe()
  return useMutation({
    mutationFn: ({ key, ...body }: Writing) =>
      post<Message>(`/tickets/${ref}/messages`, body, { "idempotency-key": key }),
    onMutate: (writing) =>
      keep({ ...writing, userId: me.id, ref, at: new Date().toISOString(), state: "sending", reason: null }),
    onError: (error, { key }) => markFailed(key, reasonOf(error)),
    onSuccess: async (message, { key }) => {
      client.setQueryData<Pages>(messagesQuery(ref).queryKey, (pages) => withNewest(pages, message))
      drop(key)
      void client.invalidateQueries({ queryKey: ["tickets"] })
      await client.invalidateQueries({ queryKey: ["ticket", ref] })
    },
  })
}

/** Nothing of a lost connection is worth reading aloud; the screen has words of its own for it. */
const reasonOf = (error: unknown) => (error instanceof Problem && error.status > 0 ? error.message : null)

function withNewest(pages: Pages | undefined, message: Message): Pages | undefined {
  const [first, ...older] = pages?.pages ?? []
  if (!pages || !first) return pages
  const others = first.items.filter((one) => one.id !== message.id)
  return { ...pages, pages: [{ ...first, items: [message, ...others] }, ...older] }
}

/** The person's unconfirmed messages of a ticket, in the shape of the others; those that have arrived meanwhile left out. */
export function useUnconfirmed(ref: string, thread: Message[]): Message[] {
  const me = useMe()
  return useOutbox()
    .filter((one) => one.ref === ref && one.userId === me.id && !hasArrived(one, thread))
    .map((one) => provisional(one, me.name))
}

/** A live notice may bring the message before the answer that confirms it. */
function hasArrived(one: Outgoing, thread: Message[]) {
  return (
    one.state === "sending" &&
    thread.some(
      ({ sender, content, isInternal, createdAt }) =>
        sender.id === one.userId &&
        content === one.content &&
        isInternal === one.isInternal &&
        Date.parse(createdAt) > Date.parse(one.at) - 5_000,
    )
  )
}

function provisional({ key, userId, content, isInternal, at, state, reason }: Outgoing, name: string): Message {
  return {
    id: key,
    direction: "out",
    sender: { type: "user", id: userId, name },
    content,
    contentHtml: null,
    isInternal,
    kind: "message",
    attachments: [],
    delivery: { state, reason },
    sentAt: at,
    createdAt: at,
  }
}
