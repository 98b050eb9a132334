// The e-mail that a visitor of a chat, or staff, gave with a ticket: it opens that ticket and nothing else.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { giveTicketEmail } from "#contacts/index.ts"
import type { Act } from "#kernel/act.ts"
import { runOverlapped } from "#test/concurrent-acts.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { member } from "#test/desks/test-desk.ts"
import { openTracking } from "#test/desks/tracking-desk.ts"

const { desk, ana, opened, track, look, visitor, clearLimits, says, page, mails, askLink, linkTo, mailedTo } =
  await openTracking()
let people = 0

test("a ticket from the chat has a number at once, once for a key, and is linked with the conversation both ways", async () => {
  await clearLimits()
  const carla = await visitor()
  const body = { subject: "Caja rota", text: "No enciende", name: "Carla", email: `carla${++people}@example.com` }
  assert.equal((await carla.ask("tickets", body)).status, 401, "a stranger opens none")
  await carla.say("hola")
  const tries = await Promise.all([1, 2, 3].map(() => carla.openTicket(body, "the same")))
  const { number, trackUrl } = tries.find(({ status }) => status === 201)!.body
  assert.deepEqual(await carla.openTicket(body, "the same"), { status: 201, body: { number, trackUrl } })
  assert.equal(trackUrl, `http://hilo.test/track?number=${number}`)
  const { body: ticket } = await ana.call("GET", `/tickets/${number}`)
  assert.partialDeepStrictEqual(ticket, { kind: "support", channel: "chat", subject: "Caja rota", messageCount: 1 })
  const [link] = ticket["links"] as { type: string; ticket: { number: string } }[]
  assert.equal(link!.type, "conversation")
  const { body: conversation } = await ana.call("GET", `/tickets/${link!.ticket.number}`)
  assert.equal((conversation["links"] as (typeof link)[])[0]!.ticket.number, number)
  assert.equal((await track(number!, body.email)).status, 200)
  const more = await carla.openTicket({ ...body, subject: "Otra" })
  assert.notEqual(more.body["number"], number)
})

test("an e-mail that a visitor typed proves nothing: it joins nobody, and what is mailed there repeats no word of theirs", async () => {
  await clearLimits()
  const victim = await opened()
  const damian = await visitor()
  const body = { subject: "Compra ya en evil.example", text: "Pierde peso", name: "Damián", email: victim.email }
  await damian.say("hola")
  const { number } = (await damian.openTicket(body)).body as { number: string }
  await damian.openTicket({ ...body, subject: "Otra vez en evil.example" })
  const [{ contact_id: contactId, id }] = await look("select id, contact_id from tickets where number = $1", [number])
  const [{ contact_id: theirs }] = await look("select contact_id from tickets where id = $1", [victim.id])
  assert.notEqual(contactId, theirs)
  // Neither finds the other's tickets: the number and the e-mail belong together by the ticket alone.
  assert.equal((await track(victim.number, victim.email)).status, 200)
  const first = await mailedTo(victim.email)
  assert.equal(first.length, 1, "one mail an hour for an address")
  await says(id, "Te ayudo con **evil.example**")
  const second = await mailedTo(victim.email)
  assert.equal(second.length, 1)
  const words = [...first, ...second].map(({ subject, text }) => `${subject} ${text}`).join()
  assert.doesNotMatch(words, /evil|peso|Dami/)
  assert.match(words, new RegExp(`/track\\?number=${number}`))
  // Its holder uses the link: it opens that ticket alone, and from then on they are mailed what was said.
  const cookie = await linkTo({ number, email: victim.email })
  const page1 = (await page("GET", "/track/ticket", undefined, { cookie })).body
  assert.match(page1, /Pierde peso/)
  await says(id, "Hecho")
  assert.match((await mailedTo(victim.email))[0]!.text, /Hecho/)
})

test("an e-mail given with one ticket opens that one alone, of all that its contact has", async () => {
  await clearLimits()
  const shared = await visitor()
  await shared.say("hola")
  const opens = async (email: string) =>
    String((await shared.openTicket({ subject: "Caja", text: "Secreto", email })).body["number"])
  const [anas, evil] = [`ana${++people}@example.com`, `evil${++people}@example.com`]
  const [first, second] = [await opens(anas), await opens(evil)]
  await mails()
  assert.deepEqual(
    [(await track(first, evil)).status, (await track(second, anas)).status, (await track(second, evil)).status],
    [404, 404, 200],
  )
  await askLink(first, evil)
  assert.deepEqual(await mails(), [])
  const cookie = await linkTo({ number: second, email: evil })
  const form = { key: "frm_1", what: "reply", text: "Soy yo" }
  assert.equal((await page("POST", "/track/ticket", form, { cookie })).statusCode, 303)
  // A session that was opened before it was so.
  await look(
    `update tracking_links set ticket_id = (select id from tickets where number = $1)
      where ticket_id = (select id from tickets where number = $2)`,
    [first, second],
  )
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie })).statusCode, 404)
  assert.equal((await page("POST", "/track/ticket", { ...form, key: "frm_2" }, { cookie })).statusCode, 404)
})

/** Somebody who writes by phone, and a ticket of theirs with which staff noted an e-mail. */
async function ticketFor(phone: string, email: string) {
  const source = await openMessageSource(desk)
  const { ticket } = await source.says(phone, { as: "phone", text: "hola" })
  const { id: conversationId, contact } = ticket!
  const made = await ana.call("POST", "/tickets", { subject: "Caja", conversationId, contact: { email } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { id, number } = made.body as { id: string; number: string }
  return { id, number, email, conversationId, contactId: contact!.id }
}

test("to an e-mail that staff noted with one ticket nothing is mailed of another", async () => {
  await clearLimits()
  const { id, email, conversationId } = await ticketFor("+573005550188", "noted@example.com")
  const { body: other } = await ana.call("POST", "/tickets", { subject: "Otra", conversationId })
  await says(String(other["id"]), "De otro asunto")
  await says(id, "De este asunto")
  const words = (await mailedTo(email)).map(({ text }) => text).join()
  assert.match(words, /De este asunto/)
  assert.doesNotMatch(words, /De otro asunto/)
})

test("that the holder of such an e-mail uses their link takes the ticket from nobody for whom it was opened", async () => {
  await clearLimits()
  const { id, number, email, contactId } = await ticketFor("+573005550199", "noted2@example.com")
  const own = "rosa@example.com"
  await look(
    `insert into contact_identities (id, contact_id, kind, scope, value, proof, confirmed_for, created_at)
      values ('idn_rosa', $1, 'email', '', $2, 'link', $1, now())`,
    [contactId, own],
  )
  const rosa = await member(desk, { email: own, name: "Rosa", role: "user" })
  assert.equal((await rosa.call("GET", `/tickets/${number}`)).status, 200)
  const cookie = await linkTo({ number, email })
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie })).statusCode, 200)
  assert.equal((await rosa.call("GET", `/tickets/${number}`)).status, 200)
  await look(
    "update contact_identities set scope = '' where id = (select requester_identity_id from tickets where id = $1)",
    [id],
  )
  assert.equal((await rosa.call("GET", `/tickets/${number}`)).status, 404, "one that stands on the contact")
})

test("a visitor opens a few tickets an hour, with files of their own, and none in a chat that is off", async () => {
  await clearLimits()
  const eva = await visitor()
  const body = { subject: "Caja rota", text: "No enciende", email: "eva@example.com" }
  assert.equal((await eva.openTicket({ ...body, fileIds: ["att_1"] })).status, 404)
  assert.equal((await eva.openTicket({ ...body, email: "eva" })).status, 400)
  const statuses = []
  for (let n = 0; n < 6; n++) statuses.push((await eva.openTicket(body)).status)
  assert.deepEqual(statuses, [201, 201, 201, 201, 429, 429], "the refused one counted as a try")
  await clearLimits()
  await look("update connections set enabled = false where id = $1", [eva.chat])
  assert.equal((await eva.openTicket(body)).status, 409)
  // The refused one was not mailed: the next is.
  await look("update connections set enabled = true where id = $1", [eva.chat])
  await mails()
  assert.equal((await eva.openTicket(body)).status, 201)
  assert.equal((await mails()).length, 1)
})

test("an e-mail that is given with two tickets at once stands on their contact once, and neither waits in vain", async () => {
  await clearLimits()
  const eva = await visitor()
  await eva.say("hola")
  const body = { subject: "Caja rota", text: "No enciende", email: "dos.veces@example.com" }
  const [{ id: contactId }] = await look(
    "select contact_id as id from tickets order by created_at desc, id desc limit 1",
  )
  const give = (act: Act) => giveTicketEmail(act, contactId, body.email, "visitor")
  const opened = await runOverlapped(desk, give, () => eva.openTicket(body))
  assert.equal(opened.status, 201)
  assert.equal((await eva.openTicket(body)).status, 201)
  const stored = await look("select scope from contact_identities where value = $1", [body.email])
  assert.deepEqual(stored, [{ scope: contactId }])
  const tickets = await look(
    "select from tickets t join contact_identities i on i.id = t.requester_identity_id where i.value = $1",
    [body.email],
  )
  assert.equal(tickets.length, 2)
})

test("e-mails that were given with tickets before stand once for a contact, and all of them stay", async () => {
  const [{ id: contactId }] = await look("select id from contacts order by id limit 1")
  const add = (id: string, scope: string, contact: string | null) =>
    look(
      `insert into contact_identities (id, contact_id, former_contact_id, removed_at, kind, scope, value, proof, created_at)
        values ($1, $2, case when $2::text is null then $4 end, case when $2::text is null then now() end,
          'email', $3, 'antes@example.com', 'visitor', now())`,
      [id, contact, scope, contactId],
    )
  await add("idn_before1", "idn_before1", contactId)
  await add("idn_before2", "idn_before2", contactId)
  await add("idn_before3", "idn_before3 removed idn_before3", null)
  const file = join(import.meta.dirname, "../../db/migrations/0190_ticket_emails_of_contacts.sql")
  await desk.db.pool.query(readFileSync(file, "utf8"))
  const scopes = await look("select scope from contact_identities where value = 'antes@example.com' order by id")
  assert.deepEqual(
    scopes.map(({ scope }) => scope),
    [contactId, `${contactId} idn_before2`, `${contactId} removed idn_before3`],
  )
})
