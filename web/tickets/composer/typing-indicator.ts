import { useRef } from "react"
import { post } from "../../lib/api-client.ts"
import type { Mode } from "../messages/message-mode.ts"
import type { Ticket } from "../ticket.ts"

// WhatsApp shows it for 25 seconds.
const every = 20_000

/** Shows the customer that somebody is writing. A courtesy: whether it worked is nobody's concern. */
export function useTypingIndicator(ticket: Ticket, mode: Mode) {
  const sentAt = useRef(0)
  return (text: string) => {
    if (ticket.channel !== "whatsapp" || mode === "note" || text === "" || Date.now() - sentAt.current < every) return
    sentAt.current = Date.now()
    post(`/tickets/${ticket.number}/typing`).catch(() => undefined)
  }
}
