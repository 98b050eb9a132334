// osTicket: CSV of its MySQL tables. docs/import.md gives the statements; a row is a ticket, an entry of a thread, a file of one, a user or
// a member of staff by the columns that it has.
import type { Source } from "./source.ts"
import { given, instant, text, type Value, wordFor } from "./read-untyped-values.ts"

export const osticket: Source = {
  expected:
    "a row of osTicket's tickets, thread entries, attachments, users or staff, with the columns of docs/import.md",
  *records(row) {
    if ("attachment_id" in row) yield fileOf(row)
    else if ("entry_id" in row || ("thread_id" in row && "poster" in row)) yield messageOf(row)
    else if ("staff_email" in row || ("username" in row && "staff_id" in row)) yield staffOf(row)
    else if ("ticket_id" in row || "number" in row) yield ticketOf(row)
    else if ("user_id" in row) yield contactOf(row)
  },
}

const states = { open: "open", resolved: "resolved", closed: "closed", archived: "closed", deleted: "closed" }
const priorities = { low: "low", normal: "medium", high: "high", emergency: "urgent" }
const channels: Record<string, string> = { web: "web", email: "email", phone: "phone", api: "api" }

function ticketOf(row: Value): Value {
  const closedAt = instant(row["closed"])
  const state = wordFor(states, row["state"] ?? row["status"]) ?? (closedAt ? "closed" : "open")
  return given({
    type: "ticket",
    id: row["ticket_id"] ?? row["number"],
    number: row["number"],
    subject: row["subject"],
    status: state,
    priority: wordFor(priorities, row["priority"]),
    channel: channels[text(row["source"])?.toLowerCase() ?? ""],
    contact: given({
      id: idOf("user", row["user_id"]),
      name: row["user_name"],
      email: text(row["user_email"]),
      phone: text(row["user_phone"]),
    }),
    assignee: given({ id: idOf("staff", row["staff_id"]) }),
    team: row["department"],
    createdAt: instant(row["created"]),
    updatedAt: instant(row["lastupdate"] ?? row["updated"]),
    resolvedAt: closedAt,
    closedAt: state === "closed" ? closedAt : undefined,
  })
}

/** M: a customer's message, R: an answer, N: a note. */
function messageOf(row: Value): Value {
  const type = text(row["type"])
  const [staffId, userId] = [idOf("staff", row["staff_id"]), idOf("user", row["user_id"])]
  const author =
    type === "M"
      ? { kind: "contact", id: userId, name: row["poster"] }
      : { kind: staffId ? "user" : "system", id: staffId }
  const isHtml = (text(row["format"]) ?? "html") === "html"
  return given({
    type: "message",
    ticket: text(row["ticket_id"] ?? row["object_id"]),
    id: text(row["entry_id"] ?? row["id"]),
    author: given(author.kind === "system" ? { kind: "system" } : author),
    ...(isHtml ? { html: text(row["body"]) } : { content: text(row["body"]) }),
    isInternal: type === "N",
    createdAt: instant(row["created"]),
  })
}

/** Its bytes stand in the database (`base64`), or where the plugin for file systems puts them: by their key, in folders by its first sign. */
const fileOf = (row: Value) =>
  given({
    type: "attachment",
    message: text(row["entry_id"]),
    id: text(row["attachment_id"]),
    name: row["file_name"],
    mimeType: row["mime_type"],
    base64: row["base64"],
    path: row["base64"] ? undefined : row["path"],
  })

const staffOf = (row: Value) =>
  given({
    type: "user",
    id: idOf("staff", row["staff_id"]),
    email: row["staff_email"] ?? row["email"],
    name: row["staff_name"] ?? [row["firstname"], row["lastname"]].flatMap((one) => text(one) ?? []).join(" "),
    role: "agent",
    isActive: row["isactive"],
  })

const contactOf = (row: Value) =>
  given({
    type: "contact",
    id: idOf("user", row["user_id"]),
    name: row["user_name"] ?? row["name"],
    email: row["user_email"] ?? row["email"],
    phone: text(row["user_phone"] ?? row["phone"]),
  })

/** Users and staff have numbers of their own; 0 is nobody. */
const idOf = (space: string, id: unknown) => (text(id) && text(id) !== "0" ? `${space}-${text(id)}` : undefined)
