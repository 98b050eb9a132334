// What leaves for WhatsApp, as the Graph API is given it, and when it may leave at all.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Readable } from "node:stream"
import { insertUpload } from "#files/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { sendReadReceipts } from "./send-read-receipts.ts"

const sending = await openSending()
const { graph, desk, ana, work, stateOf } = sending
const hour = 3_600_000
let whatsapp: MessageSource

beforeEach(async () => {
  whatsapp = await sending.connect()
})

const reply = (ticketId: string, body: object) => ana.call("POST", `/tickets/${ticketId}/messages`, body)

test("a reply to a group goes to the group, which is shown no read mark", async () => {
  const { ticket } = await whatsapp.says("+573001110001", { as: "phone", group: "Y2FwaV9ncm91cDox" })
  assert.equal((await reply(ticket!.id, { content: "Hola a todos" })).status, 201)
  await work()
  const { recipient_type, to } = graph.accepted[0]!.body
  assert.deepEqual([recipient_type, to], ["group", "Y2FwaV9ncm91cDox"])
  assert.equal(await sendReadReceipts(desk, ticket!.id, { isTyping: false }), false)
  assert.deepEqual(graph.marks, [])
})

test("somebody without a number is written to by the id that WhatsApp has for them", async () => {
  const { ticket } = await whatsapp.says("CO.1502576394655843", { as: "bsuid" })
  await reply(ticket!.id, { content: "Hola" })
  await work()
  const { recipient_type, recipient, to } = graph.accepted[0]!.body
  assert.deepEqual([recipient_type, recipient, to], ["individual", "CO.1502576394655843", undefined])
})

for (const status of ["accepted", "held_for_quality_assessment", "paused"]) {
  test(`what Meta has taken (${status}) is sent, whenever it goes on`, async () => {
    const carla = await sending.customer(whatsapp)
    graph.script = [{ does: "accept", messageStatus: status }]
    const id = await carla.queue("hola")
    await work()
    assert.deepEqual([(await stateOf(id)).message, graph.tries.length], ["sent", 1])
  })
}

test("a file goes as what WhatsApp can show, with its caption; what it cannot show goes as a document", async () => {
  const kinds: [mimeType: string, caption: string, as: string][] = [
    ["image/png", "Mire", "image"],
    ["video/mp4", "", "video"],
    ["audio/ogg", "", "audio"],
    ["audio/ogg", "Escuche", "document"],
    ["image/heic", "", "document"],
    ["application/pdf", "La guía", "document"],
  ]
  const carla = await sending.customer(whatsapp)
  for (const [n, [mimeType, content, type]] of kinds.entries()) {
    const stored = await desk.storage.put(Readable.from([Buffer.from(`bytes ${n}`)]), 100)
    const attachmentIds = [
      await acting(desk, (act) => insertUpload(act, { fileName: `f${n}`, mimeType, userId: ana.userId }, stored)),
    ]
    await carla.write(content, { attachmentIds })
    await work()
    const { body } = graph.accepted.at(-1)!
    const shown = { id: graph.uploads.at(-1)!.id, ...(content && { caption: content }) }
    assert.equal(body["type"], type, mimeType)
    assert.deepEqual(body[type], { ...shown, ...(type === "document" && { filename: `f${n}` }) })
  }
})

test("the window counts from the message's own time, and nothing that we write opens it", async () => {
  const phone = "+573001110009"
  const mode = async (id: string) => (await ana.call("GET", `/tickets/${id}/reply-window`)).body
  const written = new Date(desk.now().getTime() - 20 * hour)
  const { ticket } = await whatsapp.says(phone, { as: "phone", sentAt: written })
  const { mode: now, closesAt } = await mode(ticket!.id)
  assert.deepEqual([now, closesAt], ["text", new Date(written.getTime() + 24 * hour).toISOString()])
  await reply(ticket!.id, { content: "Hola" })
  desk.clock.pass(4 * hour)
  assert.equal((await mode(ticket!.id))["mode"], "template")
  await whatsapp.says(phone, { as: "phone", sentAt: new Date(written.getTime() - hour) })
  assert.equal((await mode(ticket!.id))["mode"], "template")
  await whatsapp.says(phone, { as: "phone" })
  assert.equal((await mode(ticket!.id))["mode"], "text")
})
