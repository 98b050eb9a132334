// Zendesk: the JSON export of tickets and of users (an object a line), and pages of its API (`/api/v2/tickets`, `/users`,
// `/tickets/{id}/comments`, incremental exports with side-loaded users).
import type { DeskApi, Source } from "./source.ts"
import {
  activeUnless,
  elementsOf,
  given,
  instant,
  isTrue,
  object,
  objects,
  text,
  type Value,
  wordFor,
} from "./read-untyped-values.ts"

export const zendesk: Source = {
  expected: "a ticket, user or page of Zendesk",
  *records(value) {
    for (const user of elementsOf(value, "users")) yield userOf(user)
    for (const ticket of elementsOf(value, "tickets")) yield ticketOf(ticket)
    if (isPage(value)) return
    const { ticket, user } = value
    if (ticket || user) yield ticket ? ticketOf(object(ticket)) : userOf(object(user))
    else if ("role" in value) yield userOf(value)
    else if ("subject" in value || "status" in value) yield ticketOf(value)
  },
  // A token is EMAIL/token:TOKEN, as Zendesk writes it, or one of OAuth.
  api: {
    headers: (token) => ({ authorization: token.includes(":") ? `Basic ${btoa(token)}` : `Bearer ${token}` }),
    values: download,
  },
}

async function* download({ get }: DeskApi): AsyncGenerator<Value> {
  for (const what of ["users", "tickets"]) {
    for (let next: string | undefined = `/api/v2/incremental/${what}/cursor.json?start_time=0`; next !== undefined;) {
      const page: Value = object(await get(next))
      for (const one of objects(page[what]))
        if (what === "users") yield one
        else if (one["status"] !== "deleted") yield { ...one, comments: await commentsOf(get, one["id"]) }
      next = page["end_of_stream"] === true ? undefined : text(page["after_url"])
    }
  }
}

async function commentsOf(get: DeskApi["get"], id: unknown): Promise<Value[]> {
  const all: Value[] = []
  for (let next: string | undefined = `/api/v2/tickets/${text(id)}/comments.json?page[size]=100`; next !== undefined;) {
    const page: Value = object(await get(next))
    all.push(...objects(page["comments"]))
    next = object(page["meta"])["has_more"] === true ? text(object(page["links"])["next"]) : undefined
  }
  return all
}

const isPage = (value: Value) => Array.isArray(value["tickets"]) || Array.isArray(value["users"])

const statuses = {
  new: "open",
  open: "open",
  pending: "pending",
  hold: "pending",
  solved: "resolved",
  closed: "closed",
}
const priorities = { low: "low", normal: "medium", high: "high", urgent: "urgent" }
const channels = {
  email: "email",
  mail: "email",
  chat: "chat",
  messaging: "chat",
  native_messaging: "chat",
  voice: "phone",
  phone: "phone",
  whatsapp: "whatsapp",
  api: "api",
}

function userOf(user: Value): Value {
  const { role, email } = user
  const isStaff = role === "agent" || role === "admin"
  const isActive = activeUnless(user["suspended"], user["active"])
  if (isStaff && text(email))
    return given({ type: "user", id: user["id"], email, name: user["name"], role: "agent", isActive })
  return given({
    type: "contact",
    id: user["id"],
    name: user["name"],
    email,
    phone: text(user["phone"]),
    createdAt: instant(user["created_at"]),
  })
}

function ticketOf(ticket: Value): Value {
  const { id, requester, assignee, group } = ticket
  const requesterId = ticket["requester_id"] ?? object(requester)["id"]
  const closedAt = ticket["status"] === "closed" ? instant(ticket["updated_at"]) : undefined
  const solvedAt = instant(object(ticket["metric_set"])["solved_at"] ?? ticket["solved_at"])
  const channel = text(object(ticket["via"])["channel"]) ?? ""
  return given({
    type: "ticket",
    id,
    number: id,
    subject: ticket["subject"] ?? ticket["raw_subject"],
    description: ticket["description"],
    status: wordFor(statuses, ticket["status"]),
    priority: wordFor(priorities, ticket["priority"]),
    channel: channels[channel as keyof typeof channels],
    contact: personOf(requesterId, requester),
    assignee: personOf(ticket["assignee_id"] ?? object(assignee)["id"], assignee),
    team: object(group)["name"],
    tags: ticket["tags"],
    customFields: fieldsOf(ticket["custom_fields"] ?? ticket["fields"]),
    createdAt: instant(ticket["created_at"]),
    updatedAt: instant(ticket["updated_at"]),
    resolvedAt: solvedAt ?? closedAt ?? (ticket["status"] === "solved" ? instant(ticket["updated_at"]) : undefined),
    closedAt,
    messages: objects(ticket["comments"]).map((comment) => messageOf(comment, requesterId)),
  })
}

const personOf = (id: unknown, person: unknown) => {
  const { name, email, phone } = object(person)
  return given({ id: text(id), name, email: text(email), phone: text(phone) })
}

function messageOf(comment: Value, requesterId: unknown): Value {
  const author = object(comment["author"])
  const authorId = text(comment["author_id"] ?? author["id"])
  const isRequester = authorId !== undefined && authorId === text(requesterId)
  const role = text(author["role"])
  const kind = isRequester || role === "end-user" ? "contact" : role ? "user" : undefined
  const isPublic = isTrue(comment["public"] ?? true)
  return given({
    id: text(comment["id"]),
    author: {
      ...personOf(authorId, author),
      ...(kind && { kind }),
      ...(kind === undefined && !isPublic && { kind: "user" }),
    },
    content: text(comment["plain_body"] ?? comment["body"]),
    html: text(comment["plain_body"] ?? comment["body"]) ? undefined : comment["html_body"],
    isInternal: !isPublic,
    createdAt: instant(comment["created_at"]),
    attachments: objects(comment["attachments"]).map((file) =>
      given({
        id: text(file["id"]),
        name: file["file_name"],
        mimeType: file["content_type"],
        url: file["content_url"],
      }),
    ),
  })
}

/** Zendesk names its fields by number. */
const fieldsOf = (fields: unknown) =>
  Object.fromEntries(
    objects(fields).flatMap(({ id, value }) =>
      text(id) && value !== null && value !== "" && value !== false ? [[text(id)!, value]] : [],
    ),
  )
