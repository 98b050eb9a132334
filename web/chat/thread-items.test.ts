import assert from "node:assert/strict"
import { test } from "node:test"
import type { ChatMessage, Conversation } from "../../src/channels/webchat/api-contract.ts"
import { threadItems } from "./thread-items.ts"
import type { OutgoingMessage } from "./outbox.ts"

const connection = {
  name: "Support",
  greeting: null,
  enabled: true,
  color: null,
  textColor: null,
  logo: null,
  mailsReplies: false,
  mailsTranscripts: false,
  preChat: null,
  hours: null,
}
const unseen = { seenId: null, status: "open" }
const said = (id: string, message: Partial<ChatMessage> = {}): ChatMessage => {
  const plain = {
    clientId: null,
    content: id,
    contentHtml: `<p>${id}</p>`,
    files: [],
    at: "2026-11-22T15:00:00Z",
    author: "Ana",
  }
  return { id, direction: "out", ...plain, ...message }
}
const mine = (id: string, clientId: string) => said(id, { direction: "in", clientId, author: null })
const waiting = (clientId: string): OutgoingMessage => {
  return { clientId, text: clientId, files: [], at: "2026-11-22T15:01:00Z", state: "waiting", code: "" }
}
const keys = (conversation: Conversation | null, outgoing: OutgoingMessage[] = []) =>
  threadItems(conversation, outgoing, "Hi").map(({ key }) => key)

test("an empty chat is its greeting", () => {
  const [greeting, ...rest] = threadItems({ connection, messages: [], seenId: null, status: null }, [], "Hi")
  assert.ok(greeting?.is === "said" && greeting.text === "Hi" && greeting.author === "Support" && !greeting.mine)
  assert.equal(rest.length, 0)
})

test("the connection's own greeting goes before ours", () => {
  const [greeting] = threadItems(
    { connection: { ...connection, greeting: "¿Qué tal?" }, messages: [], seenId: null, status: null },
    [],
    "Hi",
  )
  assert.ok(greeting?.is === "said" && greeting.text === "¿Qué tal?")
})

test("what waits is shown even when the server was never reached", () => {
  assert.deepEqual(keys(null, [waiting("a")]), ["day a", "a"])
})

test("a message that arrived is not shown a second time as waiting, and keeps its place on the page", () => {
  const conversation = { connection, messages: [mine("msg_1", "a")], ...unseen }
  assert.deepEqual(keys(conversation, [waiting("a"), waiting("b")]), ["greeting", "day a", "a", "b"])
})

test("each day begins once, and a change of speaker opens a new item", () => {
  const messages = [
    said("one"),
    said("two"),
    said("three", { author: "Bruno" }),
    mine("four", "c"),
    said("five", { at: "2026-11-24T15:00:00Z" }),
  ]
  const items = threadItems({ connection, messages, ...unseen }, [], "Hi")
  assert.deepEqual(
    items.map((item) => (item.is === "day" ? "day" : `${item.opens ? "+" : "="}${item.text}`)),
    ["+Hi", "day", "+one", "=two", "+three", "+four", "day", "+five"],
  )
})

test("a visitor's own words are never taken as markup", () => {
  const messages = [{ ...mine("msg_1", "a"), contentHtml: "<img src=x onerror=alert(1)>" }]
  const items = threadItems({ connection, messages, ...unseen }, [], "Hi")
  assert.ok(items.every((item) => item.is === "day" || item.html === null))
})

test("what staff have read is seen, up to that message, and nothing of the desk's own is", () => {
  const messages = [mine("msg_1", "a"), said("msg_2"), mine("msg_3", "b"), mine("msg_4", "c")]
  const items = threadItems({ connection, messages, ...unseen, seenId: "msg_3" }, [], "Hi")
  const states = items.flatMap((item) => (item.is === "said" && item.mine ? [item.state] : []))
  assert.deepEqual(states, ["seen", "seen", "sent"])
  assert.ok(items.every((item) => item.is === "day" || item.mine || item.state === null))
})
