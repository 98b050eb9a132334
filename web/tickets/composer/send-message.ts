import { useState } from "react"
import type { Attachment } from "#files/api-contract.ts"
import { Problem } from "../../lib/api-client.ts"
import { randomKey } from "../../lib/random-key.ts"
import type { TemplateUse } from "../../templates/template-queries.ts"
import type { useDraft } from "./drafts.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"
import { useResendMessage, usePostMessage, type Message } from "../messages/message-queries.ts"
import { removeFromOutbox, findInOutbox, unsentCount, type MessageToSend } from "../messages/outbox.ts"
import { useNewerReply, type NewerReply } from "./newer-colleague-reply.ts"
import type { Status, Ticket } from "../ticket.ts"
import { useMe } from "../../session/session-queries.ts"
import { giveBackRecipients } from "./mail/chosen-recipients.ts"
import type { Recipients } from "./mail/recipients.ts"

interface With {
  /** The status in which the ticket is then. */
  andThen: Status | undefined
  files: Attachment[]
  replyTo: string | null
  /** Of a mail. */
  recipients: Recipients | null
}

export interface HeldReply extends NewerReply {
  send: () => void
}

/** Writes and sends. Holds a reply back when a colleague has answered meanwhile, or is about to. */
export function useSendMessage(ticket: Ticket, mode: Mode, draft: ReturnType<typeof useDraft>) {
  const me = useMe()
  const newerReply = useNewerReply(ticket)
  const [held, setHeld] = useState<HeldReply>()
  const post = useDeciding(ticket, (next, writing) => {
    setHeld(next)
    // Words alone go back to where they were written, unless something else was begun there.
    if (writing.files.length > 0 || !draft.isEmpty()) return
    removeFromOutbox(writing.key)
    draft.write(writing.content)
    if (writing.recipients) giveBackRecipients(me.id, ticket.number, writing.recipients)
  })

  const write = (text: string) => {
    newerReply.noteBeginning(text)
    draft.write(text)
  }

  const begin = (content: string, { andThen, files, replyTo, recipients }: With) => {
    newerReply.noteBeginning("")
    draft.clear()
    const lastSeen = newerReply.newestSeen()
    const isWithIt = unsentCount(ticket.number) === 0
    const then = andThen ? { status: andThen, from: ticket.status, isWithIt } : null
    const isInternal = mode === "note"
    post({ content, isInternal, replyTo, recipients, files, template: null, lastSeen, andThen: then })
  }

  /** Whether it is on its way; `onGone` is called when it is sent later, after somebody has decided. */
  const send = (how: With, onGone: () => void) => {
    const content = draft.text.trim()
    if (!content && how.files.length === 0) return false
    const before = mode === "note" ? undefined : newerReply.before()
    if (!before) {
      begin(content, how)
      return true
    }
    const sendLater = () => {
      begin(content, how)
      onGone()
    }
    setHeld({ ...before, send: sendLater })
    return false
  }

  return { write, send, held, release: () => setHeld(undefined) }
}

/** Sends again what never reached the server, by the key it had; what did is known there. */
export function useRetrySend(ticket: Ticket) {
  const again = useResendMessage(ticket.number)
  const [held, setHeld] = useState<HeldReply>()
  const post = useDeciding(ticket, setHeld)
  const retry = ({ id }: Message) => {
    const kept = findInOutbox(id)
    if (kept) post(kept)
    else again.mutate(id)
  }
  return { retry, held, release: () => setHeld(undefined) }
}

type UnsentMessage = Omit<MessageToSend, "key"> & { key?: string }

/**
 * Sends a message. When a colleague's reply came before it, it waits for a decision; what is then sent is another request,
 * which has seen that reply.
 */
function useDeciding(ticket: Ticket, onOvertaken: (held: HeldReply, writing: MessageToSend) => void) {
  const newerReply = useNewerReply(ticket)
  const message = usePostMessage(ticket.number)
  const post = (unkeyed: UnsentMessage) => {
    const writing = { ...unkeyed, key: unkeyed.key ?? randomKey() }
    const decideAnew = async (error: Problem) => {
      const said = await newerReply.answerIn(error)
      const send = () => {
        removeFromOutbox(writing.key)
        post({ ...unkeyed, key: randomKey(), lastSeen: newerReply.newestSeen() })
      }
      onOvertaken({ ...said, send }, writing)
    }
    message.mutate(writing, {
      onError: (error) => {
        if (error instanceof Problem && error.code === "newer_reply") void decideAnew(error)
      },
    })
  }
  return post
}

/** `text` is what is shown until the server has made the message from the template. */
export function useSendTemplate(ticket: Ticket) {
  const message = usePostMessage(ticket.number)
  const plain = { isInternal: false, replyTo: null, recipients: null, lastSeen: null, andThen: null }
  return ({ template, text, files }: { template: TemplateUse; text: string; files: Attachment[] }) =>
    message.mutate({ ...plain, key: randomKey(), content: text, files, template })
}
