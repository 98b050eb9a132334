import { useTexts } from "../lib/language.tsx"
import type { Ticket } from "./ticket.ts"

/** How the other side of a ticket is called; a chat's visitor need not give a name. */
export function useContactName(): (ticket: Pick<Ticket, "contact" | "channel" | "subject">) => string {
  const { t } = useTexts()
  return ({ contact, channel, subject }) => {
    if (!contact) return subject || t("list.unknownContact")
    return contact.name || (channel === "chat" ? t("list.visitor") : t("list.unknownContact"))
  }
}
