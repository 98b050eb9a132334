// What machines write is kept and wakes nobody, and they get no answer of a machine.
import assert from "node:assert/strict"
import { test } from "node:test"
import { postRuleReply } from "#automation/post-rule-reply.ts"
import { lockTicket } from "#tickets/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { replyJobs } from "../../replies/all-reply-jobs.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const greet = replyJobs(desk, "").find(({ name }) => name === "send-greeting")!

async function greetingMailbox(address: string) {
  const mailbox = await openMailbox(address)
  await ana.call("PATCH", `/connections/${mailbox.id}`, { greeting: "Recibimos tu correo." })
  await mailbox.fetch()
  let seen = 0
  return {
    ...mailbox,
    /** What was mailed since, to whom. */
    greeted: async () => {
      const events = await rows(
        "select e.id, e.ticket_id from events e join tickets t on t.id = e.ticket_id where e.kind = 'ticket.created' and t.connection_id = $1 and e.id > $2 order by e.id",
        mailbox.id,
        seen,
      )
      for (const { id, ticket_id: ticketId } of events)
        await greet.run({ eventId: id, depth: 0, ticketId, subjectId: null })
      seen = events.at(-1)?.id ?? seen
      await mailbox.send()
      return mailbox.smtp.mails.splice(0)
    },
  }
}

test("a person is greeted at their own address by a mail that says that a machine sent it; machines, lists and daemons are not, nor what is older than the mailbox here", async () => {
  const mailbox = await greetingMailbox("soporte@example.com")
  await rows(
    "update connections set health = jsonb_set(health, '{verification,learnt,nullSender}', 'true') where id = $1",
    mailbox.id,
  )
  mailbox.receive({ id: "1@carla", headers: { "Reply-To": "una@victim.example, otra@victim.example" } })
  await mailbox.fetch()
  const [greeting] = await mailbox.greeted()
  assert.deepEqual([greeting!.from, greeting!.to], ["", ["carla@example.org"]], "its bounce goes to nobody")
  assert.equal(mailbox.smtp.header(greeting!, "Auto-Submitted"), "auto-replied")
  const machine = (id: string, from: string, headers: Record<string, string> = {}) =>
    mailbox.receive({ id, from, headers, subject: id })
  machine("auto@x", "robot@example.net", { "Auto-Submitted": "auto-generated" })
  machine("list@x", "lista@example.net", { "List-Id": "<lista.example.net>" })
  machine("bulk@x", "ofertas@example.net", { Precedence: "bulk" })
  machine("daemon@x", "MAILER-DAEMON@example.net")
  machine("noreply@x", "no-reply@example.net")
  mailbox.receive({ id: "old@dani", from: "dani@example.net" }, new Date(desk.now().getTime() - 86_400_000))
  await mailbox.fetch()
  assert.equal((await mailbox.tickets()).length, 7, "what machines report is a ticket")
  assert.deepEqual(await mailbox.greeted(), [])
})

test("an address gets three automatic mails an hour at most, whatever it writes", async () => {
  const mailbox = await greetingMailbox("ping@example.com")
  for (let n = 0; n < 5; n++) mailbox.receive({ id: `ping${n}@pong`, from: "pong@example.net", subject: `Ping ${n}` })
  await mailbox.fetch()
  assert.equal((await mailbox.greeted()).length, 3)
})

test("a rule whose reply is held back as automatic mail says why", async () => {
  const mailbox = await openMailbox("reglas@example.com")
  const yesterday = new Date(desk.now().getTime() - 86_400_000)
  await mailbox.fetch()
  mailbox.receive({
    id: "auto@r",
    subject: "auto",
    from: "robot@r.example",
    headers: { "Auto-Submitted": "auto-generated" },
  })
  mailbox.receive({ id: "old@r", subject: "old", from: "dani@r.example" }, yesterday)
  for (let n = 1; n <= 4; n++) mailbox.receive({ id: `n${n}@r`, subject: `n${n}`, from: "eva@r.example" })
  await mailbox.fetch()
  const tickets = await mailbox.tickets()
  const post = (subject: string, ruleId = "aut_1") =>
    acting(desk, async (act) => {
      const ticket = await lockTicket(act, tickets.find((one) => one.subject === subject).id)
      return postRuleReply(act, ticket, { ruleId, text: "Recibido" })
    })
  assert.deepEqual([await post("auto"), await post("old")], ["not_a_person", "before_mailbox"])
  assert.deepEqual([await post("n1"), await post("n1", "aut_2")], [null, "answered_once"])
  assert.deepEqual([await post("n2"), await post("n3"), await post("n4")], [null, null, "mailed_often"])
})

test("an absence note belongs to its ticket, and reopens and counts nothing", async () => {
  const mailbox = await greetingMailbox("away@example.com")
  mailbox.receive({ id: "a1@carla" })
  await mailbox.fetch()
  const [before] = await mailbox.tickets()
  const headers = { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" }
  mailbox.receive({
    id: "a2@carla",
    inReplyTo: "a1@carla",
    subject: "Fuera de la oficina",
    headers,
    text: "Vuelvo el lunes",
  })
  mailbox.receive({ id: "a3@nobody", from: "z@example.net", subject: "Respuesta automática: nada", headers })
  await mailbox.fetch()
  const [after, ...others] = await mailbox.tickets()
  assert.deepEqual(
    [after.count, after.unread, after.status, others.length],
    [before.count + 1, before.unread, before.status, 0],
  )
})

test("the twenty-first mail of an hour waits for somebody to look, as the sixth of the same words does; a backlog of days does not", async () => {
  const mailbox = await openMailbox("flood@example.com")
  await mailbox.fetch()
  const start = desk.now().getTime()
  for (let n = 0; n < 25; n++)
    mailbox.receive({ id: `day${n}@old`, from: "old@example.net" }, new Date(start - n * 3_600_000))
  for (let n = 0; n < 21; n++) mailbox.receive({ id: `now${n}@new`, from: "new@example.net", text: `Nuevo ${n}` })
  for (let n = 0; n < 6; n++) mailbox.receive({ id: `same${n}@robot`, from: "robot@example.net", text: "Alarma" })
  await mailbox.fetch()
  for (let tries = 0; tries < 5; tries++) {
    desk.clock.pass(60_000)
    await mailbox.process()
  }
  assert.equal((await mailbox.tickets()).length, 50)
  const { body } = await ana.call("GET", `/connections/${mailbox.id}/health`)
  assert.deepEqual([body["state"], body["waiting"], body["quarantined"]], ["good", 0, 2])
  const failed = await ana.call("GET", `/failed-deliveries?connectionId=${mailbox.id}`)
  const items = failed.body["items"] as { id: string; reason: string }[]
  assert.deepEqual(items.map(({ reason }) => reason).toSorted(), [
    "mail_flood: more than 20 mails an hour from one address",
    "mail_flood: more than 5 equal mails an hour from one address",
  ])
  for (const { id } of items) await ana.call("POST", `/failed-deliveries/${id}/replay`, {})
  assert.equal((await mailbox.tickets()).length, 52)
})
