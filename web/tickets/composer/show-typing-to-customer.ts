import { useRef } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { post } from "../../lib/api-client.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"
import type { Ticket } from "../ticket.ts"

/** Shows the customer, where the channel can, that somebody is writing. A courtesy: whether it worked is nobody's concern. */
export function useTypingIndicator(ticket: Ticket, mode: Mode) {
  const sentAt = useRef(0)
  return (text: string) => {
    const { typingEveryMs } = ticketChannels[ticket.channel]
    if (!typingEveryMs || mode === "note" || text === "" || Date.now() - sentAt.current < typingEveryMs) return
    sentAt.current = Date.now()
    post(`/tickets/${ticket.number}/typing`).catch(() => undefined)
  }
}
