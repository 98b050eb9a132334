// What each ticket of a batch will be here. Decides and reports; writes nothing.
import { channels } from "#channels/index.ts"
import { newId } from "#kernel/ids.ts"
import { checkFields, conversationKey, type ImportedTicket, type Status, type Values } from "#tickets/index.ts"
import type { DeskNames } from "./teams-categories-and-connections-by-name.ts"
import type { MessageRow, TicketRow } from "./batch-of-records.ts"
import { type Staff, staffOf } from "./create-users.ts"
import type { Contacts } from "./find-or-create-contacts.ts"
import type { ImportStep } from "./batch-import-context.ts"
import type { ticketStatuses } from "../record-schemas.ts"

export type PlannedTicket = {
  row: TicketRow
  ticket: ImportedTicket
  categoryIds: string[]
  fieldValues: Values
}

type Ground = { step: ImportStep; desk: DeskNames; staff: Staff; contacts: Contacts }

const dayMs = 86_400_000

/** `messages`: those of the ticket that come with it. */
export function planTicket(ground: Ground, row: TicketRow, messages: readonly MessageRow[]): PlannedTicket {
  const { step, contacts } = ground
  const say = (field: string, expected: string) => step.say({ line: row.line, field, expected, isRefused: false })
  const person = row.contact && contacts.of(row.contact)
  const times = timesOf(ground, row, messages, say)
  const place = placeOf(ground, row, person?.contactId ?? null, say)
  const assigneeId = assigneeOf(ground, row, times.status, say)
  const status = place.kind === "conversation" ? conversationStatus(times.status, assigneeId) : times.status
  const { values, categoryIds } = valuesOf(ground, row, say)
  const ticket: ImportedTicket = {
    id: newId("tkt"),
    number: null,
    ...place,
    ...times,
    status,
    contactId: person?.contactId ?? null,
    requesterIdentityId: person?.identityId ?? null,
    isGroup: false,
    assigneeId,
    teamId: teamOf(ground, row, say),
    campaignShipmentId: null,
    unread: 0,
    messages: 0,
    waitingFrom: null,
    firstAt: null,
    lastAt: null,
    createdByKind: "import",
    createdById: null,
    subject: row.subject ?? "",
    description: row.description ?? "",
    priority: row.priority ?? "medium",
    tags: row.tags ?? [],
    customFields: values,
    resolution: row.resolution ?? null,
  }
  return { row, ticket, categoryIds, fieldValues: values }
}

type Say = (field: string, expected: string) => void
type Times = Pick<ImportedTicket, "createdAt" | "updatedAt" | "resolvedAt" | "closedAt" | "firstResponseAt"> & {
  status: Status
}

/** Nothing happens to a ticket before it is created, and nobody resolves what is closed. */
function timesOf({ step, desk }: Ground, row: TicketRow, messages: readonly MessageRow[], say: Say): Times {
  const said = messages.flatMap(({ createdAt }) => createdAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())
  const createdAt = row.createdAt ?? said[0] ?? row.resolvedAt ?? row.closedAt ?? step.act.now
  const since = (field: "firstResponseAt" | "resolvedAt" | "closedAt") => {
    const at = row[field]
    if (at === undefined || at >= createdAt) return at ?? null
    say(field, "an instant that is not before the ticket's first")
    return null
  }
  const [firstResponseAt, resolved, closed] = [since("firstResponseAt"), since("resolvedAt"), since("closedAt")]
  const last = row.updatedAt ?? closed ?? said.at(-1) ?? createdAt
  const updatedAt = last < createdAt ? createdAt : last
  const given = row.status ?? (row.closedAt ? "closed" : row.resolvedAt ? "resolved" : "open")
  const { status, resolvedAt, closedAt } = endOf(given, { resolved, closed: closed ?? updatedAt }, { step, desk })
  return { status, createdAt, updatedAt, resolvedAt, closedAt, firstResponseAt }
}

type End = Pick<Times, "status" | "resolvedAt" | "closedAt">

/** A ticket that was resolved so early that it would close at once is closed from the instant at which it would have. */
function endOf(
  given: (typeof ticketStatuses)[number],
  { resolved, closed }: { resolved: Date | null; closed: Date },
  { step, desk }: Pick<Ground, "step" | "desk">,
): End {
  if (given === "closed")
    return { status: given, resolvedAt: resolved && resolved < closed ? resolved : closed, closedAt: closed }
  if (given !== "resolved") return { status: given === "new" ? "open" : given, resolvedAt: null, closedAt: null }
  const resolvedAt = resolved ?? closed
  const closedAt = new Date(resolvedAt.getTime() + desk.autoCloseDays * dayMs)
  const isLongResolved = desk.autoCloseDays > 0 && closedAt <= step.act.now
  return isLongResolved ? { status: "closed", resolvedAt, closedAt } : { status: given, resolvedAt, closedAt: null }
}

/** With a connection it is the conversation with its contact there, else a ticket by itself. */
function placeOf({ desk }: Ground, row: TicketRow, contactId: string | null, say: Say) {
  const alone = { kind: "support" as const, threadKey: null, connectionId: null, channel: row.channel ?? "web" }
  if (row.connection === undefined) return alone
  const connection = desk.connections.get(row.connection.toLowerCase())
  if (!connection || contactId === null) {
    say(
      "connection",
      connection
        ? "a contact with an address, to have a conversation with"
        : "the name or id of a connection of this desk",
    )
    return alone
  }
  return {
    kind: "conversation" as const,
    threadKey: conversationKey(connection.id, contactId),
    connectionId: connection.id,
    channel: channels[connection.kind]?.word ?? "api",
  }
}

function conversationStatus(status: Status, assigneeId: string | null): Status {
  if (status === "resolved" || status === "closed") return "closed"
  return assigneeId === null ? "pending" : "open"
}

/** What is over keeps who had it; what is open is given to nobody who has left. */
function assigneeOf({ step, staff }: Ground, { assignee }: TicketRow, status: Status, say: Say): string | null {
  if (!assignee || (assignee.id === undefined && assignee.email === undefined)) return null
  const account = staffOf(step, staff, assignee)
  if (!account) say("assignee", "the id or e-mail of a member of staff, of this desk or imported before")
  else if (!account.isActive && status !== "closed") say("assignee", "somebody whose account is switched on")
  return account && (account.isActive || status === "closed") ? account.id : null
}

function teamOf({ desk }: Ground, { team }: TicketRow, say: Say): string | null {
  const id = team === undefined ? null : desk.teams.get(team.toLowerCase())
  if (id === undefined) say("team", "the name of a team of this desk; the default team has it")
  return id ?? null
}

function valuesOf({ desk }: Ground, row: TicketRow, say: Say) {
  const fields = desk.fields.map((field) => ({ ...field, required: false }))
  const { values, wrong } = checkFields({ fields, given: row.customFields ?? {}, before: {} })
  for (const { path, message } of wrong) say(path, message)
  const categoryIds = (row.categories ?? []).flatMap((name) => {
    const id = desk.categories.get(name.toLowerCase())
    if (id === undefined) say("categories", `the names of categories of this desk, not ${name}`)
    return id ?? []
  })
  return { values, categoryIds }
}
