// Hilo writes to recipients itself, by campaigns whose list names a guia: what becomes of those messages are contacts and
// failures like any executor's.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import type { Payload } from "#kernel/jobs/job-queue.ts"
import { createLog } from "#kernel/log.ts"
import { campaignRoutes } from "#campaigns/index.ts"
import { dispatchOnce, sequenceAll } from "#event-log/index.ts"
import { adminRoutes, cronRoutes, incidentJobs, incidentRoutes } from "#incidents/index.ts"
import { processDeliveries, webhookRoutes } from "#incoming-webhooks/index.ts"
import type { MessageSource } from "../desks/message-source.ts"
import { type AcceptedMessage, type Script, signed, statusWebhook } from "../fakes/graph-api.ts"
import { callsOf, secret } from "../desks/incident-desk.ts"
import { openSending } from "../desks/sending-desk.ts"
import { runCampaigns } from "../../src/campaigns/campaign-runner.ts"

const sending = await openSending(campaignRoutes, incidentRoutes, webhookRoutes, (app, kit) => {
  adminRoutes(app, kit, secret)
  cronRoutes(app, kit, secret)
})
const { graph, desk, ana, work } = sending
const { admin, cron, move } = callsOf(desk, ana)
const silent = createLog("silent")
const jobs = new Map(incidentJobs(desk).map((job) => [job.name, job]))
const hour = 3_600_000
let whatsapp: MessageSource
let series = 0

beforeEach(async () => {
  await desk.db.pool.query("update campaigns set status = 'cancelled'")
  whatsapp = await sending.connect()
  const components = [{ type: "BODY", text: "Hola {{1}}, su paquete lo espera" }]
  graph.templates = [{ name: "paquete", language: "es", category: "UTILITY", status: "APPROVED", components }]
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
  series++
})

const phoneOf = (i: number) => `+5730077${String(series).padStart(2, "0")}${String(i).padStart(3, "0")}`
const guiaOf = (i: number) => `0141${String(series).padStart(2, "0")}${String(i).padStart(6, "0")}`

/** A campaign over so many shipments has run; `column` is what its list calls the guia. */
async function reportOf(parcels: number, column = "Número de guía") {
  const template = { name: "paquete", language: "es", parameters: ["{name}"] }
  const body = { name: "Paquetes", kind: "messaging", connectionId: whatsapp.id, template }
  const path = `/campaigns/${String((await ana.call("POST", "/campaigns", body)).body["id"])}`
  const lines = Array.from({ length: parcels }, (_, i) => `${phoneOf(i)},Cliente ${i},${guiaOf(i)}`)
  await ana.call("POST", `${path}/recipients`, { csv: [`phone,name,${column}`, ...lines].join("\n") })
  await ana.call("PUT", `${path}/status`, { status: "running" })
  await run()
}

async function run() {
  do while (await runCampaigns(desk, silent));
  while ((await work(), await runCampaigns(desk, silent)))
  await react()
}

/** What follows from the log, until nothing does. */
async function react() {
  for (let todo: [string, Payload[]][] = [["", []]]; todo.length > 0;) {
    todo = []
    await sequenceAll(desk.db)
    await dispatchOnce(desk.db, silent, {
      enqueue: async (tx, name, payloads) => {
        const wanted = (await jobs.get(name)?.worthwhile?.(tx, payloads)) ?? []
        if (wanted.length > 0) todo.push([name, wanted])
      },
      deadLetter: async () => {},
    })
    for (const [name, payloads] of todo) for (const payload of payloads) await jobs.get(name)!.run(payload)
  }
}

const to = (i: number) => phoneOf(i).slice(1)
const isTo = (i: number) => (body: Record<string, unknown>) => body["to"] === to(i)
const refusing = (i: number, step: Script) => (body: Record<string, unknown>) =>
  isTo(i)(body) ? step : ({ does: "accept" } as const)

async function report(i: number, status: "sent" | "delivered" | "read" | "failed", code?: number) {
  const accepted = graph.accepted.find((it) => it.to === to(i))! satisfies AcceptedMessage
  const errors = code === undefined ? {} : { errors: [{ code, title: "Message undeliverable" }] }
  const hook = signed(statusWebhook({ ...accepted, at: desk.now().getTime() }, status, errors))
  const answer = await desk.app.inject({ method: "POST", url: `/webhooks/whatsapp/${whatsapp.id}`, ...hook })
  assert.equal(answer.statusCode, 200)
  while (await processDeliveries(desk));
  await react()
}

const incidentsOf = async (guia: string) =>
  (await admin("GET", "?limit=100")).body.tickets.filter((it) => it.guia === guia)
const contactOf = async (i: number) =>
  (await desk.db.pool.query("select status, at from shipment_actions where guia = $1", [guiaOf(i)])).rows

test("a message that WhatsApp refuses for good is an incident of its shipment, without the number", async () => {
  graph.otherwise = refusing(1, { does: "refuse", status: 400, code: 131026 })
  await reportOf(3)
  assert.equal((await incidentsOf(guiaOf(0))).length, 0)
  const [found, ...more] = await incidentsOf(guiaOf(1))
  assert.deepEqual([more, found!.trigger, found!.priority], [[], "FAILED_4XX", "alta"])
  assert.equal(found!.metadata.failureCode, 131026)
  assert.match(found!.metadata.phoneHash!, /^[0-9a-f]{64}$/)
  assert.doesNotMatch(JSON.stringify(found), new RegExp(phoneOf(1).slice(-7)))
})

test("what arrives is a contact of the moment it was sent, however late it is read", async () => {
  await reportOf(1)
  const [sent] = await contactOf(0)
  desk.clock.pass(10 * hour)
  await report(0, "delivered")
  await report(0, "read")
  assert.deepEqual(await contactOf(0), [sent])
  assert.equal(sent.status, "SUCCESS")
})

test("two days after a message that arrived, the shipment that has not moved is an incident", async () => {
  await reportOf(2)
  await move(guiaOf(0), "EN AGENCIA", new Date(desk.now().getTime() - hour))
  desk.clock.pass(48 * hour)
  await cron()
  const triggers = [await incidentsOf(guiaOf(0)), await incidentsOf(guiaOf(1))].flat().map(({ trigger }) => trigger)
  assert.deepEqual(triggers, ["AT_OFFICE_STILL", "NO_MOVEMENT_AFTER_CONTACT"])
})

test("a message that failed later was no contact, and is a failure", async () => {
  await reportOf(1)
  assert.equal((await contactOf(0))[0].status, "SUCCESS")
  desk.clock.pass(hour)
  await report(0, "failed", 131026)
  assert.deepEqual(
    (await contactOf(0)).map(({ status }) => status),
    ["FAILED"],
  )
  desk.clock.pass(48 * hour)
  await cron()
  assert.deepEqual(
    (await incidentsOf(guiaOf(0))).map(({ trigger }) => trigger),
    ["FAILED_4XX"],
  )
})

test("while WhatsApp is down nothing is an incident; once Hilo gives up, it is", async () => {
  graph.otherwise = refusing(0, { does: "refuse", status: 503 })
  await reportOf(1)
  assert.equal((await incidentsOf(guiaOf(0))).length, 0)
  for (let tries = 0; tries < 14; tries++) {
    desk.clock.pass(hour)
    await run()
  }
  const [found] = await incidentsOf(guiaOf(0))
  assert.deepEqual([found?.trigger, found?.priority], ["FAILED_5XX_RETRIES", "alta"])
})

test("an account that cannot send is one incident of its connection, and none of its shipments", async () => {
  graph.otherwise = () => ({ does: "refuse", status: 401, code: 190 })
  await reportOf(5)
  await run()
  const [found, ...more] = await incidentsOf(`SYSTEM-${whatsapp.id}`)
  assert.deepEqual([more, found!.trigger, found!.priority], [[], "FAILED_4XX", "alta"])
  assert.equal(found!.metadata.failureCode, 190)
  for (let i = 0; i < 5; i++) assert.deepEqual(await incidentsOf(guiaOf(i)), [])
})

test("what WhatsApp says afterwards of the whole account stops the connection too, with or without a shipment", async () => {
  for (const column of ["guia", "pedido"]) {
    whatsapp = await sending.connect()
    await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
    await reportOf(2, column)
    await report(0, "failed", 131031)
    await report(1, "failed", 131031)
    assert.equal((await incidentsOf(`SYSTEM-${whatsapp.id}`)).length, 1, column)
    assert.deepEqual(await incidentsOf(guiaOf(0)), [])
    const { rows } = await desk.db.pool.query("select health from connections where id = $1", [whatsapp.id])
    assert.equal(rows[0].health.breaker.code, 131031)
    series++
  }
})

test("messages of lists that name no guia, or a telephone number as one, are about no shipment", async () => {
  graph.otherwise = () => ({ does: "refuse", status: 400, code: 131026 })
  const before = (await admin("GET")).body.stats.total
  await reportOf(2, "pedido")
  const template = { name: "paquete", language: "es", parameters: ["{name}"] }
  const body = { name: "Números", kind: "messaging", connectionId: whatsapp.id, template }
  const path = `/campaigns/${String((await ana.call("POST", "/campaigns", body)).body["id"])}`
  const csv = `phone,name,guia\n${phoneOf(7)},Carla,${to(7)}\n${phoneOf(8)},Carla,${to(8).slice(2)}`
  await ana.call("POST", `${path}/recipients`, { csv })
  await ana.call("PUT", `${path}/status`, { status: "running" })
  await run()
  assert.equal(graph.tries.length, 4)
  assert.equal((await admin("GET")).body.stats.total, before)
})
