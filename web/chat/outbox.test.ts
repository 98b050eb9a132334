import assert from "node:assert/strict"
import { test, type TestContext } from "node:test"
import type { ChatMessageIn } from "../../src/channels/webchat/api-contract.ts"
import type { ApiResult } from "./chat-api.ts"
import { prefixedStorage, inMemoryStorage } from "../lib/prefixed-storage.ts"
import { newClientId, createOutbox } from "./outbox.ts"

type Reply = ApiResult<{ id: string }>
const away: Reply = { ok: false, status: 0, code: "", afterSeconds: null }
const refused: Reply = { ok: false, status: 400, code: "invalid", afterSeconds: null }
const at = (minute: number) => `2026-11-22T15:0${minute}:00Z`

/** A desk that takes each message once, whatever it answers; `say` decides what the visitor is answered. */
function desk(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const storage = inMemoryStorage()
  const received: string[] = []
  const desk = { say: (_text: string): Reply => ({ ok: true, body: { id: "msg_1" } }) }
  const send = async (message: ChatMessageIn) => {
    received.push(message.text)
    return desk.say(message.text)
  }
  const open = () => createOutbox(prefixedStorage("con_1", storage), send, () => {})
  return { desk, received, open, settle: () => new Promise((done) => setImmediate(done)) }
}
const states = (outbox: ReturnType<typeof createOutbox>) => outbox.list().map(({ text, state }) => `${text} ${state}`)

test("messages go out in the order in which they were written", async (t) => {
  const { received, open, settle } = desk(t)
  const outbox = open()
  for (const [minute, text] of ["one", "two", "three"].entries())
    outbox.add({ clientId: newClientId(), text }, at(minute))
  await settle()
  assert.deepEqual(received, ["one", "two", "three"])
})

test("without a connection all of them wait, and go out by themselves when it is back", async (t) => {
  const { desk: there, received, open, settle } = desk(t)
  there.say = () => away
  const outbox = open()
  outbox.add({ clientId: "a".repeat(8), text: "one" }, at(1))
  outbox.add({ clientId: "b".repeat(8), text: "two" }, at(2))
  await settle()
  assert.deepEqual([states(outbox), received], [["one waiting", "two waiting"], ["one"]])
  there.say = () => ({ ok: true, body: { id: "msg_1" } })
  t.mock.timers.tick(1_000)
  await settle()
  assert.deepEqual(states(outbox), ["one sent", "two sent"])
})

test("what waits survives a reload and goes out again under the same clientId", async (t) => {
  const { desk: there, open, settle } = desk(t)
  there.say = () => away
  open().add({ clientId: "a".repeat(8), text: "one" }, at(1))
  await settle()
  const reloaded = open()
  assert.deepEqual(
    reloaded.list().map(({ clientId, state }) => [clientId, state]),
    [["aaaaaaaa", "waiting"]],
  )
})

test("a refused message does not hold up the next one, and stays until retried or dropped", async (t) => {
  const { desk: there, open, settle } = desk(t)
  there.say = (text) => (text === "bad" ? refused : { ok: true, body: { id: "msg_1" } })
  const outbox = open()
  outbox.add({ clientId: "a".repeat(8), text: "bad" }, at(1))
  outbox.add({ clientId: "b".repeat(8), text: "good" }, at(2))
  await settle()
  assert.deepEqual(states(outbox), ["bad failed", "good sent"])
  assert.deepEqual(states(open())[0], "bad failed")
  there.say = () => ({ ok: true, body: { id: "msg_1" } })
  outbox.retry("a".repeat(8))
  await settle()
  assert.deepEqual(states(outbox)[0], "bad sent")
  outbox.drop(outbox.list().map(({ clientId }) => clientId))
  assert.deepEqual(outbox.list(), [])
})

test("a spoiled or foreign entry in storage is passed over", () => {
  const storage = inMemoryStorage()
  for (const text of ["", "{", "null", '{"message":{}}', '{"message":{"text":1},"at":2}'])
    storage.setItem(`hilo.con_1.out.${text}`, text)
  storage.setItem("hilo.con_2.out.x", JSON.stringify({ message: { clientId: "x", text: "other chat" }, at: at(1) }))
  const outbox = createOutbox(
    prefixedStorage("con_1", storage),
    async () => away,
    () => {},
  )
  assert.deepEqual(outbox.list(), [])
})

test("a frame that may not use the browser's locks sends all the same, each once", async (t) => {
  const { received, open, settle } = desk(t)
  const refuse = () => Promise.reject(new DOMException("not for this origin", "SecurityError"))
  Object.defineProperty(navigator, "locks", { value: { request: refuse }, configurable: true })
  t.after(() => Reflect.deleteProperty(navigator, "locks"))
  const outbox = open()
  outbox.add({ clientId: newClientId(), text: "one" }, at(1))
  await settle()
  outbox.add({ clientId: newClientId(), text: "two" }, at(2))
  await settle()
  assert.deepEqual(
    [received, states(outbox)],
    [
      ["one", "two"],
      ["one sent", "two sent"],
    ],
  )
})
