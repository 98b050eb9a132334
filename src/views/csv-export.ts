// Tickets as CSV: page after page by the list's own cursor, so that a million of them need no more memory than one page.
import { stringify } from "csv-stringify/sync"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import { type ListedTicket, type ListQuery, ticketsInPages } from "#tickets/index.ts"

const names = (of: { name: string }[]) => of.map(({ name }) => name).join(", ")
const time = (at: Date | null) => at?.toISOString() ?? ""

const columns: Record<string, (ticket: ListedTicket) => string | number> = {
  number: (t) => t.number,
  id: (t) => t.id,
  kind: (t) => t.kind,
  status: (t) => t.status,
  priority: (t) => t.priority,
  subject: (t) => t.subject,
  description: (t) => t.description ?? "",
  contact: (t) => t.contact?.name ?? "",
  assignee: (t) => t.assignee?.name ?? "",
  team: (t) => t.team?.name ?? "",
  channel: (t) => t.channel,
  connection: (t) => t.connection?.name ?? "",
  categories: (t) => names(t.categories),
  tags: (t) => t.tags.join(", "),
  messageCount: (t) => t.messageCount,
  unreadMessages: (t) => t.unreadMessages,
  reopenCount: (t) => t.reopenCount,
  createdAt: (t) => time(t.createdAt),
  updatedAt: (t) => time(t.updatedAt),
  lastMessageAt: (t) => time(t.lastMessageAt),
  firstResponseAt: (t) => time(t.firstResponseAt),
  resolvedAt: (t) => time(t.resolvedAt),
  closedAt: (t) => time(t.closedAt),
  surveyScore: (t) => t.surveyScore ?? "",
  resolution: (t) => t.resolution ?? "",
}

const longestMs = 10 * 60_000
// Spreadsheets take the text for UTF-8 only with it.
const byteOrderMark = "\ufeff"

const lineEnd = /[\n\r\v\f\u0085\u2028\u2029]/

/**
 * A cell that a spreadsheet would calculate gets an apostrophe before it, so that +57 stays readable; one with any line
 * end is quoted: a bare line feed would begin a row of its own.
 */
export const csv = (rows: (string | number)[][]): string =>
  stringify(rows, { escape_formulas: true, quoted_match: lineEnd, record_delimiter: "\r\n" })

/** The lines of the export, a page at a time. However it ends, the log says who took how many, and by which filters. */
export async function* exportTickets(
  kit: Kit,
  who: Principal,
  query: ListQuery,
  filters: string[],
): AsyncGenerator<string> {
  const until = performance.now() + longestMs
  let count = 0
  try {
    yield byteOrderMark + csv([Object.keys(columns)])
    for await (const tickets of ticketsInPages(kit, who, query)) {
      if (performance.now() > until) throw new Error("the export took too long")
      count += tickets.length
      yield csv(tickets.map((ticket) => Object.values(columns).map((cell) => cell(ticket))))
    }
  } finally {
    await inTransaction(kit.db, { actor: who, now: kit.now() }, (act) =>
      recordAdminAct(act, "tickets.exported", {
        subjectId: "tickets",
        name: "CSV",
        after: { filters, count },
        fields: ["filters", "count"],
        data: { filters, count },
      }),
    )
  }
}
