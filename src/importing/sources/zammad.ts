// Zammad: tickets of its API with `expand=true`, each with its articles (`articles`, by `/api/v1/ticket_articles/by_ticket/{id}`), articles
// by themselves, and users.
import { type DeskApi, pagesOf, type Source } from "./source.ts"
import { elementsOf, given, instant, object, objects, text, type Value, wordFor } from "./read-untyped-values.ts"

export const zammad: Source = {
  expected: "a ticket, article or user of Zammad",
  *records(value) {
    const pages = "title" in value ? [] : elementsOf(value, "users", "tickets", "articles")
    for (const one of pages.length > 0 ? pages : [value]) {
      if ("number" in one && "title" in one) yield ticketOf(one)
      else if ("ticket_id" in one && "body" in one)
        yield { type: "message", ticket: text(one["ticket_id"]), ...messageOf(one) }
      else if ("login" in one || "email" in one || "firstname" in one) yield userOf(one)
    }
  },
  api: { headers: (token) => ({ authorization: `Token token=${token}` }), values: download },
}

async function* download({ get, keep }: DeskApi): AsyncGenerator<Value> {
  const list = (what: string) =>
    pagesOf(async (page) => objects(await get(`/api/v1/${what}?expand=true&per_page=100&page=${page}`)))
  yield* list("users")
  for await (const ticket of list("tickets")) {
    const articles = objects(await get(`/api/v1/ticket_articles/by_ticket/${text(ticket["id"])}?expand=true`))
    for (const article of articles)
      for (const file of objects(article["attachments"]))
        file["path"] = await keep(
          `/api/v1/ticket_attachment/${[ticket, article, file].map(({ id }) => text(id)).join("/")}`,
        )
    yield { ...ticket, articles }
  }
}

const statuses = {
  new: "open",
  open: "open",
  "pending reminder": "pending",
  "pending close": "pending",
  closed: "closed",
  merged: "closed",
  removed: "closed",
}
const priorities = {
  "1 low": "low",
  "2 normal": "medium",
  "3 high": "high",
  low: "low",
  normal: "medium",
  high: "high",
}
const channels: Record<string, string> = {
  email: "email",
  phone: "phone",
  web: "web",
  chat: "chat",
  "whatsapp message": "whatsapp",
}

function userOf(user: Value): Value {
  const name = [user["firstname"], user["lastname"]].flatMap((one) => text(one) ?? []).join(" ")
  const roles = Array.isArray(user["roles"]) ? user["roles"].map(String) : []
  const isStaff = roles.includes("Agent") || roles.includes("Admin")
  const email = text(user["email"])
  if (isStaff && email)
    return given({ type: "user", id: user["id"], email, name, role: "agent", isActive: user["active"] })
  const phone = text(user["mobile"]) ?? text(user["phone"])
  return given({ type: "contact", id: user["id"], name, email, phone, createdAt: instant(user["created_at"]) })
}

function ticketOf(ticket: Value): Value {
  const status = wordFor(statuses, ticket["state"])
  const closedAt = instant(ticket["close_at"] ?? ticket["last_close_at"])
  return given({
    type: "ticket",
    id: text(ticket["id"]),
    number: ticket["number"],
    subject: ticket["title"],
    status,
    priority: wordFor(priorities, ticket["priority"]),
    channel: channels[text(ticket["create_article_type"]) ?? ""],
    contact: personOf(ticket["customer_id"], ticket["customer"]),
    // Number 1 is nobody.
    assignee: text(ticket["owner_id"]) === "1" ? undefined : personOf(ticket["owner_id"], ticket["owner"]),
    team: text(ticket["group"]) ?? object(ticket["group"])["name"],
    tags: ticket["tags"],
    createdAt: instant(ticket["created_at"]),
    updatedAt: instant(ticket["updated_at"]),
    firstResponseAt: instant(ticket["first_response_at"]),
    closedAt: status === "closed" ? (closedAt ?? instant(ticket["updated_at"])) : undefined,
    messages: objects(ticket["articles"]).map(messageOf),
  })
}

/** Expanded, people are called by their e-mail. */
const personOf = (id: unknown, expanded: unknown) => {
  const said = text(expanded)
  return given({ id: text(id), ...(said?.includes("@") && { email: said }) })
}

function messageOf(article: Value): Value {
  const sender =
    text(article["sender"]) ?? { "1": "Agent", "2": "Customer", "3": "System" }[text(article["sender_id"]) ?? ""]
  const kind = sender === "Customer" ? "contact" : sender === "System" ? "system" : "user"
  const isHtml = text(article["content_type"])?.includes("html") === true
  const author =
    kind === "system"
      ? {}
      : { id: text(article["origin_by_id"] ?? article["created_by_id"]), ...emailIn(article, kind) }
  return given({
    id: text(article["id"]),
    author: given({ kind, ...author }),
    ...(isHtml ? { html: text(article["body"]) } : { content: text(article["body"]) }),
    isInternal: article["internal"],
    createdAt: instant(article["created_at"]),
    attachments: objects(article["attachments"]).flatMap((file) => fileOf(article, file)),
  })
}

const emailIn = (article: Value, kind: string) => {
  const by = text(article["created_by"])
  return kind === "user" && by?.includes("@") ? { email: by } : {}
}

/** Its bytes come along only where the exporter put them there. */
function fileOf(article: Value, file: Value): Value[] {
  const mimeType = object(file["preferences"])["Content-Type"] ?? object(file["preferences"])["Mime-Type"]
  const named = { id: `${text(article["id"])}-${text(file["id"])}`, name: file["filename"], mimeType }
  const bytes = given({ base64: file["data"], path: file["path"], url: file["url"] })
  return Object.keys(bytes).length > 0 ? [given({ ...named, ...bytes })] : [given(named)]
}
