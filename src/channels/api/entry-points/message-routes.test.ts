import assert from "node:assert/strict"
import { test } from "node:test"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { insertUpload } from "#files/index.ts"
import type { Message } from "#messages/index.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { messageRoutes } from "./message-routes.ts"

const desk = await openDesk(messageRoutes)
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
const connection = await openMessageSource(desk)

const year = 365 * 24 * 3_600_000

let last = 100
const newPhone = () => `+573002000${(last += 1)}`
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows

const refusal = (kind: string, code: string) => (error: unknown) =>
  error instanceof Refusal && error.kind === kind && error.code === code

test("a disabled connection says so, and an unknown one is not there", async () => {
  const shut = await openMessageSource(desk, { enabled: false })
  const gone = await openMessageSource(desk)
  await query("update connections set deleted_at = now() where id = $1", gone.id)
  const who = newPhone()
  for (const one of [shut, gone]) {
    for (const said of [{}, { group: "g" }, { kind: "reaction" } as const]) {
      await assert.rejects(one.says(who, said), refusal("conflict", "connection_disabled"))
    }
  }
  const unknown = await ana.call("POST", "/connections/con_none/messages", {
    externalId: "1",
    contact: { id: who },
    text: "hola",
  })
  assert.equal(unknown.status, 404)
  assert.deepEqual(await query("select id from contact_identities where value = $1", who), [])
})

test("over HTTP: who may, what comes back, and a clock that runs ahead", async () => {
  const path = `/connections/${connection.id}/messages`
  const body = { externalId: newId("ext"), contact: { id: newPhone(), name: "Carla" }, text: "hola" }
  const stranger = await desk.app.inject({ method: "POST", url: `/api/v1${path}`, payload: body })
  assert.equal(stranger.statusCode, 401)
  const customer = await member(desk, { email: "c@example.com", name: "Carla", role: "user" })
  assert.equal((await customer.call("POST", path, body)).status, 403)
  const ahead = new Date(desk.now().getTime() + year)
  const answer = await ana.call("POST", path, { ...body, sentAt: ahead.toISOString() })
  const { ticket, message, decision } = answer.body as {
    ticket: Record<string, unknown>
    message: Record<string, unknown>
    decision: Record<string, string>
  }
  assert.equal(answer.status, 200)
  assert.match(String(ticket["number"]), /^TKT-\d{5,}$/)
  assert.deepEqual([ticket["lastMessageAt"], message["sentAt"]], [desk.now().toISOString(), desk.now().toISOString()])
  assert.deepEqual([decision["action"], decision["because"]], ["created", "New ticket: this conversation had none"])
  const wrong: [object, string][] = [
    [{ ...body, externalId: undefined }, "externalId"],
    [{ ...body, contact: { id: "" } }, "contact.id"],
    [{ ...body, text: " \u0000 " }, "text"],
    [{ ...body, sentAt: "ayer" }, "sentAt"],
    [{ ...body, number: "TKT-00001" }, "number"],
    [{ ...body, status: "open" }, "status"],
  ]
  for (const [sent, field] of wrong) {
    const refused = await ana.call("POST", path, sent)
    const errors = refused.body["errors"] as { path: string }[]
    assert.deepEqual([refused.status, errors[0]?.path], [400, field])
  }
})

test("over HTTP: files that the source uploaded come with its message, once, and nobody else's do", async () => {
  const path = `/connections/${connection.id}/messages`
  const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "admin" })
  const uploaded = await acting(desk, (act) =>
    insertUpload(
      act,
      { fileName: "guía.pdf", mimeType: "application/pdf", userId: ana.userId },
      { sha256: "a".repeat(64), size: 3 },
    ),
  )
  const body = { externalId: newId("ext"), contact: { id: newPhone() }, attachments: [uploaded] }
  assert.equal((await bruno.call("POST", path, body)).status, 404)
  const first = await ana.call("POST", path, body)
  const repeated = await ana.call("POST", path, body)
  for (const [{ body: told }, action] of [
    [first, "created"],
    [repeated, "duplicate"],
  ] as const) {
    const { message, decision } = told as { message: Message; decision: { action: string } }
    assert.deepEqual(
      [decision.action, message.content, message.attachments.map(({ id }) => id)],
      [action, "", [uploaded]],
    )
  }
  const again = await ana.call("POST", path, { ...body, externalId: newId("ext") })
  assert.equal(again.status, 404, "it was sent already")
  const reaction = { ...body, externalId: newId("ext"), kind: "reaction", text: "👍" }
  assert.equal((await ana.call("POST", path, reaction)).status, 400)
})

test("over HTTP: hostile texts come back as they can be stored", async () => {
  const path = `/connections/${connection.id}/messages`
  const texts = [
    ["a\u0000b", "ab"],
    ["half \ud83d of a pair", "half \ufffd of a pair"],
    [`z${"\u0301".repeat(10_000)}`, `z${"\u0301".repeat(10_000)}`],
    ["\u202eabc \u2066def\u2069 مرحبا", "\u202eabc \u2066def\u2069 مرحبا"],
    ["'; drop table tickets; --", "'; drop table tickets; --"],
    ["# no heading **here** <script>", "# no heading **here** <script>"],
    ["👨‍👩‍👧‍👦\r\n\t", "👨‍👩‍👧‍👦\r\n\t"],
  ] as const
  for (const [sent, stored] of texts) {
    const contact = { id: `id ${sent.slice(0, 20)}`, name: sent.slice(0, 200) }
    const { status, body } = await ana.call("POST", path, { externalId: newId("ext"), contact, text: sent })
    assert.equal(status, 200, JSON.stringify(body).slice(0, 300))
    assert.equal((body["message"] as { content: string }).content, stored)
  }
  const tooLong = await ana.call("POST", path, {
    externalId: newId("ext"),
    contact: { id: "x" },
    text: "a".repeat(65_537),
  })
  assert.equal(tooLong.status, 400)
})

test("more messages with a key than there are connections all come in", async () => {
  const path = `/connections/${connection.id}/messages`
  const sent = Array.from({ length: 40 }, (_, i) =>
    ana.call(
      "POST",
      path,
      { externalId: newId("ext"), contact: { id: newPhone() }, text: `hola ${i}` },
      { "idempotency-key": newId("idk") },
    ),
  )
  assert.deepEqual(distinct((await Promise.all(sent)).map(({ status }) => status)), [200])
})

test("the log holds a ticket's event before that of its first message", async () => {
  const first = await connection.says(newPhone())
  const told = await query("select kind from events where ticket_id = $1 order by id", first.ticket!.id)
  assert.deepEqual(told, [{ kind: "ticket.created" }, { kind: "message.received" }])
})

test("a value of a wrong type is called wrong, not missing", async () => {
  const answer = await ana.call("POST", `/connections/${connection.id}/messages`, { externalId: 5, text: "hola" })
  const { errors } = answer.body as { errors: { path: string; message: string }[] }
  const said = new Map(errors.map(({ path, message }) => [path, message]))
  assert.equal(said.get("contact"), "is required")
  assert.match(said.get("externalId") ?? "", /expected string/)
})

const distinct = (values: number[]) => [...new Set(values)]
