// A mail becomes exactly one ticket, whatever happens on the way.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { signedMessageId } from "../message/tokens/signed-message-id.ts"

const { desk, ana, rows, openMailbox, closeTicket } = await openMailDesk()

test("a mail becomes a ticket with its subject, an answer joins it, and another mail is another ticket", async () => {
  const mailbox = await openMailbox()
  await mailbox.fetch()
  mailbox.receive({ id: "a@carla", subject: "Sin luz" })
  await mailbox.fetch()
  mailbox.receive({ id: "b@carla", inReplyTo: "a@carla", subject: "Re: Sin luz", text: "¿Hay noticias?" })
  mailbox.receive({ id: "c@carla", subject: "Factura" })
  await mailbox.fetch()
  const tickets = await mailbox.tickets()
  assert.deepEqual(
    tickets.map(({ subject, count, unread, contact, status }) => ({ subject, count, unread, contact, status })),
    [
      { subject: "Sin luz", count: 2, unread: 2, contact: "Carla", status: "pending" },
      { subject: "Factura", count: 1, unread: 1, contact: "Carla", status: "pending" },
    ],
  )
  const { body } = await ana.call("GET", `/tickets/${tickets[0].number}/messages`)
  const items = body["items"] as { content: string; sender: { name: string } }[]
  assert.deepEqual(
    items.map(({ content, sender }) => [content.trim(), sender.name]),
    [
      ["No hay luz en mi calle", "Carla"],
      ["¿Hay noticias?", "Carla"],
    ],
  )
})

test("what was in the mailbox before it was connected stays there", async () => {
  const mailbox = await openMailbox("ventas@example.com")
  mailbox.receive({ id: "old@carla", subject: "Vieja" })
  await mailbox.fetch()
  assert.deepEqual(await mailbox.tickets(), [])
  mailbox.receive({ id: "new@carla", subject: "Nueva" })
  await mailbox.fetch()
  // The folder is compared with what was taken once a day.
  desk.clock.pass(86_400_000)
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ subject }) => subject),
    ["Nueva"],
  )
})

test("a server that dies after it has stored a mail, or before, leaves it to be received once", async () => {
  const mailbox = await openMailbox("once@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "x@carla" })
  await mailbox.look()
  // As if the cursor had not been saved: what dies before the commit leaves neither.
  await rows("update mailboxes set last_uid = 0 where connection_id = $1", mailbox.id)
  await mailbox.look()
  await mailbox.process()
  await rows("update mailboxes set last_uid = 0 where connection_id = $1", mailbox.id)
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ count }) => count),
    [1],
  )
})

test("a folder that was built anew brings nothing twice, and what it lost on the way comes", async () => {
  const mailbox = await openMailbox("anew@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "1@carla", subject: "Uno" })
  mailbox.receive({ id: null, subject: "Sin id" })
  await mailbox.fetch()
  mailbox.receive({ id: "2@carla", subject: "Dos" })
  mailbox.rebuild(8)
  await mailbox.fetch()
  mailbox.receive({ id: "3@carla", subject: "Tres" })
  await mailbox.fetch()
  const subjects = (await mailbox.tickets()).map(({ subject, count }) => `${subject} ${count}`)
  assert.deepEqual(subjects.toSorted(), ["Dos 1", "Sin id 1", "Tres 1", "Uno 1"])
})

test("two mails without an id are two tickets", async () => {
  const mailbox = await openMailbox("noid@example.com")
  await mailbox.fetch()
  mailbox.receive({ text: "Uno" })
  mailbox.receive({ text: "Dos" })
  await mailbox.fetch()
  assert.equal((await mailbox.tickets()).length, 2)
})

test("colleagues who answer to all before we do share one ticket, in whatever order their mails come", async () => {
  const mailbox = await openMailbox("all@example.com")
  await mailbox.fetch()
  const others = "Bea <bea@example.org>, Caro <caro@example.org>"
  const answer = { inReplyTo: "first@bea", to: `${others}, all@example.com` }
  mailbox.receive({ ...answer, id: "second@caro", from: "Caro <caro@example.org>", text: "Yo también" })
  mailbox.receive({ ...answer, id: "third@bea", from: "Bea <bea@example.org>", text: "Y yo" })
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ count }) => count),
    [2],
  )
})

test("an id of somebody else's mail lets nobody into their ticket", async () => {
  const mailbox = await openMailbox("foreign@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "secret@carla" })
  mailbox.receive({ id: "in@eva", inReplyTo: "secret@carla", from: "Eva <eva@example.net>" })
  await mailbox.fetch()
  assert.deepEqual((await mailbox.tickets()).map(({ contact }) => contact).toSorted(), ["Carla", "Eva"])
})

test("the answer after the window is a new ticket of the same thread that follows the one before", async () => {
  const mailbox = await openMailbox("later@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "l1@carla" })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  const close = () => closeTicket(ticket.id)
  await close()
  desk.clock.pass(13 * 86_400_000)
  mailbox.receive({ id: "l2@carla", inReplyTo: "l1@carla", text: "Otra vez" })
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ status, count }) => `${status} ${count}`),
    ["pending 2"],
  )
  await close()
  desk.clock.pass(15 * 86_400_000)
  mailbox.receive({ id: "l3@carla", inReplyTo: "l2@carla", text: "Y otra" })
  await mailbox.fetch()
  const links = await rows("select type from ticket_links where from_id = $1", ticket.id)
  assert.deepEqual(
    (await mailbox.tickets()).map(({ status }) => status),
    ["closed", "pending"],
  )
  assert.deepEqual(links, [{ type: "follow_up" }])
})

test("a mail that nobody can read is quarantined with its cause, can be downloaded as it came, and keeps nobody back", async () => {
  const mailbox = await openMailbox("aside@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "bad@nobody", from: "???", subject: "De nadie" })
  mailbox.receive({ id: "good@carla", subject: "De Carla" })
  await mailbox.fetch()
  for (let tries = 0; tries < 5; tries++) {
    desk.clock.pass(60_000)
    await mailbox.process()
  }
  assert.deepEqual(
    (await mailbox.tickets()).map(({ subject }) => subject),
    ["De Carla"],
  )
  const { body } = await ana.call("GET", `/failed-deliveries?connectionId=${mailbox.id}`)
  const [failed] = body["items"] as { id: string; reason: string }[]
  assert.match(failed!.reason, /from_unreadable/)
  const raw = await desk.app.inject({
    url: `/api/v1/failed-deliveries/${failed!.id}/raw`,
    headers: { authorization: `Bearer ${ana.key}` },
  })
  assert.match(raw.body, /Subject: De nadie\r\n/)
})

test("an acknowledgement is judged by what is new in the mail, and wakes nothing", async () => {
  const mailbox = await openMailbox("thanks@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "t1@carla" })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  await closeTicket(ticket.id)
  desk.clock.pass(60_000)
  const quoted = "Gracias\n\nEl dom, 22 nov 2026 a las 9:00, Soporte <thanks@example.com> escribió:\n> Ya hay luz.\n"
  mailbox.receive({ id: "t2@carla", inReplyTo: "t1@carla", text: quoted })
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ status, count }) => `${status} ${count}`),
    ["closed 2"],
  )
})

test("what another mailbox of ours sends here is a ticket, and what this one has sent and gets back is none", async () => {
  const mailbox = await openMailbox("here@example.com")
  await mailbox.fetch()
  const ofOurs = () => signedMessageId(desk.secrets, newId("msg"), "example.com")
  mailbox.receive({ id: ofOurs(), from: "here@example.com", subject: "De vuelta" })
  mailbox.receive({ id: ofOurs(), from: "there@example.com", subject: "De la otra" })
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ subject }) => subject),
    ["De la otra"],
  )
})

test("answers name the first mail of a thread and the last ones, however long it grows", async () => {
  const mailbox = await openMailbox("long@example.com")
  await mailbox.fetch()
  const references = Array.from({ length: 50 }, (_, n) => `r${n}@carla`)
  mailbox.receive({ id: "r50@carla", references, inReplyTo: "r49@carla" })
  await mailbox.fetch()
  const [{ number, id }] = await mailbox.tickets()
  for (const content of ["Uno", "Dos"])
    assert.equal((await ana.call("POST", `/tickets/${number}/messages`, { content })).status, 201)
  const stored = await rows(
    `select w.reference_ids as ids from message_mails w join messages m on m.id = w.message_id
      where m.ticket_id = $1 and m.direction = 'out'`,
    id,
  )
  for (const { ids } of stored) assert.deepEqual([ids.length, ids[0]], [50, "r0@carla"])
})

test("what a mail names without being led there is suggested to who may see it: a number, a thread of others, one that was forwarded, the same mail elsewhere", async () => {
  const [here, there] = [await openMailbox("aqui@example.com"), await openMailbox("alli@example.com")]
  for (const mailbox of [here, there]) await mailbox.fetch()
  here.receive({ id: "old@carla", subject: "Antigua" })
  await here.fetch()
  const [old] = await here.tickets()
  await ana.call("POST", `/tickets/${old.number}/messages`, { content: "Vamos" })
  desk.clock.pass(10_000)
  await here.send()
  const answer = here.smtp.header(here.smtp.mails.at(-1)!, "Message-ID")!.replace(/[<>]/g, "")
  here.receive({ id: "n@dani", from: "dani@example.net", subject: `Sobre tkt ${Number(old.number.slice(4))}` })
  here.receive({ id: "t@eva", from: "eva@example.net", inReplyTo: "old@carla", subject: "Otra" })
  const toBoth = "aqui@example.com, alli@example.com, Bea <bea@example.org>"
  for (const mailbox of [here, there]) mailbox.receive({ id: "both@carla", to: toBoth, subject: "A dos" })
  there.receive({ id: "f@fer", from: "fer@example.net", references: [answer], subject: "Fwd: Antigua" })
  for (const mailbox of [here, there]) await mailbox.fetch()
  const suggestedFor = async (mailbox: typeof here, subject: string) => {
    const ticket = (await mailbox.tickets()).find((one) => one.subject === subject)
    const { body } = await ana.call("GET", `/tickets/${ticket.number}?include=suggestedLinks`)
    const { suggestedLinks } = body["included"] as {
      suggestedLinks: { items: { ticketId: string; because: string }[] }
    }
    return { ticket, items: suggestedLinks.items.map(({ ticketId, because }) => [ticketId, because]) }
  }
  const byNumber = await suggestedFor(here, `Sobre tkt ${Number(old.number.slice(4))}`)
  assert.deepEqual(byNumber.items, [[old.id, "number"]])
  assert.deepEqual((await suggestedFor(here, "Otra")).items, [[old.id, "thread"]])
  assert.deepEqual((await suggestedFor(there, "Fwd: Antigua")).items, [[old.id, "thread"]])
  const twin = await suggestedFor(there, "A dos")
  assert.deepEqual((await suggestedFor(here, "A dos")).items, [[twin.ticket.id, "same_mail"]])
  const participants = await rows(
    "select distinct p.address from mail_participants p join mail_threads h on h.id = p.thread_id where h.connection_id = $1 and p.role = 'follower'",
    there.id,
  )
  assert.deepEqual(participants, [{ address: "bea@example.org" }], "no mailbox of ours follows")
  const linked = { type: "related", ticket: old.number }
  assert.equal((await ana.call("POST", `/tickets/${byNumber.ticket.number}/links`, linked)).status, 201)
  assert.deepEqual((await suggestedFor(here, byNumber.ticket.subject)).items, [])
  const dismissed = await ana.call("DELETE", `/tickets/${twin.ticket.number}/suggested-links/${twin.items[0]![0]}`)
  assert.deepEqual([dismissed.status, dismissed.body["items"]], [200, []])
})

test("mails of one sender that come together are received in the order in which the mailbox got them, however long each takes", async () => {
  const mailbox = await openMailbox("order@example.com")
  await mailbox.fetch()
  const ago = (minutes: number) => new Date(desk.now().getTime() - minutes * 60_000)
  const file = "Content-Type: application/octet-stream; name=a\nContent-Disposition: attachment; filename=a\n\n"
  const parts = Array.from({ length: 40 }, (_, n) => `--b\n${file}${n}\n`)
  mailbox.receive({ id: "3@carla", subject: "Tres", text: "3" }, ago(0))
  mailbox.receive({ id: "2@carla", subject: "Dos", text: "2" }, ago(1))
  const headers = { "Content-Type": "multipart/mixed; boundary=b" }
  mailbox.receive({ id: "1@carla", subject: "Uno", headers, text: `${parts.join("")}--b--` }, ago(2))
  await mailbox.fetch()
  const tickets = await mailbox.tickets()
  assert.deepEqual(
    tickets.toSorted((a, b) => (a.number < b.number ? -1 : 1)).map(({ subject }) => subject),
    ["Uno", "Dos", "Tres"],
  )
})
