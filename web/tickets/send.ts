import { useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import type { Attachment } from "#messages/contract.ts"
import { useTexts } from "../lib/language.tsx"
import { uniqueKey } from "../lib/unique.ts"
import { useMe } from "../session/session.ts"
import type { TemplateUse } from "../templates/templates.ts"
import { toast } from "../ui/toast.tsx"
import { useChangeStatus } from "./change.ts"
import type { Mode, useDraft } from "./drafts.ts"
import { messagesQuery, threadOf, useWrite } from "./messages.ts"
import type { Ticket } from "./ticket.ts"

interface With {
  andThen?: "resolved" | "closed" | undefined
  files: Attachment[]
  replyTo: string | null
}

/** Writes and sends. Holds a reply back once when a colleague answered since its writing began. */
export function useSend(ticket: Ticket, mode: Mode, draft: ReturnType<typeof useDraft>) {
  const { t } = useTexts()
  const me = useMe()
  const lastAnswer = useLastAnswer(ticket.number)
  const message = useWrite(ticket.number)
  const status = useChangeStatus(ticket.number)
  const begun = useRef<{ after: string | undefined }>(undefined)

  const write = (text: string) => {
    if (!text.trim()) begun.current = undefined
    else begun.current ??= { after: lastAnswer()?.id }
    draft.write(text)
  }

  const isOvertaken = () => {
    const last = lastAnswer()
    if (mode === "note" || !last || !begun.current || last.id === begun.current.after) return false
    if (last.sender.id === me.id) return false
    begun.current = { after: last.id }
    toast(t("composer.answeredBy", { name: last.sender.name ?? "" }))
    return true
  }

  const send = ({ andThen, files, replyTo }: With) => {
    const content = draft.text.trim()
    if ((!content && files.length === 0) || isOvertaken()) return false
    begun.current = undefined
    draft.clear()
    const onSuccess = () => andThen && status.mutate({ status: andThen, from: ticket.status })
    message.mutate(
      { key: uniqueKey(), content, isInternal: mode === "note", replyTo, files, template: null },
      { onSuccess },
    )
    return true
  }

  return { write, send }
}

/** `text` is what is shown until the server has made the message from the template. */
export function useSendTemplate(ticket: Ticket) {
  const message = useWrite(ticket.number)
  return ({ template, text, files }: { template: TemplateUse; text: string; files: Attachment[] }) =>
    message.mutate({ key: uniqueKey(), content: text, isInternal: false, replyTo: null, files, template })
}

function useLastAnswer(number: string) {
  const client = useQueryClient()
  return () =>
    threadOf(client.getQueryData(messagesQuery(number).queryKey)).findLast(
      ({ direction, isInternal, sender }) => direction === "out" && !isInternal && sender.type === "user",
    )
}
