import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { invalidField } from "#kernel/errors.ts"
import { renderMarkdown } from "#messages/index.ts"
import { namesOf } from "#people/index.ts"
import type { Ticket } from "#tickets/index.ts"
import { type FilledText, variables } from "./api-contract.ts"
import { fillPlaceholders, firstWord, unknownVariables, type Values } from "./fill-placeholders.ts"

/** Who writes: nobody where Hilo does. */
type Writer = { id: string | null }
type NamedTicket = Pick<Ticket, "number" | "subject"> & Record<"contact" | "team", { name: string } | null>

/** What the variables mean for this ticket, by this person. */
async function valuesFor(from: Kysely<DB>, { id }: Writer, ticket: NamedTicket): Promise<Values> {
  const agent = id === null ? null : ((await namesOf(from, [id])).get(id) ?? null)
  const contact = ticket.contact?.name ?? null
  return {
    "contact.name": contact,
    "contact.firstName": contact && firstWord(contact),
    "ticket.number": ticket.number,
    "ticket.subject": ticket.subject,
    "team.name": ticket.team?.name ?? null,
    "agent.name": agent,
    "agent.firstName": agent && firstWord(agent),
  }
}

/** The text as the ticket's customer would read it. */
export async function fillForTicket(
  from: Kysely<DB>,
  who: Writer,
  ticket: NamedTicket,
  text: string,
): Promise<FilledText> {
  const { content, unresolved } = fillPlaceholders(text, await valuesFor(from, who, ticket))
  return { content, contentHtml: renderMarkdown(content), unresolved }
}

export function refuseUnknownVariables(path: string, text: string): void {
  const [unknown] = unknownVariables(text)
  if (unknown === undefined) return
  throw invalidField(path, `{{${unknown.slice(0, 50)}}} is no variable; there are ${variables.join(", ")}`)
}
