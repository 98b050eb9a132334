// Freshdesk: tickets of its API v2 (`/api/v2/tickets?include=requester,stats`, `/tickets/{id}?include=conversations`), its contacts and
// agents, and the JSON of its account export (`helpdesk_ticket` with `helpdesk_notes`).
import { type DeskApi, pagesOf, type Source } from "./source.ts"
import {
  activeUnless,
  given,
  instant,
  isTrue,
  object,
  objects,
  text,
  type Value,
  wordFor,
} from "./read-untyped-values.ts"

export const freshdesk: Source = {
  expected: "a ticket, contact or agent of Freshdesk",
  *records(value) {
    const exported = object(value["helpdesk_ticket"])
    const { contact, user, agent } = value
    if (Object.keys(exported).length > 0) yield ticketOf(exported)
    else if (user || agent || (contact && "available" in value)) yield personOf(value)
    else if ("subject" in value || "requester_id" in value) yield ticketOf(value)
    else if ("email" in value || "phone" in value || "mobile" in value) yield personOf(value)
  },
  api: { headers: (token) => ({ authorization: `Basic ${btoa(`${token}:X`)}` }), values: download },
}

/** It gives 300 pages of one question, and is then asked for what was changed since. */
const mostPages = 300

async function* download({ get }: DeskApi): AsyncGenerator<Value> {
  const list = (path: string) => (page: number) =>
    get(`/api/v2/${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`).then(objects)
  yield* pagesOf(list("agents"))
  yield* pagesOf(list("contacts"))
  for (let since: string | undefined = "1970-01-01T00:00:00Z"; since !== undefined;) {
    const ask = list(
      `tickets?include=requester,stats,description&order_by=updated_at&order_type=asc&updated_since=${since}`,
    )
    let last: string | undefined
    let count = 0
    for await (const ticket of pagesOf(async (page) => (page > mostPages ? [] : ask(page)))) {
      const conversations = await Array.fromAsync(pagesOf(list(`tickets/${text(ticket["id"])}/conversations`)))
      yield { ...ticket, conversations }
      last = text(ticket["updated_at"])
      count++
    }
    since = count >= mostPages * 100 && last !== since ? last : undefined
  }
}

const statuses = {
  "2": "open",
  "3": "pending",
  "4": "resolved",
  "5": "closed",
  "6": "pending",
  "7": "pending",
  open: "open",
  pending: "pending",
  resolved: "resolved",
  closed: "closed",
  "waiting on customer": "pending",
  "waiting on third party": "pending",
}
const priorities = { "1": "low", "2": "medium", "3": "high", "4": "urgent" }
const channels: Record<string, string> = {
  "1": "email",
  "2": "web",
  "3": "phone",
  "7": "chat",
  "9": "web",
  "10": "email",
  "13": "whatsapp",
}

/** Agents say of themselves whether they are available, and what stands for a person in the API is `contact`. */
function personOf(value: Value): Value {
  const person = { ...value, ...object(value["contact"]), ...object(value["user"]) }
  const isAgent = "available" in value || "ticket_scope" in value || "agent" in value
  const all = { ...person, ...object(object(value["agent"])["user"]) }
  const isActive = activeUnless(all["deleted"], all["active"])
  if (isAgent)
    return given({ type: "user", id: value["id"], email: all["email"], name: all["name"], role: "agent", isActive })
  return given({
    type: "contact",
    id: all["id"],
    name: all["name"],
    email: all["email"],
    emails: all["other_emails"],
    phone: text(all["mobile"]) ?? text(all["phone"]),
    createdAt: instant(all["created_at"]),
  })
}

function ticketOf(ticket: Value): Value {
  const { requester, stats, ticket_states } = ticket
  const times = { ...object(ticket_states), ...object(stats) }
  const requesterId = text(ticket["requester_id"] ?? object(requester)["id"])
  const number = ticket["display_id"] ?? ticket["id"]
  const status = wordFor(statuses, ticket["status_name"] ?? ticket["status"])
  const { name, email, phone, mobile } = object(requester)
  const byName = { name: name ?? ticket["requester_name"], email, phone: text(mobile) ?? text(phone) }
  return given({
    type: "ticket",
    id: number,
    number,
    subject: ticket["subject"],
    description: text(ticket["description_text"]) ?? text(ticket["description"]),
    status,
    priority: wordFor(priorities, ticket["priority"]),
    channel: channels[text(ticket["source"]) ?? ""],
    contact: given({ id: requesterId, ...byName }),
    assignee: given({ id: text(ticket["responder_id"]) }),
    tags: Array.isArray(ticket["tags"]) ? ticket["tags"].map((tag) => text(object(tag)["name"]) ?? tag) : undefined,
    customFields: given(object(ticket["custom_fields"] ?? ticket["custom_field"])),
    createdAt: instant(ticket["created_at"]),
    updatedAt: instant(ticket["updated_at"]),
    firstResponseAt: instant(times["first_responded_at"] ?? times["first_response_time"]),
    resolvedAt: instant(times["resolved_at"]),
    closedAt: status === "closed" ? (instant(times["closed_at"]) ?? instant(ticket["updated_at"])) : undefined,
    messages: messagesOf(ticket, requesterId),
  })
}

function messagesOf(ticket: Value, requesterId: string | undefined): Value[] {
  const opening = {
    ...bodyOf(ticket["description_text"], ticket["description_html"] ?? ticket["description"]),
    author: { kind: "contact" },
    createdAt: instant(ticket["created_at"]),
    attachments: filesOf(ticket["attachments"]),
  }
  const notes = objects(ticket["conversations"] ?? ticket["helpdesk_notes"] ?? ticket["notes"])
  const said = notes.map((one) => messageOf(object(one["helpdesk_note"] ?? one["note"] ?? one), requesterId))
  return [given({ id: `${text(ticket["display_id"] ?? ticket["id"])}/description`, ...opening }), ...said]
}

function messageOf(note: Value, requesterId: string | undefined): Value {
  const userId = text(note["user_id"])
  const isIncoming = isTrue(note["incoming"]) || userId === requesterId
  return given({
    id: text(note["id"]),
    author: given({ id: userId, kind: isIncoming ? "contact" : "user" }),
    ...bodyOf(note["body_text"], note["body_html"] ?? note["body"]),
    isInternal: note["private"],
    createdAt: instant(note["created_at"]),
    attachments: filesOf(note["attachments"]),
  })
}

const bodyOf = (plain: unknown, html: unknown) => (text(plain) ? { content: text(plain) } : { html: text(html) })

const filesOf = (files: unknown) =>
  objects(files).map((file) =>
    given({
      id: text(file["id"]),
      name: file["name"] ?? file["content_file_name"],
      mimeType: file["content_type"] ?? file["content_content_type"],
      url: file["attachment_url"],
    }),
  )
