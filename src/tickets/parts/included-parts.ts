// What GET /tickets/{ref} brings along when it is asked to: each part as its own route answers it, through the same eyes.
import { z } from "zod"
import { contact, contactById, viewerOf } from "#contacts/index.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { oneOrMore } from "#kernel/http/input-fields.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import type { Kit } from "#kernel/kit.ts"
import { can, type Principal } from "#people/index.ts"
import { listedTicket, listQuery, type Ticket, ticket } from "../api-contract.ts"
import { timelineAnswer } from "../history/api-contract.ts"
import { type NamesOf, ticketTimeline } from "../history/timeline-events-and-decisions.ts"
import { listTickets } from "../list/list-tickets.ts"

type ShownTicket = Pick<Ticket, "id" | "contact">

export type TicketPart<T = unknown> = {
  /** Who may ask for it at all, as its own route says. */
  access: (who: Principal) => boolean
  answer: z.ZodType<T>
  /** Of the ticket as they are shown it; what else they may not see is refused as its own route refuses it. */
  read: (who: Principal, ticket: ShownTicket) => Promise<T>
}
export type TicketParts = Record<string, TicketPart>

export const timelinePart = ({ db }: Kit, names?: NamesOf): TicketPart<z.infer<typeof timelineAnswer>> => ({
  access: can.beStaff,
  answer: timelineAnswer,
  read: (_who, { id }) => ticketTimeline(db, id, names),
})

/** The customer, as GET /contacts/{id} answers, and the newest of their tickets, as GET /tickets?contactId= does. */
export const contactParts = (kit: Kit): TicketParts => ({
  contact: {
    access: can.seeContacts,
    answer: contact,
    read: async (who, ticket) => contactById(kit.db.kysely, await viewerOf(kit.db, who), contactOf(ticket)),
  },
  contactTickets: {
    access: can.anybodySignedIn,
    answer: pageSchema(listedTicket),
    read: async (who, ticket) => listTickets(kit, who, { ...newest, contactId: [contactOf(ticket)] }),
  },
})

const newest = listQuery.parse({ limit: "20" })

function contactOf(ticket: ShownTicket): string {
  if (ticket.contact === null) throw notFound("contact")
  return ticket.contact.id
}

const areDistinct = (names: string[] | undefined) => new Set(names).size === (names?.length ?? 0)

/** Each part once, so that no request reads more than there are. */
export const includeQuery = (parts: TicketParts) =>
  z.strictObject({
    include: oneOrMore(z.enum(Object.keys(parts))).refine(areDistinct, "must name each part once"),
  })

/** The ticket, and in `included` those of the parts asked for that the reader may see. */
export function ticketWithParts(parts: TicketParts) {
  const answers = Object.entries(parts).map(([name, { answer }]) => [name, answer.optional()])
  return ticket
    .extend({ included: z.object(Object.fromEntries(answers) as z.ZodRawShape).optional() })
    .meta({ id: "TicketWithParts" })
}

/**
 * A part that they may not see is left out, like one that does not exist; so is one that cannot be read, with `report`:
 * the ticket is shown without it, and its own route answers what is wrong.
 */
export async function readParts(
  parts: TicketParts,
  names: string[],
  who: Principal,
  shown: ShownTicket,
  report: (error: unknown) => void,
) {
  const read = names.map(async (name) => {
    const part = parts[name]
    if (!part?.access(who)) return []
    try {
      return [[name, await part.read(who, shown)]]
    } catch (error) {
      if (!(error instanceof Refusal && ["not_found", "forbidden"].includes(error.kind))) report(error)
      return []
    }
  })
  return Object.fromEntries((await Promise.all(read)).flat()) as Record<string, unknown>
}
