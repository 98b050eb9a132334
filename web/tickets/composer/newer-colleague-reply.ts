import { useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import type { Problem } from "../../lib/api-client.ts"
import { useMe } from "../../session/session-queries.ts"
import { useTicketViewers } from "../viewers/ticket-viewers.ts"
import { messagesQuery, messagesInOrder } from "../messages/message-queries.ts"
import type { Ticket } from "../ticket.ts"

export interface NewerReply {
  name: string
  /** What the colleague has answered; nothing while they are still writing. */
  content: string | null
}

/** Whether a colleague answered since one began to write, or is answering now. */
export function useNewerReply(ticket: Ticket) {
  const client = useQueryClient()
  const me = useMe()
  const { writers } = useTicketViewers(ticket.id)
  const begun = useRef<{ after: string | undefined }>(undefined)
  const { queryKey } = messagesQuery(ticket.number)
  const known = () => messagesInOrder(client.getQueryData(queryKey))
  const lastAnswer = () =>
    known().findLast(
      ({ direction, isInternal, sender }) => direction === "out" && !isInternal && sender.type === "user",
    )
  return {
    noteBeginning: (text: string) => {
      if (!text.trim()) begun.current = undefined
      else begun.current ??= { after: lastAnswer()?.id }
    },
    before: (): NewerReply | undefined => {
      const last = lastAnswer()
      if (last && begun.current && last.id !== begun.current.after && last.sender.id !== me.id)
        return { name: last.sender.name ?? "", content: last.content }
      const writer = writers.find((one) => one.mode === "reply")
      return writer && { name: writer.user.name, content: null }
    },
    newestSeen: () => known().findLast(({ id }) => id.startsWith("msg_"))?.id ?? null,
    /** Read anew, so that what the colleague wrote can be shown. */
    answerIn: async ({ body }: Problem): Promise<NewerReply> => {
      const { messageId, by } = body as { messageId?: string; by?: { name?: string } }
      await client.refetchQueries({ queryKey })
      return { name: by?.name ?? "", content: known().find((one) => one.id === messageId)?.content ?? "" }
    },
  }
}
