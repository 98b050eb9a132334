import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import { post } from "../../lib/api.ts"
import { uniqueKey } from "../../lib/unique.ts"
import type { FieldValues } from "../custom-fields.ts"
import type { Priority, Ticket } from "../ticket.ts"

export interface NewTicket {
  subject: string
  description?: string
  priority: Priority
  contact?: { name?: string; email?: string; phone?: string }
  conversationId?: string
  assigneeId?: string
  teamId?: string
  categoryIds?: string[]
  customFields?: FieldValues
  attachmentIds?: string[]
  channel?: "phone" | "web"
}

/** However often the same form is sent, it is one ticket: the key stays until what is written changes. */
export function useCreateTicket() {
  const client = useQueryClient()
  const sent = useRef<{ body: string; key: string }>(undefined)
  return useMutation({
    mutationFn: (ticket: NewTicket) => {
      const body = JSON.stringify(ticket)
      if (sent.current?.body !== body) sent.current = { body, key: uniqueKey() }
      return post<Ticket>("/tickets", ticket, { "idempotency-key": sent.current.key })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["tickets"] }),
  })
}
