import { useMutation, useQueryClient } from "@tanstack/react-query"
import { postIdempotent } from "../../lib/api-client.ts"
import type { FieldValues } from "../fields/custom-field-queries.ts"
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

export function useCreateTicket() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ticket: NewTicket) => postIdempotent<Ticket>("/tickets", ticket),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tickets"] }),
  })
}
