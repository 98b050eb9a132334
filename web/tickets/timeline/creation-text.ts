import type { TextId } from "#texts/languages-and-text-ids.ts"

/** What the systems are called from which Hilo imports; its own format may be anybody's. */
const systems: Record<string, string> = {
  zendesk: "Zendesk",
  freshdesk: "Freshdesk",
  chatwoot: "Chatwoot",
  zammad: "Zammad",
  osticket: "osTicket",
}

/** The text that says how a ticket came to be, with its values: an imported one was opened somewhere else. */
export function creationText(details: Record<string, unknown>): [id: TextId, values: Record<string, string>] {
  if (details["origin"] !== "import") return ["event.ticket.created", {}]
  const source = systems[String(details["source"])]
  return source ? ["event.importedFrom", { source }] : ["event.imported", {}]
}
