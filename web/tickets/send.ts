import { useState } from "react"
import type { Attachment } from "#messages/contract.ts"
import { Problem } from "../lib/api.ts"
import { uniqueKey } from "../lib/unique.ts"
import type { TemplateUse } from "../templates/templates.ts"
import { useChangeStatus } from "./change.ts"
import type { Mode, useDraft } from "./drafts.ts"
import { useWrite } from "./messages.ts"
import { drop } from "./outbox.ts"
import { useOvertaking, type Overtaking } from "./overtaking.ts"
import type { Ticket } from "./ticket.ts"

interface With {
  andThen?: "resolved" | "closed" | undefined
  files: Attachment[]
  replyTo: string | null
}

/** Writes and sends. Holds a reply back when a colleague has answered meanwhile, or is about to. */
export function useSend(ticket: Ticket, mode: Mode, draft: ReturnType<typeof useDraft>) {
  const company = useOvertaking(ticket)
  const message = useWrite(ticket.number)
  const status = useChangeStatus(ticket.number)
  const [held, setHeld] = useState<Overtaking & { send: () => void }>()

  const write = (text: string) => {
    company.noteBeginning(text)
    draft.write(text)
  }

  const post = (content: string, { andThen, files, replyTo }: With, lastSeen: string | null) => {
    const key = uniqueKey()
    const refused = async (error: Problem) => {
      drop(key)
      draft.write(content)
      const said = await company.answerIn(error)
      setHeld({ ...said, send: () => post(content, { andThen, files, replyTo }, null) })
    }
    company.noteBeginning("")
    draft.clear()
    message.mutate(
      { key, content, isInternal: mode === "note", replyTo, files, template: null, lastSeen },
      {
        onSuccess: () => andThen && status.mutate({ status: andThen, from: ticket.status }),
        onError: (error) => {
          if (error instanceof Problem && error.code === "newer_reply") void refused(error)
        },
      },
    )
  }

  /** Whether it is on its way; `onGone` is told when it goes later, after somebody has decided. */
  const send = (how: With, onGone: () => void) => {
    const content = draft.text.trim()
    if (!content && how.files.length === 0) return false
    const before = mode === "note" ? undefined : company.before()
    if (!before) {
      post(content, how, company.newestSeen())
      return true
    }
    const sendLater = () => {
      post(content, how, null)
      onGone()
    }
    setHeld({ ...before, send: sendLater })
    return false
  }

  return { write, send, held, release: () => setHeld(undefined) }
}

/** `text` is what is shown until the server has made the message from the template. */
export function useSendTemplate(ticket: Ticket) {
  const message = useWrite(ticket.number)
  return ({ template, text, files }: { template: TemplateUse; text: string; files: Attachment[] }) =>
    message.mutate({
      key: uniqueKey(),
      content: text,
      isInternal: false,
      replyTo: null,
      files,
      template,
      lastSeen: null,
    })
}
