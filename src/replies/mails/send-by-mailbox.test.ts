// Mails about tickets leave by a mailbox, and what is answered comes back to the ticket, whatever its kind.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { createLog } from "#kernel/log.ts"
import { queueMail, sendDueMails } from "#kernel/mail/mail-queue.ts"
import { closeCircuitBreaker } from "#connections/circuit-breaker.ts"
import { createRequestedLinks, linkMailWriters } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { acting, person } from "#test/desks/test-desk.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { openSupportTicket } from "../../tickets/creation/open-support-ticket.ts"
import { sendByMailbox } from "./send-by-mailbox.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const bySmtpUrl: OutgoingEmail[] = []
const transport = { send: (mail: OutgoingEmail) => Promise.resolve(void bySmtpUrl.push(mail)) }
const desksMailbox = await openMailbox("soporte@example.com")
await desksMailbox.fetch()
await acting(desk, (act) => changeSetting(act, "mail.connectionId", desksMailbox.id))
const openTicket = (key: string) =>
  acting(desk, async (act) => {
    const ticket = { subject: "Factura", description: "", channel: "phone", threadKey: `support:key_1:${key}` } as const
    const { id } = await openSupportTicket(act, ticket)
    return id
  })
const ticketId = await openTicket("invoice")
const about = (id: string, topic = ticketId): OutgoingEmail => ({
  id,
  to: "carla@example.org",
  subject: "TKT: Factura",
  text: "Ana respondió. Nadie lee lo que se responda.",
  topic,
  answerableText: "Ana respondió. Responde a este correo.",
})
const { smtp } = desksMailbox
const header = (name: string) => smtp.header(smtp.mails.at(-1)!, name)
const threadsOf = (id: string) =>
  rows("select from thread_aliases where ticket_id = $1 and thread_key like '%mth_%'", id)
const messages = () =>
  rows("select ticket_id = $1 as here, content from messages where direction = 'in' order by position", ticketId)

test("an answer to a mail about a ticket of any kind comes to that ticket, and later to what follows it", async () => {
  const { send } = sendByMailbox(desk, transport, true)
  await send(about("mai_1"))
  await send(about("mai_2"))
  assert.match(smtp.mails[0]!.raw, /Responde a este correo/)
  assert.equal(header("Auto-Submitted"), "auto-generated")
  const token = header("Reply-To")!
  assert.equal(token, smtp.header(smtp.mails[0]!, "Reply-To"), "one thread for each ticket and mailbox")
  desksMailbox.receive({ id: "1@carla", to: token, text: "Falta el IVA" })
  desksMailbox.receive({ id: "2@carla", inReplyTo: header("Message-ID")!.slice(1, -1), text: "¿Hola?" })
  await desksMailbox.fetch()
  assert.deepEqual(await messages(), [
    { here: true, content: "Falta el IVA" },
    { here: true, content: "¿Hola?" },
  ])
  await acting(desk, async (act) => transition(act, await lockTicket(act, ticketId), { to: "closed" }))
  desksMailbox.receive({ id: "3@carla", to: token, text: "Otra vez" })
  await desksMailbox.fetch()
  const [{ status }] = await rows("select status from tickets where id = $1", ticketId)
  assert.equal(status, "open", "it came back as by any other way")
  await acting(desk, async (act) => transition(act, await lockTicket(act, ticketId), { to: "closed" }))
  desk.clock.pass(60 * 86_400_000)
  for (const n of [4, 5]) desksMailbox.receive({ id: `${n}@carla`, to: token, text: `Nuevo ${n}` })
  await desksMailbox.fetch()
  assert.deepEqual(
    (await messages()).slice(3).map(({ here }) => here),
    [false, false],
  )
  assert.equal((await desksMailbox.tickets()).length, 1, "both are on the one that follows")
})

test("who got such a mail from its reader is answered nothing by it, until the ticket is said to be theirs", async () => {
  const id = await openTicket("forwarded")
  await sendByMailbox(desk, transport, true).send(about("mai_7", id))
  const token = header("Reply-To")!
  desksMailbox.receive({ id: "6@carla", to: token, text: "Te lo paso" })
  desksMailbox.receive({ id: "1@dan", from: "Dan <dan@example.net>", to: token, text: "Soy Dan" })
  await desksMailbox.fetch()
  const answered = async () => {
    const { body } = await ana.call("POST", `/tickets/${id}/messages`, { content: "Listo" })
    const [row] = await rows(
      "select c.name from messages m join contacts c on c.id = m.contact_id where m.id = $1",
      body["id"],
    )
    return row?.name
  }
  assert.equal(await answered(), "Carla")
  const put = await ana.call("PUT", `/tickets/${id}/requester`, { address: "dan@example.net", name: "Dan" })
  assert.equal(put.status, 200, JSON.stringify(put.body))
  assert.equal(await answered(), "Dan")
  const give = (given: object) => ana.call("PUT", `/tickets/${id}/requester`, { ...given, override: "Es suya" })
  assert.equal((await give({ address: "carla@example.org", name: "Carla" })).status, 200)
  assert.equal(await answered(), "Carla", "though Dan wrote last")
  // As if she had written it in the portal.
  await rows("delete from message_mails where message_id in (select id from messages where content = 'Te lo paso')")
  assert.equal((await give({ address: "zoe@example.net", name: "Zoe" })).status, 200)
  assert.equal(await answered(), "Zoe", "though she has not written")
})

test("mails about a ticket that leave at once begin one thread", async () => {
  const id = await openTicket("at once")
  const { send } = sendByMailbox(desk, transport, true)
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
  const both = await acting(desk, async (act) => {
    await lockTicket(act, id)
    const mails = Promise.all([send(about("mai_8", id)), send(about("mai_9", id))])
    await waitUntil("both wait", async () => (await rows(waiting)).length === 2)
    return { mails }
  })
  await both.mails
  const tokens = smtp.mails.slice(-2).map((mail) => smtp.header(mail, "Reply-To"))
  assert.deepEqual([tokens[0], (await threadsOf(id)).length], [tokens[1], 1])
})

test("what must not be answered has no token, other mails go by the desk's server, and without one by the mailbox", async () => {
  const { answerableText: _, ...unproved } = about("mai_3")
  await sendByMailbox(desk, transport, true).send(unproved)
  assert.deepEqual([header("Reply-To"), header("To")], [undefined, "carla@example.org"])
  const link = { id: "mai_4", to: "carla@example.org", subject: "Enlace", text: "…", mayLeaveByMailbox: true as const }
  const sent = smtp.mails.length
  await sendByMailbox(desk, transport, true).send(link)
  assert.deepEqual([smtp.mails.length, bySmtpUrl.map(({ id }) => id)], [sent, ["mai_4"]])
  await sendByMailbox(desk, transport, false).send(link)
  assert.deepEqual([header("Subject"), header("Reply-To")], ["Enlace", undefined])
})

test("what lets staff in leaves by no mailbox, whose sent mails others of the staff read", async () => {
  const { email } = await person(desk, "admin")
  await rows("insert into sign_in_link_requests (id, email, created_at) values ('lrq_1', $1, now())", email)
  await createRequestedLinks(desk)
  const sent = smtp.mails.length
  const post = sendByMailbox(desk, transport, false)
  while (await sendDueMails(desk, createLog("silent"), { post, writers: linkMailWriters("https://desk.example.com") }));
  assert.deepEqual([bySmtpUrl.at(-1)?.to, smtp.mails.length], [email, sent])
  assert.match(bySmtpUrl.at(-1)!.text, /\/password#token=/)
})

test("the mailbox of the ticket's team goes before that of the desk", async () => {
  const team = await openMailbox("ventas@example.com")
  await rows("insert into teams (id, name, is_default, created_at) values ('tem_sales', 'Ventas', false, now())")
  await rows("update tickets set team_id = 'tem_sales' where id = $1", ticketId)
  await rows("update connections set team_ids = array['tem_sales'] where id = $1", team.id)
  await sendByMailbox(desk, transport, true).send(about("mai_5"))
  assert.equal(team.smtp.mails.length, 1)
})

test("a mailbox that does not take it says why, as a mail server does", async () => {
  smtp.answer = { at: "RCPT", code: 550, word: "" }
  await rows("update connections set enabled = false where name = 'ventas@example.com'")
  await assert.rejects(sendByMailbox(desk, transport, true).send(about("mai_6")), { responseCode: 550 })
  smtp.answer = null
})

test("what a mailbox may have sent waits for a person, and a refused password stops the mailbox", async () => {
  const post = sendByMailbox(desk, transport, true)
  const queue = async (subject: string) => {
    const mail = { to: "carla@example.org", subject, text: "…", topic: ticketId }
    await acting(desk, (act) => queueMail(act, desk.secrets, mail))
    return sendAll()
  }
  const sendAll = async () => {
    while (await sendDueMails(desk, createLog("silent"), { post, writers: {} }));
    return rows("select state, reason, tries from outgoing_emails where state <> 'sent' order by created_at, id")
  }
  const sent = smtp.mails.length
  smtp.answer = { at: "DATA", cut: true }
  const lost = { state: "failed", reason: "timeout", tries: 1 }
  assert.deepEqual(await queue("¿Llegó?"), [lost])
  smtp.answer = { at: "AUTH", code: 535 }
  desk.clock.pass(3_600_000)
  const waiting = (tries: number) => [lost, { state: "queued", reason: "535", tries }]
  assert.deepEqual(await queue("Espera"), waiting(1))
  const [{ breaker }] = await rows(
    "select health -> 'breaker' as breaker from connections where id = $1",
    desksMailbox.id,
  )
  assert.deepEqual([breaker.code, breaker.reason], [535, "mail_login"])
  smtp.answer = null
  desk.clock.pass(3_600_000)
  assert.deepEqual(await sendAll(), waiting(2), "it is not asked before the connection may send again")
  await acting(desk, (act) => closeCircuitBreaker(act, desksMailbox.id))
  desk.clock.pass(3_600_000)
  assert.deepEqual(await sendAll(), [lost])
  assert.equal(smtp.mails.length, sent + 2)
})
