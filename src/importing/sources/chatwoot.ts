// Chatwoot: conversations of its API with their messages, contacts and agents, as pages or one a line; docs/import.md gives the SQL that
// writes the same from its PostgreSQL.
import { type DeskApi, pagesOf, type Source } from "./source.ts"
import { elementsOf, given, instant, object, objects, text, type Value, wordFor } from "./read-untyped-values.ts"

export const chatwoot: Source = {
  expected: "a conversation, contact or agent of Chatwoot",
  *records(value) {
    const page = { ...value, ...object(value["data"]) }
    const elements = elementsOf(page, "payload")
    for (const one of elements.length > 0 ? elements : [value]) {
      if ("messages" in one || "inbox_id" in one || "display_id" in one) yield ticketOf(one)
      else if ("confirmed" in one || "availability_status" in one || "role" in one) yield agentOf(one)
      else if ("email" in one || "phone_number" in one || "identifier" in one) yield contactOf(one)
    }
  },
  api: { headers: (token) => ({ api_access_token: token }), values: download, account: accountOf },
}

/** The address names the account: `https://chat.example.com/app/accounts/1`. */
function accountOf({ pathname }: URL): string {
  return `/accounts/${/accounts\/(\d+)/.exec(pathname)?.[1] ?? "1"}`
}

async function* download({ get }: DeskApi, address: URL): AsyncGenerator<Value> {
  const at = `/api/v1${accountOf(address)}`
  yield* objects(await get(`${at}/agents`))
  yield* pagesOf(async (page) => objects(object(await get(`${at}/contacts?page=${page}`))["payload"]))
  const conversations = pagesOf(async (page) => {
    const { data } = object(await get(`${at}/conversations?status=all&assignee_type=all&page=${page}`))
    return objects(object(data)["payload"])
  })
  for await (const conversation of conversations)
    yield {
      ...conversation,
      messages: await messagesOf(get, `${at}/conversations/${text(conversation["id"])}/messages`),
    }
}

/** It gives the newest first, some at a time. */
async function messagesOf(get: DeskApi["get"], path: string): Promise<Value[]> {
  const all: Value[] = []
  for (let before = ""; ;) {
    const some = objects(object(await get(path + before))["payload"])
    const known = new Set(all.map(({ id }) => id))
    const fresh = some.filter(({ id }) => !known.has(id))
    if (fresh.length === 0) return all
    all.unshift(...fresh)
    before = `?before=${Math.min(...fresh.map(({ id }) => Number(id)))}`
  }
}

const statuses = {
  open: "open",
  pending: "open",
  snoozed: "pending",
  resolved: "resolved",
  "0": "open",
  "1": "resolved",
  "2": "open",
  "3": "pending",
}
const priorities = {
  low: "low",
  medium: "medium",
  high: "high",
  urgent: "urgent",
  "0": "low",
  "1": "medium",
  "2": "high",
  "3": "urgent",
}

const agentOf = (agent: Value) =>
  given({
    type: "user",
    id: `agent-${text(agent["id"])}`,
    email: agent["email"],
    name: agent["name"] ?? agent["available_name"],
    role: "agent",
    isActive: agent["confirmed"],
  })

const contactOf = (contact: Value) =>
  given({ type: "contact", ...personOf(contact), createdAt: instant(contact["created_at"]) })

const personOf = ({ id, name, email, phone_number }: Value) =>
  given({ id: text(id) && `contact-${text(id)}`, name, email: text(email), phone: text(phone_number) })

function ticketOf(conversation: Value): Value {
  const meta = object(conversation["meta"])
  const sender = object(meta["sender"] ?? conversation["contact"])
  const assignee = object(meta["assignee"] ?? conversation["assignee"])
  const number = conversation["display_id"] ?? conversation["id"]
  const status = wordFor(statuses, conversation["status"])
  const updatedAt = instant(conversation["updated_at"] ?? conversation["last_activity_at"] ?? conversation["timestamp"])
  const attributes = object(conversation["additional_attributes"])
  return given({
    type: "ticket",
    id: number,
    number,
    subject: attributes["mail_subject"],
    status,
    priority: wordFor(priorities, conversation["priority"]),
    channel: channelOf(text(meta["channel"] ?? conversation["channel"]) ?? ""),
    contact: personOf({ id: conversation["contact_id"], ...sender }),
    assignee: given({ id: text(assignee["id"]) && `agent-${text(assignee["id"])}`, email: assignee["email"] }),
    team: object(meta["team"])["name"],
    tags: conversation["labels"],
    customFields: given(object(conversation["custom_attributes"])),
    createdAt: instant(conversation["created_at"]),
    updatedAt,
    firstResponseAt: instant(conversation["first_reply_created_at"]),
    resolvedAt: status === "resolved" ? updatedAt : undefined,
    messages: objects(conversation["messages"]).flatMap(messageOf),
  })
}

const channelOf = (kind: string) =>
  [
    ["whatsapp", "whatsapp"],
    ["email", "email"],
    ["webwidget", "chat"],
    ["api", "api"],
    ["sms", "phone"],
    ["twilio", "phone"],
  ].find(([word]) => kind.toLowerCase().includes(word!))?.[1]

/** 0 came in, 1 and 3 went out; 2 is a line about the conversation and no message. */
function messageOf(message: Value): Value[] {
  const type = text(message["message_type"])
  if (type === "2" || type === "activity") return []
  const isIncoming = type === "0" || type === "incoming"
  const sender = object(message["sender"])
  const senderId = text(sender["id"] ?? message["sender_id"])
  const senderKind = text(sender["type"] ?? message["sender_type"])?.toLowerCase() ?? (isIncoming ? "contact" : "user")
  const kind = senderKind === "contact" ? "contact" : senderKind === "user" ? "user" : "system"
  const prefix = kind === "contact" ? "contact" : "agent"
  const attachments = objects(message["attachments"]).map((file) =>
    given({ id: text(file["id"]), name: fileNameIn(text(file["data_url"])), url: file["data_url"] }),
  )
  const author =
    kind === "system" ? { kind } : given({ kind, id: senderId && `${prefix}-${senderId}`, name: sender["name"] })
  const said = {
    id: text(message["id"]),
    author,
    content: text(message["content"]),
    isInternal: message["private"],
  }
  return [given({ ...said, createdAt: instant(message["created_at"]), attachments })]
}

const fileNameIn = (url: string | undefined) => url && URL.parse(url)?.pathname.split("/").at(-1)
