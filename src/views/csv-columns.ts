// What an export says of a ticket, column by column.
import { phonesAndEmails, type Viewer } from "#contacts/index.ts"
import type { Database } from "#kernel/db.ts"
import type { ListedTicket } from "#tickets/index.ts"
import type { Cell } from "./csv-export.ts"
import type { CsvLayout, CustomField } from "./csv-layout.ts"

/** A ticket with the addresses of its contact, those of a kind together. */
export type ExportedTicket = ListedTicket & { phone: string; email: string }

type Column = { name: string; cell: (ticket: ExportedTicket, as: CsvLayout) => Cell }

const names = (of: { name: string }[]) => of.map(({ name }) => name).join(", ")
const column = (name: string, cell: Column["cell"]): Column => ({ name, cell })
const time = (
  name: "createdAt" | "updatedAt" | "lastMessageAt" | "firstResponseAt" | "resolvedAt" | "closedAt" | "waitingSince",
) => column(name, (t, as) => as.time(t[name]))

// New ones come last: programs may go by their place.
const ofEveryTicket: Column[] = [
  column("number", (t) => t.number),
  column("id", (t) => t.id),
  column("kind", (t, as) => as.word("kind", t.kind)),
  column("status", (t, as) => as.word("rawStatus", t.status)),
  column("priority", (t, as) => as.word("priority", t.priority)),
  column("subject", (t) => t.subject),
  column("description", (t) => t.description ?? ""),
  column("contact", (t) => t.contact?.name ?? ""),
  column("assignee", (t) => t.assignee?.name ?? ""),
  column("team", (t) => t.team?.name ?? ""),
  column("channel", (t, as) => as.word("channel", t.channel)),
  column("connection", (t) => t.connection?.name ?? ""),
  column("categories", (t) => names(t.categories)),
  column("tags", (t) => t.tags.join(", ")),
  column("messageCount", (t) => t.messageCount),
  column("unreadMessages", (t) => t.unreadMessages),
  column("reopenCount", (t) => t.reopenCount),
  time("createdAt"),
  time("updatedAt"),
  time("lastMessageAt"),
  time("firstResponseAt"),
  time("resolvedAt"),
  time("closedAt"),
  column("surveyScore", (t) => t.surveyScore ?? ""),
  column("resolution", (t) => t.resolution ?? ""),
  column("phone", (t) => t.phone),
  column("email", (t) => t.email),
  time("waitingSince"),
  column("undelivered", (t) => t.undelivered),
]

export const csvHeadings = (as: CsvLayout, custom: readonly CustomField[]): Cell[] => [
  ...ofEveryTicket.map(({ name }) => as.heading(name)),
  ...custom.map((field) => as.field(field)),
]

export const csvCells = (ticket: ExportedTicket, as: CsvLayout, custom: readonly CustomField[]): Cell[] => [
  ...ofEveryTicket.map(({ cell }) => cell(ticket, as)),
  ...custom.map(({ key }) => customCell(ticket.customFields[key], as)),
]

function customCell(value: unknown, as: CsvLayout): Cell {
  if (value === null || value === undefined) return ""
  if (typeof value === "number") return as.number(value)
  if (typeof value === "boolean") return as.flag(value)
  if (Array.isArray(value)) return value.join(", ")
  return typeof value === "string" ? value : JSON.stringify(value)
}

/** The desk's own fields, in the order of their labels. */
export const customFieldsOf = (db: Database): Promise<CustomField[]> =>
  db.kysely.selectFrom("customFields").select(["key", "label"]).orderBy("label").orderBy("key").execute()

/** The tickets with the phones and e-mails of their contacts, as far as their reader may see them. */
export async function withAddresses(db: Database, viewer: Viewer, tickets: ListedTicket[]): Promise<ExportedTicket[]> {
  const addresses = await phonesAndEmails(db, viewer, [...new Set(tickets.flatMap(({ contact }) => contact?.id ?? []))])
  return tickets.map((ticket) => {
    const { phone = [], email = [] } = addresses.get(ticket.contact?.id ?? "") ?? {}
    return { ...ticket, phone: phone.join(", "), email: email.join(", ") }
  })
}
