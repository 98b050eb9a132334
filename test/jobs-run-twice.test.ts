// A server that dies between what a job did and saying so leaves the job to be done again. Every reaction is, here.
import assert from "node:assert/strict"
import { test } from "node:test"
import { record } from "#event-log/index.ts"
import { reactions } from "#event-log/reactions-to-events.ts"
import { runNow } from "#agreements/jobs.ts"
import { openAgreement } from "#agreements/open-agreement.ts"
import { createCalendar } from "#calendars/index.ts"
import { createConnection } from "#connections/index.ts"
import { acting, member } from "./desks/test-desk.ts"
import { from, text, verifyToken } from "./desks/whatsapp-number.ts"
import { accessToken, appSecret, startFakeGraphApi, phoneNumberId, signed, webhook } from "./fakes/graph-api.ts"
import { splynxKey, splynxSecret, startFakeSplynx } from "./fakes/splynx.ts"
import { imapPassword, imapUser, startImapServer } from "./fakes/imap-server.ts"
import { rawMail } from "./fakes/raw-mail.ts"
import { startSubmissionServer } from "./fakes/submission-server.ts"
import { dataFolder, waitUntil } from "./server-process.ts"
import { startApp } from "./start-app.ts"

const graph = await startFakeGraphApi()
const [imap, smtp] = [await startImapServer(), await startSubmissionServer(imapPassword)]
const hilo = await startApp({ WHATSAPP_API_URL: graph.url, HILO_DATA: dataFolder() })
const ana = await member(hilo, { email: "ana@example.com", name: "Ana", role: "admin" })
const beto = await member(hilo, { email: "beto@example.com", name: "Beto", role: "agent" })
const settings = { phoneNumberId, accessToken, appSecret, verifyToken }
const [greeting, outOfHoursText, farewellText] = ["Bienvenida", "Estamos cerrados", "Hasta pronto"]
// Three days from now: closed.
const intervals = [{ day: (hilo.now().getUTCDay() + 3) % 7, from: "09:00", to: "10:00" }]
const connectionId = await acting(hilo, async (act) => {
  const calendarId = await createCalendar(act, { name: "Oficina", timezone: "UTC", intervals })
  const own = { greeting, calendarId, outOfHoursText, farewellText, survey: true }
  return createConnection(act, hilo.secrets, { kind: "whatsapp", name: "Ventas", ...own, settings })
})
const carla = { phone: "573001234567", bsuid: "CO.1502576394655843" }
const look = async (sql: string) => (await hilo.db.pool.query<Record<string, unknown>>(sql)).rows

/** Jobs in hand and events that nobody has reacted to yet, at one instant. */
const isQuiet = async () => {
  const [row] = await look(
    `select (select count(*) from queue.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%')
      + (select count(*) from events where position is null)
      + (select count(*) from event_readers where position < (select max(position) from events))
      + (select count(*) from sla_recomputations) as n`,
  )
  return Number(row!["n"]) === 0
}

const what = [
  "messages",
  "sends",
  "outgoing_emails",
  "incidents",
  "customer_emails",
  "surveys",
  "events",
  "agreement_evidence",
]
// A read mark says the same twice: it is not counted.
const held = async () => {
  const counts = await look(`select ${what.map((table) => `(select count(*) from ${table}) as ${table}`).join(", ")}`)
  return { ...counts[0], sent: graph.accepted.length, mails: smtp.mails.length, copies: imap.sent().length }
}

async function call(method: Parameters<typeof ana.call>[0], path: string, body?: object) {
  const answer = await ana.call(method, path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}

/** What makes each reaction have something to do. */
async function everythingHappens() {
  const post = async (body: object) => {
    const { payload, headers } = signed(body)
    const address = `${hilo.url}/webhooks/whatsapp/${connectionId}`
    assert.equal((await fetch(address, { method: "POST", body: payload, headers })).status, 200)
  }
  graph.files.set("900100", { bytes: Buffer.from("una foto"), mimeType: "image/png" })
  await post(webhook(from(carla, text("Mi pedido llegó roto", hilo.now()))))
  const image = { id: "900100", mime_type: "image/png", caption: "Llegó así" }
  const timestamp = String(Math.floor(hilo.now().getTime() / 1000))
  await post(webhook(from(carla, { type: "image", image, timestamp })))
  const tickets = async () => (await call("GET", "/tickets"))["items"] as { id: string }[]
  await waitUntil("she is greeted, and told that it is closed", async () => graph.accepted.length === 2)
  const ticketId = (await tickets())[0]!.id
  await call("POST", `/tickets/${ticketId}/read`, {})
  await call("POST", `/tickets/${ticketId}/messages`, { content: "Le enviamos otro" })
  await waitUntil("the answer has left", async () => graph.accepted.length === 3)
  const { contact: known } = await call("GET", `/tickets/${ticketId}`)
  const { id: knownId } = known as { id: string }
  const own = (await call("GET", `/contacts/${knownId}`))["identities"] as Record<"kind" | "value" | "scope", string>[]
  const typed = { kind: "email", value: "carla@example.com", scope: "" }
  const all = [...own, typed].map(({ kind, value, scope }) => ({ kind, value, ...(scope && { scope }) }))
  await call("PATCH", `/contacts/${knownId}`, { identities: all })
  await waitUntil("she is told of it", async () => graph.accepted.length === 4)
  await call("PUT", `/tickets/${ticketId}/status`, { status: "closed" })
  await waitUntil("goodbye is said, and it is asked how it was", async () => graph.accepted.length === 6)
  const errors = [{ code: 131031, title: "Business Account locked" }]
  await post(webhook({ statuses: [{ id: graph.accepted[2]!.id, timestamp, status: "failed", errors }] }))

  const actions = [{ type: "note", value: "Escribe Eva" }]
  await call("POST", "/automation-rules", { name: "Nota", trigger: { type: "message_received" }, actions })
  const shop = await call("POST", "/connections", { kind: "api", name: "Tienda" })
  const says = { externalId: "m-1", contact: { id: "eva@example.com", name: "Eva" }, text: "Hola" }
  const { ticket } = await call("POST", `/connections/${String(shop["id"])}/messages`, says)
  const { contact } = ticket as { contact: { id: string } }
  const identities = ["eva@example.com", "+573007654321"].map((value) => ({
    kind: value.includes("@") ? "email" : "phone",
    value,
  }))
  await call("PATCH", `/contacts/${contact.id}`, { identities })
  await call("PATCH", `/users/${beto.userId}`, { disabled: true })
  await someTicketIsEscalated()
  await someTicketIsReopened()
  await announceClosing()
  await someMessageIsSplitOff()
  const data = { alert: "failing", code: "imap_login" }
  await acting(hilo, (act) => record(act, "connection.alerted", { subjectId: connectionId, data }))
}

/** Closed in one of two systems, whose window is over at once. */
async function someTicketIsReopened() {
  const splynx = await startFakeSplynx()
  const access = { baseUrl: splynx.url, auth: "basic", key: splynxKey, secret: splynxSecret }
  const link = (kind: string, linked: object) => call("POST", "/links/systems", { kind, name: kind, settings: linked })
  await link("splynx", access)
  const { id: systemId } = await link("gestionreal", {})
  await call("PUT", "/settings/TICKET_REOPEN_WINDOW_MINUTES", { value: 0 })
  const { id: workNumber } = splynx.add({ closed: true })
  const numbers = { systemId: String(systemId), number: "1", workNumber, customerNumber: "7", hookId: 1 }
  const receivedAt = hilo.now()
  await acting(hilo, (act) => openAgreement(act, { ...numbers, company: "", openedAt: null, receivedAt, motive: null }))
  const caller = {
    urgency: { always: true },
    report: (error: unknown) => assert.fail(String(error)),
    patienceMs: 60_000,
  }
  await runNow(hilo, "sync-tickets-status", caller)
  await waitUntil("it is open again", async () => splynx.reopened.length === 1)
}

async function someTicketIsEscalated() {
  const escalations = [{ on: "breach", raisePriorityTo: "urgent" }]
  const targets = { resolution: { medium: 500_000 } }
  await call("POST", "/sla-policies", { name: "Oro", isDefault: true, targets, escalations })
  const { id } = await call("POST", "/tickets", { subject: "Sin respuesta" })
  const running = () => look(`select id from sla_targets where ticket_id = '${String(id)}'`)
  // Its assignment computes the deadline again: what is written here comes after that.
  await waitUntil("it has a deadline that stays", async () => (await running()).length > 0 && (await isQuiet()))
  await look("update sla_targets set due_at = now(), wakes_at = now()")
  hilo.db.wakes.wake("sla")
  await waitUntil("it is urgent", async () => (await call("GET", `/tickets/${String(id)}`))["priority"] === "urgent")
}

/** An answer by mail, of which a copy goes to the folder of sent ones. */
async function someMailLeaves() {
  const at = (port: number) => ({ host: "127.0.0.1", security: "none", user: imapUser, port })
  const servers = { imap: at(imap.port), smtp: at(smtp.port), auth: "password", password: imapPassword }
  const { id } = await call("POST", "/connections", {
    kind: "email",
    name: "Correo",
    settings: { address: imapUser, ...servers },
  })
  await call("PUT", "/settings/mail.undoSeconds", { value: 0 })
  await look(`update connections set enabled = true where id = '${String(id)}'`)
  hilo.db.wakes.wake("connections")
  await waitUntil(
    "it is read",
    async () => (await look("select from mailboxes where checked_at is not null")).length > 0,
  )
  imap.deliver(rawMail({ id: "1@carla" }), hilo.now())
  const tickets = () => look(`select id from tickets where connection_id = '${String(id)}'`)
  await waitUntil("the mail is a ticket", async () => (await tickets()).length === 1)
  const [ticket] = await tickets()
  await call("POST", `/tickets/${String(ticket!["id"])}/messages`, { content: "Ya va" })
  await waitUntil("there is a copy of the answer", async () => imap.sent().length === 1)
}

async function someMessageIsSplitOff() {
  const { id } = await call("POST", "/tickets", { subject: "Dos cosas", contact: { email: "dos@example.com" } })
  const path = `/tickets/${String(id)}`
  const [first] = [
    await call("POST", `${path}/messages`, { content: "Una" }),
    await call("POST", `${path}/messages`, { content: "Otra" }),
  ]
  await call("POST", `${path}/split`, { messageIds: [first["id"]], subject: "Una" })
}

/** A ticket that its customer was asked about, and that was resolved three days before. */
async function announceClosing() {
  const { id } = await call("POST", "/tickets", { subject: "Factura", contact: { email: "ivan@example.com" } })
  await call("PUT", `/tickets/${String(id)}/status`, { status: "resolved" })
  const isThere = async (rows: string) =>
    (await look(`select from ${rows} and ticket_id = '${String(id)}'`)).length === 1
  await waitUntil("it was asked about", () => isThere("surveys where true"))
  await look(`update tickets set resolved_at = resolved_at - interval '3 days' where id = '${String(id)}'`)
  await waitUntil("its closing is announced", () => isThere("events where kind = 'ticket.closing_announced'"))
}

test("a job that is done again has no second consequence, whichever reaction it is", async () => {
  await everythingHappens()
  await someMailLeaves()
  await waitUntil("all is done", isQuiet)
  const done = async () =>
    (
      await look(
        `select distinct name from queue.job where state = 'completed' and name not like '\\_\\_%'
          and name not in (select name from queue.schedule) order by name`,
      )
    ).map(({ name }) => name)
  const names = [...new Set<string>(Object.values(reactions).flat())].toSorted()
  assert.deepEqual(await done(), names, "every reaction had something to do")
  const before = await held()
  await look("update queue.job set state = 'retry', start_after = now(), completed_on = null where state = 'completed'")
  await waitUntil("all is done again", isQuiet)
  assert.deepEqual(await held(), before)
})
