import assert from "node:assert/strict"
import { test } from "node:test"
import type { Conversation } from "../../../src/channels/webchat/api-contract.ts"
import { firstQuestions } from "./first-questions.ts"

type Connection = Conversation["connection"]
const question = { id: "order", label: "Pedido", required: true, options: null }
const preChat: Connection["preChat"] = { name: "optional", email: "required", questions: [question] }
const closed = { isOpen: false, opensAt: null, asksEmail: true }
const known = { name: "", email: "", started: false, answered: [] as string[] }
const chat = (connection: Partial<Connection>, said: ("in" | "out")[] = []) =>
  ({ connection, messages: said.map((direction) => ({ direction })) }) as unknown as Conversation
const ask = (...given: Parameters<typeof firstQuestions>) => {
  const { name, email, questions = [], isClosed } = firstQuestions(...given) ?? {}
  return name === undefined ? null : [name, email, questions.length, isClosed]
}

test("visitors are asked what the chat wants to know before they write, and not again", () => {
  assert.equal(ask(null, known), null)
  assert.equal(ask(chat({ preChat: null, hours: null }), known), null)
  assert.deepEqual(ask(chat({ preChat, hours: null }), known), ["optional", "required", 1, false])
  const answered = { name: "", email: "c@example.com", started: true, answered: ["order"] }
  assert.equal(ask(chat({ preChat, hours: null }), answered), null)
  assert.deepEqual(ask(chat({ preChat, hours: null }), { ...answered, answered: [] }), [
    "optional",
    "required",
    1,
    false,
  ])
  assert.equal(ask(chat({ preChat, hours: null }, ["in"]), known), null)
  assert.deepEqual(ask(chat({ preChat, hours: null }, ["out"]), known), ["optional", "required", 1, false])
})

test("while the chat is closed an e-mail is asked of who has left none, whatever they have written", () => {
  assert.deepEqual(ask(chat({ preChat: null, hours: closed }), known), ["off", "required", 0, true])
  assert.deepEqual(ask(chat({ preChat, hours: closed }, ["in"]), known), ["off", "required", 0, true])
  assert.equal(ask(chat({ preChat: null, hours: closed }), { ...known, email: "c@example.com" }), null)
  assert.equal(ask(chat({ preChat: null, hours: { ...closed, asksEmail: false } }), known), null)
})
