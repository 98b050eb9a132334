import assert from "node:assert/strict"
import { beforeEach, describe, test } from "node:test"
import { Readable } from "node:stream"
import { acting, member } from "#test/desks/test-desk.ts"
import { type MessageSource, openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { changeConnection, connectionJobs } from "#connections/index.ts"
import { insertUpload } from "#files/index.ts"
import { markReadJob, sendReadReceipts } from "./send-read-receipts.ts"

const sending = await openSending()
const { graph, desk, ana, work, stateOf } = sending
const day = 86_400_000
let whatsapp: MessageSource

const body = (text: string) => [{ type: "BODY", text }]
const approved = { category: "UTILITY", status: "APPROVED" }

beforeEach(async () => {
  whatsapp = await sending.connect()
  graph.templates = [
    { name: "hola", language: "es", ...approved, components: body("Hola {{1}}, tu pedido {{2}} va en camino") },
    { name: "hola", language: "en", ...approved, components: body("Hi {{1}}, your order {{2}} is coming") },
    { name: "promo", language: "es", category: "MARKETING", status: "PAUSED", components: body("¡Oferta!") },
    {
      name: "guia",
      language: "es",
      ...approved,
      components: [
        { type: "HEADER", format: "DOCUMENT" },
        { type: "BODY", text: "Para {{nombre}}" },
        { type: "FOOTER", text: "Gracias" },
        { type: "BUTTONS", buttons: [{ type: "URL", text: "Ver", url: "https://a.example/{{1}}" }] },
      ],
    },
  ]
})

const sync = () => ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
const names = (answer: { body: Record<string, unknown> }) =>
  (answer.body["items"] as { name: string; language: string }[]).map((it) => `${it.name} ${it.language}`)

describe("the account's templates", () => {
  test("are fetched page by page, and what is gone there is gone here", async () => {
    const many = Array.from({ length: 230 }, (_, i) => ({
      ...graph.templates[0]!,
      name: `t${String(i).padStart(3, "0")}`,
    }))
    graph.templates = many
    assert.equal(names(await sync()).length, 230)
    graph.templates = many.slice(0, 2)
    assert.deepEqual(names(await sync()), ["t000 es", "t001 es"])
    assert.deepEqual(names(await ana.call("GET", `/connections/${whatsapp.id}/templates`)), ["t000 es", "t001 es"])
  })

  test("that nothing here can fill are recognised, and refused by name before anything is written", async () => {
    const flow = [...body("Responda"), { type: "BUTTONS", buttons: [{ type: "FLOW", text: "Abrir" }] }]
    graph.templates = [{ name: "encuesta", language: "es", ...approved, components: flow }]
    const [template] = (await sync()).body["items"] as { canSend: boolean; unfillablePart: string }[]
    assert.deepEqual([template!.canSend, template!.unfillablePart], [false, "FLOW"])
    const use = { name: "encuesta", language: "es", parameters: [] }
    const refused = await ana.call("POST", `/connections/${whatsapp.id}/templates/preview`, use)
    assert.equal(refused.status, 400)
    assert.match(String(refused.body["detail"]), /name: cannot be sent from here: nothing fills its FLOW/)
  })

  test("are fetched again every day, and an account that does not answer holds no other back", async () => {
    await sync()
    const silent = await sending.connect()
    await acting(desk, (act) =>
      changeConnection(act, desk.secrets, silent.id, { settings: { accessToken: "wrong one" } }),
    )
    graph.templates = graph.templates.slice(0, 1)
    await connectionJobs(desk)
      .find(({ name }) => name === "sync-templates")!
      .run({})
    assert.deepEqual(names(await ana.call("GET", `/connections/${whatsapp.id}/templates`)), ["hola es"])
  })

  test("stay as they are when Meta does not answer", async () => {
    await sync()
    graph.token = "another token"
    const refused = await sync()
    assert.deepEqual([refused.status, refused.body["code"]], [503, "channel_failed"])
    assert.equal(names(await ana.call("GET", `/connections/${whatsapp.id}/templates`)).length, 4)
  })

  test("read as the customer will read them", async () => {
    await sync()
    const use = { name: "hola", language: "es", parameters: ["Carla", "A-7"] }
    const { body } = await ana.call("POST", `/connections/${whatsapp.id}/templates/preview`, use)
    assert.equal(body["text"], "Hola Carla, tu pedido A-7 va en camino")
  })

  for (const [what, template, path] of [
    ["one that does not exist", { name: "nada", language: "es" }, "template.name"],
    ["another language", { name: "hola", language: "pt" }, "template.name"],
    ["one that is paused", { name: "promo", language: "es" }, "template.name"],
    ["too few values", { name: "hola", language: "es", parameters: ["Carla"] }, "template.parameters"],
    ["a value of two lines", { name: "hola", language: "es", parameters: ["a\nb", "c"] }, "template.parameters.0"],
  ] as const) {
    test(`refuse ${what}`, async () => {
      await sync()
      const carla = await sending.customer(whatsapp)
      const { status, body } = await ana.call("POST", `${carla.path}/messages`, { template })
      assert.deepEqual([status, (body["errors"] as { path: string }[])[0]!.path], [400, path])
    })
  }
})

describe("after the window", () => {
  test("a text is refused with the time it closed, and a template goes", async () => {
    await sync()
    const carla = await sending.customer(whatsapp)
    const closesAt = new Date(desk.now().getTime() + day).toISOString()
    const mode = async () => (await ana.call("GET", `${carla.path}/reply-window`)).body
    assert.deepEqual([(await mode())["mode"], (await mode())["closesAt"]], ["text", closesAt])
    desk.clock.pass(day)
    assert.deepEqual([(await mode())["mode"], (await mode())["reason"]], ["template", "window_closed"])
    const refused = await carla.write("¿sigue ahí?")
    assert.deepEqual(
      [refused.status, refused.body["code"], refused.body["templateNeeded"], refused.body["closedAt"]],
      [409, "window_closed", true, closesAt],
    )
    const template = { name: "hola", language: "es", parameters: ["Carla", "A-7"] }
    const { status, body } = await ana.call("POST", `${carla.path}/messages`, { template })
    assert.deepEqual([status, body["content"]], [201, "Hola Carla, tu pedido A-7 va en camino"])
    await work()
    const values = [
      { type: "text", text: "Carla" },
      { type: "text", text: "A-7" },
    ]
    assert.deepEqual(graph.accepted[0]!.body["template"], {
      name: "hola",
      language: { code: "es" },
      components: [{ type: "body", parameters: values }],
    })
  })

  test("a template carries a file, named values and a button's address", async () => {
    await sync()
    const carla = await sending.customer(whatsapp)
    const stored = await desk.storage.put(Readable.from([Buffer.from("%PDF-1.7 guía")]), 100)
    const upload = { fileName: "guía.pdf", mimeType: "application/pdf", userId: ana.userId }
    const attachmentIds = [await acting(desk, (act) => insertUpload(act, upload, stored))]
    const template = { name: "guia", language: "es", parameters: ["Carla", "x9"] }
    const without = await ana.call("POST", `${carla.path}/messages`, { template })
    assert.equal(without.status, 400)
    const { body } = await ana.call("POST", `${carla.path}/messages`, { template, attachmentIds })
    await work()
    assert.equal((await stateOf(String(body["id"]))).message, "sent")
    assert.deepEqual(
      graph.uploads.map(({ mimeType, size }) => [mimeType, size]),
      [["application/pdf", stored.size]],
    )
    const { components } = graph.accepted[0]!.body["template"] as { components: unknown[] }
    assert.deepEqual(components, [
      {
        type: "header",
        parameters: [{ type: "document", document: { id: graph.uploads[0]!.id, filename: "guía.pdf" } }],
      },
      { type: "body", parameters: [{ type: "text", parameter_name: "nombre", text: "Carla" }] },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "x9" }] },
    ])
  })

  test("a number that takes nothing is not tried again until it writes", async () => {
    const carla = await sending.customer(whatsapp)
    graph.script = [{ does: "refuse", status: 400, code: 131026 }]
    desk.clock.pass(1_000)
    const id = await carla.queue("hola")
    await work()
    const refused = await carla.write("¿hola?")
    assert.deepEqual(
      [refused.status, refused.body["code"], (await carla.retry(id)).status],
      [409, "undeliverable", 409],
    )
    desk.clock.pass(1_000)
    await whatsapp.says(carla.phone, { as: "phone" })
    assert.equal((await carla.write("hola de nuevo")).status, 201)
  })
})

describe("read marks", () => {
  test("go out for what was read, with typing when somebody writes, and never for a reply alone", async () => {
    const carla = await sending.customer(whatsapp)
    await carla.queue("hola")
    await work()
    assert.deepEqual(graph.marks, [])
    const payload = { eventId: 1, depth: 0, ticketId: carla.ticketId, subjectId: null }
    const job = markReadJob(desk)
    assert.equal((await acting(desk, (act) => job.worthwhile!(act.tx, [payload]))).length, 1)
    await job.run(payload)
    const mark = { messaging_product: "whatsapp", status: "read", message_id: carla.wrote }
    assert.deepEqual(graph.marks, [mark])
    assert.equal((await ana.call("POST", `${carla.path}/typing`, {})).status, 204)
    assert.deepEqual(graph.marks[1], { ...mark, typing_indicator: { type: "text" } })
    const { lastId } = await storedTicket(desk, carla.ticketId)
    await whatsapp.says(carla.phone, { as: "phone" })
    await job.run({ ...payload, subjectId: lastId })
    assert.deepEqual(graph.marks[2], mark, "what came in after the ticket was loaded is not shown as read")
  })

  test("are no matter of other channels", async () => {
    const damian = await sending.customer(await openMessageSource(desk))
    assert.equal(await sendReadReceipts(desk, damian.ticketId, { isTyping: false }), false)
  })
})

test("strangers and people without the ticket may do none of it", async () => {
  const carla = await sending.customer(whatsapp)
  const bruno = await member(desk, { name: "Bruno", email: "bruno@example.com", role: "agent" })
  assert.equal((await bruno.call("GET", `${carla.path}/reply-window`)).status, 404)
  assert.equal((await bruno.call("POST", `${carla.path}/messages/x/retry`, {})).status, 404)
  assert.equal((await bruno.call("POST", `/connections/${whatsapp.id}/check`, {})).status, 403)
  assert.equal((await bruno.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})).status, 403)
})
