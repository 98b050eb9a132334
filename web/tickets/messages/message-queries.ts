import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query"
import { useEffect } from "react"
import { get, post, postIdempotent, queryString, type Page } from "../../lib/api-client.ts"
import type { Message as Stored } from "#messages/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { useMe } from "../../session/session-queries.ts"
import { toast } from "../../ui/toast.tsx"
import { goBackTo, isElsewhere, openInInbox } from "../after-closing/go-on.ts"
import { draftsQuery } from "../composer/drafts.ts"
import { giveBackRecipients } from "../composer/mail/chosen-recipients.ts"
import { giveBackWords } from "../composer/mail/give-back-words.ts"
import { useChangeStatus } from "../ticket-mutations.ts"
import { fetchPart } from "../combine-ticket-part-requests.ts"
import {
  removeFromOutbox,
  addToOutbox,
  markFailed,
  useOutbox,
  type OutgoingMessage,
  type SendProblem,
  type MessageToSend,
} from "./outbox.ts"

/** As the API tells it, or still on its way there. */
export type Message = Omit<Json<Stored>, "ticketId" | "delivery" | "mentions"> & {
  delivery: Omit<Json<Stored>["delivery"], "state"> & { state: Stored["delivery"]["state"] | OutgoingMessage["state"] }
  /** Why the server did not take it. Only of what is still here. */
  problem?: SendProblem | null
}

/** Newest page first; `messagesInOrder` turns it round. */
export const messagesQuery = (ref: string) =>
  infiniteQueryOptions({
    queryKey: ["ticket", ref, "messages"],
    queryFn: ({ pageParam }): Promise<Page<Message>> => {
      const query = { includeInternal: "true", order: "desc", limit: 50, cursor: pageParam }
      const page = () => get<Page<Json<Stored>>>(`/tickets/${ref}/messages${queryString(query)}`)
      return pageParam === undefined ? fetchPart(ref, "messages", page) : page()
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 15_000,
  })

type Pages = InfiniteData<Page<Message>>

export const messagesInOrder = (pages: Pages | undefined): Message[] =>
  (pages?.pages ?? []).flatMap((page) => page.items).toReversed()

/** Shown at once as "sending"; without a good answer it stays in the outbox, to be sent again as the very same request. */
export function usePostMessage(ref: string) {
  const { t } = useTexts()
  const me = useMe()
  const status = useChangeStatus(ref)
  const undo = useUndoSend(ref)
  return useAct({
    run: (writing: MessageToSend) =>
      post<Message>(`/tickets/${ref}/messages`, bodyOf(writing), { "idempotency-key": writing.key }),
    guess: (writing) => {
      addToOutbox({ at: new Date().toISOString(), ...writing, userId: me.id, ref })
      return (error) => markFailed(writing.key, error)
    },
    isUndoable: ({ andThen, recipients }) => andThen !== null || recipients !== null,
    // The outbox keeps what was refused, and says why; to an agent who has gone on it is said where it waits.
    refused: () => {
      const action = { label: t("notifications.open"), run: () => openInInbox(ref) }
      if (isElsewhere(ref)) toast(t("composer.notConfirmed", { number: ref }), action)
      return true
    },
    done: (message, writing, client) => {
      const { key, andThen } = writing
      client.setQueryData<Pages>(messagesQuery(ref).queryKey, (pages) => withNewest(pages, message))
      removeFromOutbox(key)
      // The server has moved it with the message, if nothing failed to arrive; this asks or says so, and offers to take it back. Who wanted to go on did when it was sent.
      if (andThen) status.mutate(andThen, "stay")
      const { undoUntil } = message.delivery
      if (!undoUntil) return undefined
      const run = () => {
        undo.mutate({ id: message.id, writing })
        goBackTo(ref)
      }
      // By the server's clock alone: the browser's may be another.
      const lastsMs = Date.parse(undoUntil) - Date.parse(message.createdAt)
      return { text: t("composer.sending"), action: { label: t("action.undo"), isUndo: true, run, lastsMs } }
    },
    // What was refused may have been so for what changed meanwhile: the 24 hours passed, the number does not exist.
    stale: [["tickets"], ["ticket", ref]],
  })
}

/** Takes a mail back that has not left. Its words are given back to where they were written, unless files went with them. */
function useUndoSend(ref: string) {
  const me = useMe()
  return useAct({
    run: ({ id }: { id: string; writing: MessageToSend }) =>
      postIdempotent<Message>(`/tickets/${ref}/messages/${id}/undo`),
    done: (_message, { writing }, client) => {
      if (writing.files.length > 0) return
      giveBackWords(me.id, ref, writing.content, client.getQueryData(draftsQuery(ref).queryKey)?.reply)
      if (writing.recipients) giveBackRecipients(me.id, ref, writing.recipients)
    },
    stale: [["ticket", ref], ["tickets"]],
  })
}

/** A template's text is only shown; the server makes it anew from the values. */
function bodyOf({ content, isInternal, replyTo, recipients, files, template, lastSeen, andThen }: MessageToSend) {
  const { to, cc, bcc, from, quote } = recipients ?? {}
  return {
    ...(template ? { template } : { content, isInternal }),
    ...(andThen?.isWithIt && { status: andThen.status }),
    ...(replyTo && { replyTo }),
    ...(recipients && { to, cc, bcc, ...(from && { from }), ...(quote && { quote }) }),
    ...(lastSeen && !isInternal && { lastSeenMessageId: lastSeen }),
    ...(files.length > 0 && { attachmentIds: files.map(({ id }) => id) }),
  }
}

/** Sends again what the channel refused, or of which nobody knows; the message stays the same one. */
export const useResendMessage = (ref: string) =>
  useAct({
    run: (id: string) => postIdempotent<Message>(`/tickets/${ref}/messages/${id}/retry`),
    stale: [["ticket", ref]],
  })

/** Nothing more is needed of a message that did not arrive. */
export const useDismissFailure = (ref: string) =>
  useAct({
    run: (id: string) => postIdempotent<Message>(`/tickets/${ref}/messages/${id}/dismiss`),
    stale: [["ticket", ref], ["tickets"]],
  })

function withNewest(pages: Pages | undefined, message: Message): Pages | undefined {
  const [first, ...older] = pages?.pages ?? []
  if (!pages || !first) return pages
  const others = first.items.filter((one) => one.id !== message.id)
  return { ...pages, pages: [{ ...first, items: [message, ...others] }, ...older] }
}

/** The person's unconfirmed messages of a ticket, in the shape of the others; those that have arrived meanwhile left out. */
export function useUnconfirmedMessages(ref: string, thread: Message[]): Message[] {
  const me = useMe()
  const own = useOutbox().filter((one) => one.ref === ref && one.userId === me.id)
  const there = new Set(thread.flatMap(({ clientKey }) => clientKey ?? []))
  const arrived = own.filter(({ key, state }) => there.has(key) && state !== "sending").map(({ key }) => key)
  useEffect(() => arrived.forEach(removeFromOutbox))
  return own.filter(({ key }) => !there.has(key)).map((one) => provisional(one, me.name))
}

function provisional({ key, userId, at, state, problem, ...writing }: OutgoingMessage, name: string): Message {
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
    delivery: { state, canRetry: true },
    problem,
    sentAt: at,
    createdAt: at,
  }
}
