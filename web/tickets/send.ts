import { useState } from "react"
import type { Attachment } from "#messages/contract.ts"
import { Problem } from "../lib/api.ts"
import { uniqueKey } from "../lib/unique.ts"
import type { TemplateUse } from "../templates/templates.ts"
import type { Mode, useDraft } from "./drafts.ts"
import { useSendAgain, useWrite, type Message } from "./messages.ts"
import { drop, outgoing, type Writing } from "./outbox.ts"
import { useOvertaking, type Overtaking } from "./overtaking.ts"
import type { Ticket } from "./ticket.ts"

interface With {
  andThen?: "resolved" | "closed" | undefined
  files: Attachment[]
  replyTo: string | null
}

export interface Held extends Overtaking {
  send: () => void
}

/** Writes and sends. Holds a reply back when a colleague has answered meanwhile, or is about to. */
export function useSend(ticket: Ticket, mode: Mode, draft: ReturnType<typeof useDraft>) {
  const company = useOvertaking(ticket)
  const [held, setHeld] = useState<Held>()
  const post = useDeciding(ticket, (next, writing) => {
    setHeld(next)
    // Words alone go back to where they were written, unless something else was begun there.
    if (writing.files.length > 0 || !draft.isEmpty()) return
    drop(writing.key)
    draft.write(writing.content)
  })

  const write = (text: string) => {
    company.noteBeginning(text)
    draft.write(text)
  }

  const begin = (content: string, { andThen, files, replyTo }: With) => {
    company.noteBeginning("")
    draft.clear()
    const lastSeen = company.newestSeen()
    const then = andThen ? { status: andThen, from: ticket.status } : null
    post({ content, isInternal: mode === "note", replyTo, files, template: null, lastSeen, andThen: then })
  }

  /** Whether it is on its way; `onGone` is told when it goes later, after somebody has decided. */
  const send = (how: With, onGone: () => void) => {
    const content = draft.text.trim()
    if (!content && how.files.length === 0) return false
    const before = mode === "note" ? undefined : company.before()
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
export function useTryAgain(ticket: Ticket) {
  const again = useSendAgain(ticket.number)
  const [held, setHeld] = useState<Held>()
  const post = useDeciding(ticket, setHeld)
  const retry = ({ id }: Message) => {
    const kept = outgoing(id)
    if (kept) post(kept)
    else again.mutate(id)
  }
  return { retry, held, release: () => setHeld(undefined) }
}

type Unkeyed = Omit<Writing, "key"> & { key?: string }

/**
 * Sends a message. When a colleague's reply came before it, it waits for a decision; what is then sent is another request,
 * which has seen that reply.
 */
function useDeciding(ticket: Ticket, onOvertaken: (held: Held, writing: Writing) => void) {
  const company = useOvertaking(ticket)
  const message = useWrite(ticket.number)
  const post = (unkeyed: Unkeyed) => {
    const writing = { ...unkeyed, key: unkeyed.key ?? uniqueKey() }
    const decideAnew = async (error: Problem) => {
      const said = await company.answerIn(error)
      const send = () => {
        drop(writing.key)
        post({ ...unkeyed, key: uniqueKey(), lastSeen: company.newestSeen() })
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
  const message = useWrite(ticket.number)
  const plain = { isInternal: false, replyTo: null, lastSeen: null, andThen: null }
  return ({ template, text, files }: { template: TemplateUse; text: string; files: Attachment[] }) =>
    message.mutate({ ...plain, key: uniqueKey(), content: text, files, template })
}
