// A desk that is asked for all that it has: each tool's API, as its documentation tells it, played by a server of ours.
import assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { type SourceName, sources } from "../source-registry.ts"
import { openInput } from "./open-input.ts"
import { readRecords } from "./read-records.ts"

/** Answers by path with query; what is not listed is an empty page. */
let answers: Record<string, unknown> = {}
let asked: { path: string; authorization: string | undefined }[] = []
let busy = 0
const server = createServer(({ url = "", headers }, response) => {
  const authorization = headers.authorization ?? (headers["api_access_token"] as string | undefined)
  asked.push({ path: url, authorization })
  if (busy-- > 0) return void response.writeHead(429, { "retry-after": "0" }).end("{}")
  if (authorization === undefined) return void response.writeHead(401).end("{}")
  const found = answers[url]
  if (typeof found === "string") return void response.end(found)
  return void response.setHeader("content-type", "application/json").end(JSON.stringify(found ?? []))
})
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
after(() => (server.closeAllConnections(), server.close()))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const outbound = createOutbound({ allowPrivate: [] })

async function recordsOf(name: SourceName, token: string, given: Record<string, unknown>, path = "/") {
  answers = given
  asked = []
  process.env["HILO_IMPORT_TOKEN"] = token
  const input = await openInput(base + path, { outbound, source: sources[name] })
  const problems: unknown[] = []
  const read = await Array.fromAsync(readRecords(input.values(), sources[name], (one) => problems.push(one)))
  await input.close()
  assert.deepEqual(problems, [])
  return read.map(({ record }) => record)
}

const shapeOf = (records: Awaited<ReturnType<typeof recordsOf>>) =>
  records.map((one) => [one.type, one.id, one.type === "ticket" ? (one.messages ?? []).map(({ id }) => id) : undefined])

test("Zammad: users, tickets with their articles, and files; asked again when it was asked too much", async () => {
  busy = 2
  const article = {
    id: 5,
    ticket_id: 9,
    sender: "Customer",
    body: "Hola",
    content_type: "text/plain",
    created_by_id: 3,
  }
  const records = await recordsOf("zammad", "secret", {
    "/api/v1/users?expand=true&per_page=100&page=1": [
      { id: 3, login: "c", email: "c@example.com", roles: ["Customer"] },
    ],
    "/api/v1/tickets?expand=true&per_page=100&page=1": [
      { id: 9, number: "67009", title: "Uno", state: "open", customer_id: 3 },
    ],
    "/api/v1/ticket_articles/by_ticket/9?expand=true": [{ ...article, attachments: [{ id: 1, filename: "a.txt" }] }],
    "/api/v1/ticket_attachment/9/5/1": "bytes",
  })
  assert.deepEqual(shapeOf(records), [
    ["contact", "3", undefined],
    ["ticket", "9", ["5"]],
  ])
  const [file] = records.flatMap((one) => (one.type === "ticket" ? (one.messages?.[0]?.attachments ?? []) : []))
  assert.deepEqual([file!.name, file!.path], ["a.txt", "file-1"])
  assert.equal(asked[0]!.authorization, "Token token=secret")
})

test("Chatwoot: the account of the address; messages from the newest back to the first", async () => {
  const at = "/api/v1/accounts/7"
  const messages = (...ids: number[]) => ({ payload: ids.map((id) => ({ id, message_type: 0, content: "x" })) })
  const records = await recordsOf(
    "chatwoot",
    "secret",
    {
      [`${at}/agents`]: [{ id: 1, name: "Ana", email: "a@example.com", role: "agent", confirmed: true }],
      [`${at}/contacts?page=1`]: { payload: [{ id: 1, name: "Eva", email: "e@example.com" }] },
      [`${at}/conversations?status=all&assignee_type=all&page=1`]: {
        data: { payload: [{ id: 4, inbox_id: 1, status: "open" }] },
      },
      [`${at}/conversations/4/messages`]: messages(3, 4),
      [`${at}/conversations/4/messages?before=3`]: messages(1, 2),
    },
    "/app/accounts/7",
  )
  assert.deepEqual(shapeOf(records), [
    ["user", "agent-1", undefined],
    ["contact", "contact-1", undefined],
    ["ticket", "4", ["1", "2", "3", "4"]],
  ])
})

test("Freshdesk: agents, contacts, tickets with their conversations", async () => {
  const tickets =
    "tickets?include=requester,stats,description&order_by=updated_at&order_type=asc&updated_since=1970-01-01T00:00:00Z"
  const records = await recordsOf("freshdesk", "key", {
    "/api/v2/agents?per_page=100&page=1": [
      { id: 1, available: true, contact: { email: "a@example.com", name: "Ana" } },
    ],
    "/api/v2/contacts?per_page=100&page=1": [{ id: 2, name: "Diego", email: "d@example.com" }],
    [`/api/v2/${tickets}&per_page=100&page=1`]: [
      { id: 8, subject: "x", description_text: "y", status: 2, requester_id: 2 },
    ],
    "/api/v2/tickets/8/conversations?per_page=100&page=1": [{ id: 80, body_text: "z", user_id: 1 }],
  })
  assert.deepEqual(shapeOf(records), [
    ["user", "1", undefined],
    ["contact", "2", undefined],
    ["ticket", "8", ["8/description", "80"]],
  ])
  assert.equal(asked[0]!.authorization, `Basic ${btoa("key:X")}`)
})

test("Zendesk: by its cursors; a cursor that leads elsewhere gets no token", async () => {
  const path = (what: string, cursor: string) => `/api/v2/incremental/${what}/cursor.json?${cursor}`
  const given = {
    [path("users", "start_time=0")]: {
      users: [{ id: 1, role: "end-user", name: "C", email: "c@example.com" }],
      end_of_stream: true,
    },
    [path("tickets", "start_time=0")]: {
      tickets: [{ id: 5, subject: "x", status: "open" }],
      end_of_stream: false,
      after_url: base + path("tickets", "cursor=b"),
    },
    [path("tickets", "cursor=b")]: { tickets: [{ id: 6, status: "deleted" }], end_of_stream: true },
    "/api/v2/tickets/5/comments.json?page[size]=100": { comments: [{ id: 50, body: "y" }], meta: { has_more: false } },
  }
  assert.deepEqual(shapeOf(await recordsOf("zendesk", "ana@example.com/token:abc", given)), [
    ["contact", "1", undefined],
    ["ticket", "5", ["50"]],
  ])
  const away = { [path("users", "start_time=0")]: { users: [], after_url: "https://elsewhere.example.com/x" } }
  await assert.rejects(recordsOf("zendesk", "oauth", away), /another place/)
})

test("a refusal ends the import before it began, and says by whom", async () => {
  await assert.rejects(
    (async () => {
      delete process.env["HILO_IMPORT_TOKEN"]
      const file = await openInput(`${base}/export.jsonl`, { outbound })
      await file.close()
    })(),
    /answers 401/,
  )
})
