import { ticketChannels } from "../channels/channel-registry.ts"
import { useTexts } from "../lib/language.tsx"
import type { Ticket } from "../tickets/ticket.ts"

export type NamedByContact = Pick<Ticket, "contact" | "channel" | "subject" | "incident">

/** How the other side of a ticket is called; a chat's visitor need not give a name. An incident has no other side. */
export function useContactName(): (ticket: NamedByContact) => string {
  const { t, has } = useTexts()
  return ({ contact, channel, subject, incident }) => {
    const id = `incident.trigger.${incident?.trigger ?? ""}`
    if (has(id)) return t(id)
    if (!contact) return subject || t("list.unknownContact")
    return contact.name || t(ticketChannels[channel].unnamedContact ?? "list.unknownContact")
  }
}
