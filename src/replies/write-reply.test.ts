import assert from "node:assert/strict"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { acting, type Answer } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { changeConnection } from "#connections/index.ts"
import { mergeContacts } from "#intake/index.ts"
import { insertUpload } from "#files/index.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { ticketRoutes } from "#tickets/index.ts"

const { desk, ana, work, customer, connect, stateOf, newOutbox, graph } = await openSending(ticketRoutes)

/** An address that replies go to. It keeps its answers back until `letGo`. */
const got: Record<string, unknown>[] = []
const held: ServerResponse[] = []
let holding = false
const receiver = createServer((request, response) => {
  let text = ""
  request.on("data", (chunk) => (text += chunk))
  request.on("end", () => {
    got.push(JSON.parse(text) as Record<string, unknown>)
    if (holding) held.push(response)
    else response.end()
  })
})
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve))
after(() => receiver.close())
const replyUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`

const refusal = ({ status, body }: Answer) => [status, body["code"]]

test("a reply through a connection that is off or gone is refused, a note is not", async () => {
  const source = await openMessageSource(desk)
  const carla = await customer(source)
  const failed = await carla.queue("hola")
  await desk.db.pool.query("update messages set delivery_state = 'failed' where id = $1", [failed])
  await acting(desk, (act) => changeConnection(act, desk.secrets, source.id, { enabled: false }))
  assert.deepEqual(refusal(await carla.write("¿sigues ahí?")), [409, "connection_disabled"])
  assert.deepEqual(refusal(await carla.retry(failed)), [409, "connection_disabled"])
  assert.equal((await carla.write("está apagada", { isInternal: true })).status, 201)
  assert.equal((await ana.call("DELETE", `/connections/${source.id}`)).status, 204)
  assert.deepEqual(refusal(await carla.write("¿y ahora?")), [409, "connection_disabled"])
})

test("what waits on a connection that is removed says so", async () => {
  const source = await openMessageSource(desk)
  const id = await (await customer(source)).queue("hola")
  await ana.call("DELETE", `/connections/${source.id}`)
  await work()
  const { message, reason, state } = await stateOf(id)
  assert.deepEqual([message, reason, state], ["failed", "connection_gone", "failed"])
})

test("a reply to a ticket that was merged away goes to its target", async () => {
  const door = await openMessageSource(desk)
  const [older, younger] = [await customer(door), await customer(door)]
  const [source, target] = [await younger.write("a"), await older.write("b")]
  const contactOf = async (id: string) =>
    ((await ana.call("GET", `/tickets/${id}`)).body["contact"] as { id: string }).id
  const [from, into] = [await contactOf(younger.ticketId), await contactOf(older.ticketId)]
  await acting(desk, (act) => mergeContacts(act, from, into, { isOnePerson: true }))
  const reply = await younger.write("¿llegó?")
  assert.deepEqual([source.status, target.status, reply.status], [201, 201, 201])
  assert.equal(reply.body["ticketId"], older.ticketId)
})

test("blank words are no message", async () => {
  const blank = await (await customer(await openMessageSource(desk))).write(" \n\t ")
  assert.deepEqual([blank.status, blank.body["detail"]], [400, "content: must be given, or a file, or a template"])
})

test("a reply thought up on an older version of the ticket is refused", async () => {
  const carla = await customer(await openMessageSource(desk))
  const reply = (version: string) =>
    ana.call("POST", `${carla.path}/messages`, { content: "hola" }, { "if-match": version })
  assert.deepEqual(refusal(await reply('"9"')), [412, "stale"])
  assert.equal((await reply('"1"')).status, 201)
})

test("a reply reaches no private address that the operator did not list, and nobody learns what is there", async () => {
  const open = desk.outbound
  const before = got.length
  const inside = await openMessageSource(desk, { settings: { replyUrl: replyUrl.replace("127.0.0.1", "localhost") } })
  const empty = await openMessageSource(desk, { settings: { replyUrl: "http://localhost:1/" } })
  desk.outbound = createOutbound({ allowPrivate: [] })
  const ids = [await (await customer(inside)).queue("hola"), await (await customer(empty)).queue("hola")]
  await work()
  desk.outbound = open
  const [there, nothing] = await Promise.all(ids.map(stateOf))
  assert.deepEqual([there!.message, there!.reason], [nothing!.message, nothing!.reason])
  assert.equal(got.length, before)
})

test("a redirect leads a reply nowhere, and a name that changes its mind between two tries reaches nothing inside", async () => {
  const open = desk.outbound
  const before = got.length
  const outside = createServer((_request, response) => void response.writeHead(307, { location: replyUrl }).end())
  await new Promise<void>((ready) => outside.listen(0, "127.0.0.2", ready))
  after(() => outside.close())
  const { port } = outside.address() as AddressInfo
  const [redirected, rebound] = [
    await openMessageSource(desk, { settings: { replyUrl: `http://outside.test:${port}/` } }),
    await openMessageSource(desk, { settings: { replyUrl: replyUrl.replace("127.0.0.1", "rebound.test") } }),
  ]
  const answers = ["127.0.0.2", "127.0.0.1"]
  desk.outbound = createOutbound({
    allowPrivate: [],
    isOpen: (ip) => ip === "127.0.0.2",
    resolve: async (name) => [{ address: name === "outside.test" ? "127.0.0.2" : answers.shift()!, family: 4 }],
  })
  const ids = [await (await customer(redirected)).queue("hola"), await (await customer(rebound)).queue("hola")]
  await work()
  desk.clock.pass(3_600_000)
  await work()
  desk.outbound = open
  const [there] = await Promise.all(ids.map(stateOf))
  assert.deepEqual([there!.message, there!.reason, answers.length, got.length], ["failed", "http_307", 0, before])
})

test("an address to reply to that is private by its own words, or carries a password, is refused by name", async () => {
  for (const url of ["http://10.0.0.1/", "http://2130706434/", "http://[::ffff:a00:1]/", "https://a:b@example.com/"]) {
    const { status, body } = await ana.call("POST", "/connections", {
      kind: "api",
      name: "x",
      settings: { replyUrl: url },
    })
    assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "settings.replyUrl"], url)
  }
})

test("an API source is sent the files of a reply", async () => {
  const carla = await customer(await openMessageSource(desk, { settings: { replyUrl } }))
  const file = { fileName: "guía.pdf", mimeType: "application/pdf", userId: ana.userId }
  const id = await acting(desk, (act) => insertUpload(act, file, { sha256: "0".repeat(64), size: 3 }))
  await carla.write("aquí va", { attachmentIds: [id] })
  await work()
  assert.deepEqual(got.at(-1)?.["attachments"], [{ id, name: "guía.pdf", mimeType: "application/pdf" }])
})

test("an address that does not answer takes no turn from another connection", async () => {
  const slow = await openMessageSource(desk, { settings: { replyUrl } })
  const whatsapp = await connect()
  const people = await Promise.all(Array.from({ length: 42 }, () => customer(slow)))
  for (const one of people) await one.queue("hola")
  holding = true
  const box = newOutbox()
  while (await box.step());
  const id = await (await customer(whatsapp)).queue("hola")
  while (await box.step());
  while (graph.accepted.length === 0) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(graph.accepted[0]?.callback, id)
  holding = false
  for (const response of held) response.end()
  await box.idle()
})
