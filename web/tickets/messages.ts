import { infiniteQueryOptions, useMutation, useQueryClient, type InfiniteData } from "@tanstack/react-query"
import { get, post, Problem, query, type Page } from "../lib/api.ts"
import type { Attachment, Message as Stored } from "#messages/contract.ts"
import { usePlainProblem } from "../lib/problem.ts"
import { useMe } from "../session/session.ts"
import { toast } from "../ui/toast.tsx"
import { drop, keep, markFailed, useOutbox, type Outgoing, type Writing } from "./outbox.ts"

/** As JSON brings it; a note and what is still on its way here have no delivery of the channel's. */
export interface Message extends Pick<
  Stored,
  "id" | "direction" | "sender" | "content" | "contentHtml" | "isInternal"
> {
  kind: Stored["kind"]
  replyTo: string | null
  attachments: Attachment[]
  delivery: { state: string; reason?: string | null; canRetry?: boolean } | null
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

/** Shown at once as "sending"; a refusal leaves it in the outbox as failed, to be sent again with the same key. */
export function useWrite(ref: string) {
  const client = useQueryClient()
  const me = useMe()
  return useMutation({
    mutationFn: (writing: Writing) =>
      post<Message>(`/tickets/${ref}/messages`, bodyOf(writing), { "idempotency-key": writing.key }),
    onMutate: (writing) =>
      keep({ ...writing, userId: me.id, ref, at: new Date().toISOString(), state: "sending", reason: null }),
    onError: (error, { key }) => {
      markFailed(key, reasonOf(error))
      // It may have been refused for what changed meanwhile: the 24 hours passed, the number does not exist.
      void client.invalidateQueries({ queryKey: ["ticket", ref, "reply-window"] })
    },
    onSuccess: async (message, { key }) => {
      client.setQueryData<Pages>(messagesQuery(ref).queryKey, (pages) => withNewest(pages, message))
      drop(key)
      void client.invalidateQueries({ queryKey: ["tickets"] })
      await client.invalidateQueries({ queryKey: ["ticket", ref] })
    },
  })
}

/** A template's text is only shown; the server makes it anew from the values. */
function bodyOf({ content, isInternal, replyTo, files, template, lastSeen }: Writing) {
  return {
    ...(template ? { template } : { content, isInternal }),
    ...(replyTo && { replyTo }),
    ...(lastSeen && !isInternal && { lastSeenMessageId: lastSeen }),
    ...(files.length > 0 && { attachmentIds: files.map(({ id }) => id) }),
  }
}

/** Sends again what the channel refused, or of which nobody knows; the message stays the same one. */
export function useSendAgain(ref: string) {
  const client = useQueryClient()
  const say = usePlainProblem()
  return useMutation({
    mutationFn: (id: string) => post<Message>(`/tickets/${ref}/messages/${id}/retry`),
    onError: (error) => toast(say(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ["ticket", ref] }),
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

function provisional({ key, userId, at, state, reason, ...writing }: Outgoing, name: string): Message {
  return {
    id: key,
    direction: "out",
    sender: { type: "user", id: userId, name },
    content: writing.content,
    contentHtml: null,
    isInternal: writing.isInternal,
    kind: "message",
    replyTo: writing.replyTo,
    attachments: writing.files,
    delivery: { state, reason, canRetry: true },
    sentAt: at,
    createdAt: at,
  }
}
