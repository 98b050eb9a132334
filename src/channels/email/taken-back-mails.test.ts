// What is taken back before it leaves is as if it had not been written.
import assert from "node:assert/strict"
import { test } from "node:test"
import { member } from "#test/desks/test-desk.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { isWaiting } from "../../automation/waiting-messages.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const mailbox = await openMailbox("soporte@example.com")
await mailbox.fetch()
const addresses = (people: { address: string }[]) => people.map(({ address }) => address)
const header = (name: string) => mailbox.smtp.header(mailbox.smtp.mails.at(-1)!, name)

test("what was taken back has answered nobody, brought nobody in, and is read by no customer", async () => {
  const rita = await member(desk, { name: "Rita", email: "rita@example.org", role: "user" })
  mailbox.receive({ id: "first@rita", from: "Rita <rita@example.org>", text: "No hay agua" })
  await mailbox.fetch()
  const { id } = (await mailbox.tickets()).at(-1)!
  const path = `/tickets/${id}`
  const state = async () => {
    const { body } = await ana.call("GET", path)
    const { items: followers } = (await ana.call("GET", `${path}/followers`)).body as { items: { address: string }[] }
    const { items: read } = (await rita.call("GET", `${path}/messages`)).body as { items: { content: string }[] }
    const contents = read.map(({ content }) => content)
    return [body["firstResponseAt"] !== null, body["waitingSince"], addresses(followers), contents]
  }
  const before = await state()
  const write = (content: string, more: object = {}) =>
    ana.call("POST", `${path}/messages`, { content, to: [{ address: "rita@example.org" }], ...more })
  desk.clock.pass(1_000)
  const { body } = await write("Para otra", { cc: [{ address: "socia@example.net" }] })
  assert.deepEqual(await state(), [true, null, ["socia@example.net"], ["No hay agua", "Para otra"]])
  assert.equal((await ana.call("POST", `${path}/messages/${String(body["id"])}/undo`, {})).status, 200)
  assert.deepEqual(await state(), before)
  const [first] = await rows("select id from messages where ticket_id = $1 order by position limit 1", id)
  const waits = (waitsFor: "us" | "customer", message: string) =>
    isWaiting(desk.db.kysely, waitsFor, { id: message, ticketId: id })
  assert.deepEqual([await waits("us", first.id), await waits("customer", String(body["id"]))], [true, false])
  assert.equal(
    (await rows("select delivery_settled_at from messages where id = $1", body["id"]))[0].delivery_settled_at === null,
    false,
  )
  const colleague = await member(desk, { name: "Gael", email: "gael@example.com", role: "admin" })
  const now = { content: "Ya vamos", to: [{ address: "rita@example.org" }], lastSeenMessageId: first.id }
  assert.equal((await colleague.call("POST", `${path}/messages`, now)).status, 201, "there is no newer reply")
  await mailbox.send()
  assert.deepEqual([header("In-Reply-To"), header("References")], ["<first@rita>", "<first@rita>"])
})

test("what was taken back and is sent after all answers its customer", async () => {
  mailbox.receive({ id: "first@tina", from: "tina@example.org", text: "No hay agua" })
  await mailbox.fetch()
  const { id } = (await mailbox.tickets()).at(-1)!
  const of: typeof ana.call = (method, path, body) => ana.call(method, `/tickets/${id}${path}`, body)
  const isWaited = async () => {
    const { firstResponseAt, waitingSince } = (await of("GET", "")).body
    return [firstResponseAt === null, waitingSince !== null]
  }
  desk.clock.pass(1_000)
  const { body } = await of("POST", "/messages", { content: "Ya vamos" })
  await of("POST", `/messages/${String(body["id"])}/undo`, {})
  assert.deepEqual(await isWaited(), [true, true])
  assert.equal((await of("POST", `/messages/${String(body["id"])}/retry`, {})).status, 200)
  assert.deepEqual(await isWaited(), [false, false])
  const sent = mailbox.smtp.mails.length
  await mailbox.send()
  assert.deepEqual([mailbox.smtp.mails.length, header("To")], [sent + 1, "tina@example.org"])
})

test("who was taken out is out again once the reply that named them is taken back", async () => {
  mailbox.receive({ id: "first@nuria", from: "nuria@example.org", to: "soporte@example.com, Bea <bea@example.org>" })
  await mailbox.fetch()
  const { id } = (await mailbox.tickets()).at(-1)!
  const of: typeof ana.call = (method, path, body) => ana.call(method, `/tickets/${id}${path}`, body)
  const followers = async () => (await of("GET", "/followers")).body["items"] as { id: string; address: string }[]
  const suggested = async () => (await of("GET", "/reply-window")).body["mail"]
  const state = async () => [addresses(await followers()), await suggested()]
  const [bea] = await followers()
  assert.equal((await of("DELETE", `/followers/${bea!.id}`)).status, 204)
  const before = await state()
  desk.clock.pass(1_000)
  const { body } = await of("POST", "/messages", { content: "Para Bea", cc: [{ address: "bea@example.org" }] })
  assert.deepEqual(addresses(await followers()), ["bea@example.org"])
  assert.equal((await of("POST", `/messages/${String(body["id"])}/undo`, {})).status, 200)
  assert.deepEqual(await state(), before)
  mailbox.receive({ id: "2@nuria", from: "nuria@example.org", cc: "bea@example.org", inReplyTo: "first@nuria" })
  await mailbox.fetch()
  assert.deepEqual(await state(), before, "until staff add her again")
  await rows(`create sequence inserts`)
  await rows(`create function count_insert() returns trigger language plpgsql as $$
    begin perform nextval('inserts'); return null; end $$`)
  await rows(`create trigger counted after insert on mail_participants
    for each statement execute function count_insert()`)
  const many = Array.from({ length: 30 }, (_, n) => ({ address: `a${n}@example.net` }))
  assert.equal((await of("POST", "/messages", { content: "A todos", cc: many })).status, 201)
  const [{ n }] = await rows("select last_value::int as n from inserts")
  assert.deepEqual([n, (await followers()).length], [1, 20], "all who fit join by one statement")
})

test("a status that a reply came with is taken back with it, unless the ticket has moved since", async () => {
  mailbox.receive({ id: "first@sara", from: "sara@example.org" })
  await mailbox.fetch()
  const { id } = (await mailbox.tickets()).at(-1)!
  const of: typeof ana.call = (method, path, body) => ana.call(method, `/tickets/${id}${path}`, body)
  const state = async () => {
    const { status, waitingSince } = (await of("GET", "")).body
    return [status, waitingSince]
  }
  const writeAndUndo = async (status: string, between: () => Promise<unknown> = async () => null) => {
    desk.clock.pass(1_000)
    const { body } = await of("POST", "/messages", { content: "Listo", status })
    assert.equal((await state())[0], status)
    desk.clock.pass(1_000)
    await between()
    assert.equal((await of("POST", `/messages/${String(body["id"])}/undo`, {})).status, 200)
    return state()
  }
  const [, waitingSince] = await state()
  for (const status of ["pending", "closed"])
    assert.deepEqual(await writeAndUndo(status), ["open", waitingSince], `${status}: it is with who wrote, and waits`)
  const close = () => of("PUT", "/status", { status: "closed" })
  assert.equal((await writeAndUndo("pending", close))[0], "closed", "somebody wanted it closed")
  assert.equal((await of("PUT", "/status", { status: "open" })).status, 200)
  const goOn = async () => {
    desk.clock.pass(60 * 86_400_000)
    mailbox.receive({ id: "2@sara", from: "sara@example.org", inReplyTo: "first@sara" })
    await mailbox.fetch()
  }
  assert.equal((await writeAndUndo("closed", goOn))[0], "closed", "its thread has gone on elsewhere")
})
