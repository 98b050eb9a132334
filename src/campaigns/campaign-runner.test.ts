import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { beforeEach, describe, test } from "node:test"
import { overdueWarnings } from "#timers/index.ts"
import { insertUpload } from "#files/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { createLog } from "#kernel/log.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { approvedTemplate } from "#test/fakes/graph-api.ts"
import { campaignRoutes } from "./routes.ts"
import { campaignsTimer, runCampaigns } from "./campaign-runner.ts"

const sending = await openSending(campaignRoutes)
const { graph, desk, ana, work } = sending
const minute = 60_000
const silent = createLog("silent")
let whatsapp: MessageSource
let series = 0

beforeEach(async () => {
  await desk.db.pool.query("update campaigns set status = 'cancelled'")
  whatsapp = await sending.connect()
  graph.templates = [approvedTemplate("corte", "Hola {{1}}, mañana hay corte en {{2}}")]
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
  series++
})

const phone = (i: number) => `+5731${String(series).padStart(2, "0")}${String(i).padStart(6, "0")}`
const csvOf = (count: number) =>
  ["phone,name,barrio", ...Array.from({ length: count }, (_, i) => `${phone(i)},Cliente ${i},Centro`)].join("\n")

async function campaign(count: number, more: object = {}) {
  const template = { name: "corte", language: "es", parameters: ["{name}", "{barrio}"] }
  const body = { name: "Corte", kind: "messaging", connectionId: whatsapp.id, template, ...more }
  const made = await ana.call("POST", "/campaigns", body)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const path = `/campaigns/${String(made.body["id"])}`
  const added = await ana.call("POST", `${path}/recipients`, { csv: csvOf(count) })
  assert.deepEqual([added.status, added.body["added"]], [200, count])
  const show = async () => (await ana.call("GET", path)).body as { status: string; progress: Record<string, unknown> }
  return {
    path,
    show,
    become: (status: string) => ana.call("PUT", `${path}/status`, { status }),
    progress: async () => {
      const { progress } = await show()
      return Object.fromEntries(Object.entries(progress).filter(([, n]) => n !== 0))
    },
  }
}

/** Ships and sends until nothing moves. */
async function run() {
  do while (await runCampaigns(desk, silent));
  while ((await work(), await runCampaigns(desk, silent)))
}

const reached = () => graph.accepted.map((it) => it.to)

describe("a campaign", () => {
  test("reaches each of its list once, with its own values, on a closed ticket, and is done", async () => {
    const corte = await campaign(130)
    assert.equal((await corte.become("running")).status, 200)
    for (let second = 0; second < 4; second++) {
      await run()
      desk.clock.pass(1_100)
    }
    assert.equal(reached().length, 130)
    assert.equal(new Set(reached()).size, 130)
    const { components } = graph.accepted.find(({ to }) => to === phone(7).slice(1))!.body["template"] as {
      components: { parameters: { text: string }[] }[]
    }
    assert.deepEqual(
      components[0]!.parameters.map((it) => it.text),
      ["Cliente 7", "Centro"],
    )
    assert.deepEqual(
      [(await corte.show()).status, await corte.progress()],
      ["done", { total: 130, sent: 130, failed: {} }],
    )
    const { rows } = await desk.db.pool.query(
      `select t.status, count(*) as n, count(distinct t.campaign_shipment_id) as shipments from tickets t
       where connection_id = $1 group by 1`,
      [whatsapp.id],
    )
    assert.deepEqual(rows, [{ status: "closed", n: 130, shipments: 130 }])
  })

  test("of two lists with the same people writes to each once, and says by line what is wrong", async () => {
    const corte = await campaign(3)
    const csv = `${csvOf(3)}\n12,Nadie,Centro\n${phone(9)},Sin barrio,`
    const { body } = await ana.call("POST", `${corte.path}/recipients`, { csv })
    assert.deepEqual([body["added"], body["repeated"]], [0, 3])
    assert.deepEqual(
      (body["errors"] as { line: number }[]).map(({ line }) => line),
      [5, 6],
    )
    const recipients = [
      { phone: phone(4), name: "Sol", fields: { barrio: "Sur" } },
      { phone: phone(4), name: "Sol", fields: { barrio: "Sur" } },
    ]
    const again = await ana.call("POST", `${corte.path}/recipients`, { recipients })
    assert.deepEqual([again.body["added"], again.body["repeated"]], [1, 1])
    await corte.become("running")
    await run()
    assert.equal(new Set(reached()).size, 4)
    assert.equal(reached().length, 4)
  })

  test("is sent once by any number of servers", async () => {
    const corte = await campaign(40)
    await corte.become("running")
    const outboxes = [sending.newOutbox(), sending.newOutbox()]
    for (let round = 0; round < 30 && (await corte.show()).status !== "done"; round++) {
      await Promise.all([runCampaigns(desk, silent), runCampaigns(desk, silent), ...outboxes.map((box) => work(box))])
    }
    await work()
    assert.deepEqual([reached().length, new Set(reached()).size], [40, 40])
  })

  for (const [what, code] of [
    ["a crash", "57P01"],
    ["a deadlock", "40P01"],
  ])
    test(`goes on after ${what} between ticket and send as if nothing had been`, async () => {
      const corte = await campaign(5)
      await corte.become("running")
      await desk.db.pool.query(`create function crash() returns trigger language plpgsql as $$
      begin if random() < 0.6 then raise exception 'power' using errcode = '${code}'; end if; return new; end $$`)
      await desk.db.pool.query("create trigger crash before insert on sends for each row execute function crash()")
      for (let round = 0; round < 60; round++) await runCampaigns(desk, silent).catch(() => false)
      await desk.db.pool.query("drop function crash() cascade")
      await run()
      assert.deepEqual(await corte.progress(), { total: 5, sent: 5, failed: {} })
      const { rows } = await desk.db.pool.query("select count(*) as n from messages where connection_id = $1", [
        whatsapp.id,
      ])
      assert.deepEqual([rows[0].n, reached().length], [5, 5])
    })

  test("waits for its hour, keeps its pace, pauses and is cancelled", async () => {
    const at = new Date(desk.now().getTime() + 10 * minute)
    const corte = await campaign(50, { scheduledAt: at.toISOString(), pacePerMinute: 10 })
    assert.equal((await corte.become("scheduled")).status, 200)
    await run()
    assert.equal(reached().length, 0)
    desk.clock.pass(10 * minute)
    await run()
    for (let second = 0; second < 60; second++) {
      desk.clock.pass(1_000)
      await run()
    }
    const afterAMinute = reached().length
    assert.ok(afterAMinute >= 10 && afterAMinute <= 12, String(afterAMinute))
    await corte.become("paused")
    desk.clock.pass(5 * minute)
    await run()
    assert.equal(reached().length, afterAMinute)
    await corte.become("running")
    await runCampaigns(desk, silent)
    assert.equal((await corte.become("cancelled")).status, 200)
    await run()
    assert.equal(reached().length, afterAMinute)
    const { cancelled, total } = await corte.progress()
    assert.deepEqual([cancelled, total], [50 - afterAMinute, 50])
    assert.equal((await corte.become("running")).body["code"], "transition")
  })

  test("counts what failed by its reason, and who answered", async () => {
    const corte = await campaign(6)
    graph.otherwise = (body) =>
      String(body["to"]).endsWith("2") ? { does: "refuse", status: 400, code: 131026 } : { does: "accept" }
    await corte.become("running")
    await run()
    desk.clock.pass(minute)
    const { ticket, decision } = await whatsapp.says(phone(3), { as: "phone" })
    assert.deepEqual([decision.action, ticket!.campaignShipmentId !== null], ["reopened", true])
    assert.deepEqual(await corte.progress(), { total: 6, sent: 5, failed: { undeliverable: 1 }, replied: 1 })
    const again = await campaign(6)
    await again.become("running")
    await run()
    const { failed } = await again.progress()
    assert.deepEqual([failed, reached().filter((to) => to.endsWith("2")).length], [{ undeliverable: 1 }, 0])
  })

  test("stops with the account and goes on with it", async () => {
    const corte = await campaign(5)
    graph.token = "another token"
    await corte.become("running")
    await run()
    assert.equal(reached().length, 0)
    graph.token = sending.accessToken
    await ana.call("POST", `/connections/${whatsapp.id}/check`, {})
    await run()
    assert.equal(reached().length, 5)
  })
})

test("a template's file goes to everybody, uploaded once; without one, or with one too many, it is refused", async () => {
  graph.templates.push(
    approvedTemplate("factura", "Hola {{1}}, su factura", { header: [{ type: "HEADER", format: "DOCUMENT" }] }),
  )
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
  const stored = await desk.storage.put(Readable.from([Buffer.from("%PDF-1.7 factura")]), 100)
  const upload = { fileName: "factura.pdf", mimeType: "application/pdf", userId: ana.userId }
  const attachmentId = await acting(desk, (act) => insertUpload(act, upload, stored))
  const template = { name: "factura", language: "es", parameters: ["{name}"], attachmentId }
  const pathOf = async (wrong: object) => {
    const body = { name: "Facturas", kind: "messaging", connectionId: whatsapp.id, template: wrong }
    return ((await ana.call("POST", "/campaigns", body)).body["errors"] as { path: string }[])[0]!.path
  }
  assert.equal(await pathOf({ ...template, attachmentId: undefined }), "template.attachmentId")
  assert.equal(await pathOf({ ...template, attachmentId: "att_none" }), "template.attachmentId")
  const plain = { name: "corte", language: "es", parameters: ["{name}", "Centro"] }
  assert.equal(await pathOf({ ...plain, attachmentId }), "template.attachmentId")
  const facturas = await campaign(12, { template })
  // One of them has an open conversation: the rule is asked for it alone.
  await whatsapp.says(phone(5), { as: "phone" })
  await facturas.become("running")
  await run()
  const shown = (await facturas.progress())["sent"]
  assert.deepEqual([shown, new Set(reached()).size, graph.uploads.length], [12, 12, 1])
  const headers = graph.accepted.map(({ body }) => {
    const { components } = body["template"] as { components: { parameters: unknown[] }[] }
    return components[0]
  })
  for (const header of headers)
    assert.deepEqual(header, {
      type: "header",
      parameters: [{ type: "document", document: { id: graph.uploads[0]!.id, filename: "factura.pdf" } }],
    })
})

test("a campaign without a template, with a wrong one, or on another channel does not start", async () => {
  const body = { name: "Vacía", kind: "marketing", connectionId: whatsapp.id }
  const { body: empty } = await ana.call("POST", "/campaigns", body)
  const start = await ana.call("PUT", `/campaigns/${String(empty["id"])}/status`, { status: "running" })
  assert.deepEqual([start.status, (start.body["errors"] as { path: string }[])[0]!.path], [400, "template"])
  const missing = await ana.call("POST", "/campaigns", { ...body, template: { name: "nada", language: "es" } })
  assert.equal(missing.status, 400)
})

test("without a pace is not overdue as long as it goes on, and is when it stands still", async () => {
  // Timers go by the database's clock.
  desk.clock.now = new Date()
  const corte = await campaign(100)
  await corte.become("running")
  const startedLongAgo = () =>
    desk.db.pool.query("update campaigns set next_at = now() - interval '2 minutes' where status = 'running'")
  const overdue = () => overdueWarnings(desk.db.pool, [campaignsTimer])
  await startedLongAgo()
  await runCampaigns(desk, silent)
  assert.partialDeepStrictEqual(await corte.progress(), { waiting: 20, queued: 80 })
  assert.deepEqual(await overdue(), [])
  await startedLongAgo()
  assert.match((await overdue()).join(), /^campaigns has work that is due since/)
})
