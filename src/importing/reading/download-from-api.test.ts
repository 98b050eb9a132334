// A desk that is asked for all that it has: each tool's API, as its documentation tells it, played by a server of ours.
import assert from "node:assert/strict"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { after, test } from "node:test"
import { maxFileBytes } from "#files/index.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { type SourceName, sources } from "../source-registry.ts"
import { openInput } from "./open-input.ts"
import { readRecords } from "./read-records.ts"

/** Answers by path with query, or what answers itself; what is not listed is an empty page. */
let answers: Record<string, unknown> = {}
let asked: { path: string; authorization: string | undefined }[] = []
let busy = 0
const server = createServer(({ url = "", headers }, response) => {
  const authorization = headers.authorization ?? (headers["api_access_token"] as string | undefined)
  asked.push({ path: url, authorization })
  if (busy-- > 0) return void response.writeHead(429, { "retry-after": "0" }).end("{}")
  if (authorization === undefined) return void response.writeHead(401).end("{}")
  const found = answers[url]
  if (typeof found === "function") return void (found as (response: ServerResponse) => unknown)(response)
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
  const circle = { [path("users", "start_time=0")]: { users: [], after_url: path("users", "start_time=0") } }
  await assert.rejects(recordsOf("zendesk", "oauth", circle), /leads from .* to itself/)
})

test("an API that gives one page for ever is not asked for ever", async () => {
  const page = (n: number) => [`/api/v1/users?expand=true&per_page=100&page=${n}`, [{ id: 3, login: "c" }]] as const
  await assert.rejects(recordsOf("zammad", "secret", Object.fromEntries([page(1), page(2)])), /Page 2 is page 1 again/)
})

const zammadTicket = "/api/v1/tickets?expand=true&per_page=100&page=1"
const ownTemporaryFolder = () => {
  const [folder, before] = [mkdtempSync(join(tmpdir(), "hilo-download-")), process.env["TMPDIR"]]
  process.env["TMPDIR"] = folder
  const leave = () => {
    if (before === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = before
    rmSync(folder, { recursive: true })
  }
  return { folder, leave }
}

test("a file that is longer than files may be is left out, also where its answer does not say so first", async () => {
  const piece = Buffer.alloc(1024 * 1024)
  const answering = (bytes: number) => (response: ServerResponse) =>
    pipeline(Readable.from(Array.from({ length: bytes / piece.length }, () => piece)), response).catch(() => {})
  const attachments = [1, 2].map((id) => ({ id, filename: `${id}.bin` }))
  answers = {
    [zammadTicket]: [{ id: 9, number: "1", title: "x", state: "open" }],
    "/api/v1/ticket_articles/by_ticket/9?expand=true": [{ id: 5, ticket_id: 9, body: "x", attachments }],
    "/api/v1/ticket_attachment/9/5/1": answering(maxFileBytes + piece.length),
    "/api/v1/ticket_attachment/9/5/2": answering(maxFileBytes),
  }
  process.env["HILO_IMPORT_TOKEN"] = "secret"
  const input = await openInput(`${base}/`, { outbound, source: sources.zammad })
  const [read] = await Array.fromAsync(readRecords(input.values(), sources.zammad, () => {}))
  const files = read!.record.type === "ticket" ? read!.record.messages![0]!.attachments! : []
  assert.deepEqual(
    files.map(({ name, path }) => [name, path]),
    [
      ["1.bin", undefined],
      ["2.bin", "file-2"],
    ],
  )
  assert.deepEqual(readdirSync(input.folder!).toSorted(), ["export.jsonl", "file-2"])
  await input.close()
})

test("what is asked to stop while it fetches leaves no file behind, whatever it waits for", async () => {
  const { folder, leave } = ownTemporaryFolder()
  process.env["HILO_IMPORT_TOKEN"] = "secret"
  const silent = () => {}
  const begun = (response: ServerResponse) => response.write("[")
  const busyNow = (response: ServerResponse) => response.writeHead(503, { "retry-after": "60" }).end()
  const waits: [path: string, asked: string, answer: (response: ServerResponse) => unknown][] = [
    ["/", zammadTicket, silent],
    ["/", zammadTicket, begun],
    ["/", zammadTicket, busyNow],
    ["/export.json", "/export.json", silent],
    ["/export.json", "/export.json", begun],
  ]
  try {
    for (const [path, listed, answer] of waits) {
      const stop = new AbortController()
      const answering = (response: ServerResponse) => {
        answer(response)
        setTimeout(() => stop.abort(new Error("asked to stop")), 20)
      }
      answers = { [listed]: answering }
      const opening = openInput(base + path, { outbound, source: sources.zammad, signal: stop.signal })
      await assert.rejects(opening)
      assert.ok(stop.signal.aborted)
      assert.deepEqual(readdirSync(folder), [])
    }
  } finally {
    leave()
  }
})

test("an API says of which desk it is: its host, and its account where it has several", async () => {
  answers = {}
  process.env["HILO_IMPORT_TOKEN"] = "secret"
  const originOf = async (name: SourceName, path: string) => {
    const input = await openInput(base + path, { outbound, source: sources[name] })
    await input.close()
    return input.origin.replace(base.slice("http://".length), "HOST")
  }
  for (const path of ["/app/accounts/2", "/app/accounts/2/dashboard", "/api/v1/accounts/2/"])
    assert.equal(await originOf("chatwoot", path), "HOST/accounts/2")
  assert.equal(await originOf("chatwoot", "/"), "HOST/accounts/1")
  assert.equal(await originOf("freshdesk", "/a/dashboard"), "HOST")
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
