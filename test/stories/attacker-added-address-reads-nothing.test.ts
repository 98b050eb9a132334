// An attacker who gets an address of their own onto somebody's contact or ticket, by whatever steps, tries every route that shows
// a message, a file, a count, a preview, a hit or an event – and learns nothing of that person.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io } from "socket.io-client"
import { sendCustomerEmails, recordCustomerEmails } from "../../src/notifications/record-and-send-customer-emails.ts"
import { createTeam } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { acting, type Answer, type Client, member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { waitUntil } from "../server-process.ts"

const app = await startApp()
const someone = (name: string, role: "admin" | "agent" | "user") =>
  member(app, { email: `${name}@example.com`, name, role })
const [root, ana] = [await someone("root", "admin"), await someone("ana", "agent")]
const ours = await acting(app, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const door = await openMessageSource(app, { teamIds: [ours.id] })

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer))
  return answer.body
}
let people = 0
const secret = "cedulasecreta"

/** A file of Ana's, not sent yet. */
async function upload(who: Client) {
  const payload = `--b\r\ncontent-disposition: form-data; name="file"; filename="contrato.txt"\r\ncontent-type: text/plain\r\n\r\n${secret}\r\n--b--\r\n`
  const headers = { "content-type": "multipart/form-data; boundary=b", authorization: `Bearer ${who.key}` }
  const answer = await app.app.inject({ method: "POST", url: "/api/v1/attachments", payload, headers })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ id: string }>().id
}

/** Somebody who wrote by phone and was answered with a file. */
async function victim() {
  const phone = `+57301888${String(1000 + people++)}`
  const { ticket } = await door.says(phone, { name: "Carla Peñaranda", text: `mi ${secret} es 42` })
  const file = await upload(ana)
  const answered = await ana.call("POST", `/tickets/${ticket!.id}/messages`, {
    content: `tu ${secret}`,
    attachmentIds: [file],
  })
  return { phone, id: ticket!.contact!.id, ticketId: ticket!.id, file, messageId: String(ok(answered)["id"]) }
}
type Victim = Awaited<ReturnType<typeof victim>>

async function thief() {
  const email = `ladron${people++}@example.com`
  const { key, call } = await member(app, { email, name: "Ladrón", role: "user" })
  const socket = io(app.url, { path: "/socket", auth: { token: key }, reconnection: false, transports: ["websocket"] })
  after(() => socket.disconnect())
  const received: string[] = []
  socket.onAny((name: string, body: unknown) => received.push(`${name} ${JSON.stringify(body)}`))
  await new Promise((ready) => socket.once("ready", ready))
  return { email, key, heard: received, call }
}
type Thief = Awaited<ReturnType<typeof thief>>

/** A ticket for `email`; with `phone` it stands on the contact that has that. */
const opened = async (contact: { email: string; phone?: string }) =>
  String(ok(await ana.call("POST", "/tickets", { subject: "Caja rota", description: "Llegó rota", contact }))["id"])

/** Every route that shows something, each with its answer. */
async function triesAll({ key }: Thief, { ticketId, file, phone, id }: Victim, own: string[]) {
  const parts = ["", "/messages", "/messages?includeInternal=true", "/timeline", "/why", "/surveys", "/reply-window"]
  const said: { url: string; text: string }[] = []
  for (const url of [
    "/tickets",
    "/tickets?sort=-lastMessageAt",
    "/tickets/export",
    "/views/counts",
    "/notifications",
    "/me",
    "/contacts",
    ...[secret, encodeURIComponent(phone), phone.slice(-10), "penaranda"].map((q) => `/tickets?q=${q}`),
    `/contacts/${id}`,
    `/attachments/${file}`,
    ...[ticketId, ...own].flatMap((ticket) => parts.map((part) => `/tickets/${ticket}${part}`)),
  ]) {
    const headers = { authorization: `Bearer ${key}` }
    said.push({ url, text: (await app.app.inject({ method: "GET", url: `/api/v1${url}`, headers })).body })
  }
  return said
}

/** What was mailed to them, once everything due has been. */
async function lettersTo(email: string): Promise<string[]> {
  while (await recordCustomerEmails(app));
  await app.db.pool.query("update customer_emails set due_at = '2020-01-01'")
  while (await sendCustomerEmails(app, "http://hilo.test"));
  const mails = await app.db.kysely
    .selectFrom("outgoingEmails")
    .select("sealed")
    .where("recipient", "=", email)
    .execute()
  return mails.flatMap(({ sealed }) => (sealed ? [app.secrets.open(sealed)] : []))
}

async function learnsNothing(who: Thief, of: Victim, own: string[] = []) {
  const said = await triesAll(who, of, own)
  const found = (q: string) => JSON.parse(said.find(({ url }) => url === `/tickets?q=${q}`)!.text) as { total: number }
  for (const q of [secret, of.phone.slice(-10), "penaranda"]) assert.equal(found(q).total, 0, q)
  // Once they have received one more of their own, they have received all that was said before.
  const last = await opened({ email: who.email })
  await waitUntil("their own is received", async () => who.heard.some((one) => one.includes(last)))
  const mails = await lettersTo(who.email)
  for (const word of [secret, of.phone, of.phone.slice(-7), of.messageId, of.file, "Peñaranda", of.id]) {
    assert.deepEqual(
      said.filter(({ text }) => text.includes(word)).map(({ url }) => url),
      [],
      word,
    )
    assert.deepEqual(
      [...mails, ...who.heard].filter((one) => one.includes(word)),
      [],
      word,
    )
  }
  assert.deepEqual(
    who.heard.filter((one) => one.includes(of.ticketId)),
    [],
  )
}

const give = (id: string, ...all: string[]) => {
  const identities = all.map((value) => ({ kind: value.includes("@") ? "email" : "phone", value }))
  return ana.call("PATCH", `/contacts/${id}`, { identities })
}
/** The victim goes on: they write, and are answered. */
async function goesOn({ phone, ticketId }: Victim, place = ticketId) {
  await door.says(phone, { text: `otra vez ${secret}` })
  const content = `otra vez tu ${secret}`
  return String(ok(await ana.call("POST", `/tickets/${place}/messages`, { content }))["id"])
}

test("an address that was put on somebody's contact shows nothing of theirs by any route", async () => {
  const [who, of] = [await thief(), await victim()]
  ok(await give(of.id, of.phone, who.email))
  await goesOn(of)
  await learnsNothing(who, of)
})

test("nor one that came with a ticket for their phone, though their conversation is merged into that ticket", async () => {
  const [who, of] = [await thief(), await victim()]
  const own = await opened({ email: who.email, phone: of.phone })
  ok(await ana.call("POST", `/tickets/${of.ticketId}/merge`, { into: own }))
  const later = await goesOn(of, own)
  ok(await ana.call("PUT", `/tickets/${own}/status`, { status: "resolved", resolution: "hecho" }))
  const received = () => who.heard.some((one) => one.startsWith("ticket:resolved") && one.includes(own))
  await waitUntil("they receive that their own is resolved", async () => received())
  assert.equal(
    who.heard.some((one) => one.includes(later)),
    false,
  )
  const read = ok(await who.call("GET", `/tickets/${own}`))
  assert.deepEqual([read["messageCount"], read["unreadMessages"], read["contact"]], [1, 0, null])
  const messages = ok(await who.call("GET", `/tickets/${own}/messages`)) as unknown as { total: number }
  assert.equal(messages.total, 1)
  await learnsNothing(who, of, [own])
})

test("nor one whose contact was merged with theirs, either way, with all their tickets", async () => {
  for (const isTarget of [true, false]) {
    const [who, of] = [await thief(), await victim()]
    const typed = String(
      ok(await ana.call("POST", "/tickets", { subject: `Su ${secret}`, contact: { phone: of.phone } }))["id"],
    )
    const own = await door.says(who.email, { name: "Ladrón" })
    const [source, into] = isTarget ? [of.id, own.ticket!.contact!.id] : [own.ticket!.contact!.id, of.id]
    ok(await root.call("POST", `/contacts/${source}/merge`, { into }))
    await door.says(of.phone, { text: `otra vez ${secret}` })
    ok(await ana.call("POST", `/tickets/${typed}/messages`, { content: `tu ${secret}` }))
    await learnsNothing(who, of)
  }
})

test("each still reads what was theirs after a merge that nobody said to be of one person", async () => {
  const [mine, theirs] = [await thief(), await thief()]
  const [a, b] = [await opened({ email: mine.email }), await opened({ email: theirs.email })]
  const other = await openMessageSource(app, { teamIds: [ours.id] })
  const c = (await other.says(theirs.email, { text: "por otra puerta" })).ticket!
  const { contact } = ok(await root.call("GET", `/tickets/${a}`)) as { contact: { id: string } }
  ok(await root.call("POST", `/contacts/${c.contact!.id}/merge`, { into: contact.id }))
  const listed = async ({ call }: Thief) =>
    (ok(await call("GET", "/tickets"))["items"] as { id: string }[]).map(({ id }) => id)
  assert.deepEqual([await listed(mine), (await listed(theirs)).toSorted()], [[a], [b, c.id].toSorted()])
  const { id } = ok(await ana.call("POST", `/tickets/${b}/messages`, { content: "Ya vamos" }))
  const { items } = ok(await theirs.call("GET", `/tickets/${b}/messages`)) as { items: { id: string }[] }
  assert.equal(items.at(-1)!.id, id)
})

test("a ticket that is opened after such a merge is for the address that it names, not for the contact's owner", async () => {
  const [mine, theirs] = [await thief(), await thief()]
  const [a, b] = [await opened({ email: mine.email }), await opened({ email: theirs.email })]
  const own = "update contact_identities set confirmed_for = contact_id where value = any($1)"
  await app.db.pool.query(own, [[mine.email, theirs.email]])
  ok(await root.call("POST", `/contacts/${await contactIdOf(b)}/merge`, { into: await contactIdOf(a) }))
  const later = await opened({ email: theirs.email })
  assert.equal(await contactIdOf(later), await contactIdOf(a))
  const listed = async ({ call }: Thief) =>
    (ok(await call("GET", "/tickets"))["items"] as { id: string }[]).map(({ id }) => id).toSorted()
  assert.deepEqual([await listed(mine), await listed(theirs)], [[a], [b, later].toSorted()])
  assert.equal((await mine.call("GET", `/tickets/${later}/messages`)).status, 404)
})

test("nor what the holder of an address asks that staff wrote on somebody else's contact", async () => {
  const [carla, holder] = [await thief(), await thief()]
  const first = await opened({ email: carla.email })
  await app.db.pool.query("update contact_identities set confirmed_for = contact_id where value = $1", [carla.email])
  const contactId = await contactIdOf(first)
  const identities = [carla.email, holder.email].map((value) => ({ kind: "email", value }))
  ok(await root.call("PATCH", `/contacts/${contactId}`, { identities }))
  // As when the holder has signed in by the link that was mailed there.
  await app.db.pool.query("update contact_identities set proof = 'link' where value = $1", [holder.email])
  const asked = String(ok(await holder.call("POST", "/tickets", { subject: secret, description: secret }))["id"])
  assert.equal((await holder.call("GET", `/tickets/${asked}`)).status, 200)
  assert.equal((await carla.call("GET", `/tickets/${asked}`)).status, 404)
  const { items } = ok(await carla.call("GET", "/tickets")) as { items: { id: string }[] }
  assert.deepEqual(
    items.map(({ id }) => id),
    [first],
  )
})

const contactIdOf = async (ref: string) =>
  (ok(await root.call("GET", `/tickets/${ref}`)) as { contact: { id: string } }).contact.id
