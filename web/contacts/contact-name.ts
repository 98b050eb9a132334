import { useQuery } from "@tanstack/react-query"
import { ticketChannels } from "../channels/channel-registry.ts"
import { useTexts } from "../lib/language.tsx"
import type { Ticket } from "../tickets/ticket.ts"
import { contactQuery } from "./contact-query.ts"
import { readableAddress } from "./addresses/first-readable-address.ts"

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

/** How the other side of a ticket is called: by name, else by the first address that people can read. */
export function useContactNameOf(ticket: NamedByContact & { number: string }): string {
  const { contact, number } = ticket
  const plainName = useContactName()(ticket)
  const isNameless = contact?.name === ""
  const found = useQuery({ ...contactQuery(contact?.id ?? "", number), enabled: isNameless }).data
  return (isNameless && readableAddress(found?.identities ?? [])) || plainName
}
