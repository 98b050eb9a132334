// Mails that other desks lose, take twice or give to the wrong ticket; docs/defects.md names where that was seen.
import assert from "node:assert/strict"
import { test } from "node:test"
import { lockTicket } from "#tickets/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { rawMail } from "#test/fakes/raw-mail.ts"
import { startScriptedImapServer } from "#test/fakes/scripted-imap-server.ts"
import { mergeTickets } from "../../../tickets/merge/merge-tickets.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()

/** A mailbox that has been looked at once, so that what comes now is new. */
async function connected(address: string, more: object = {}) {
  const mailbox = await openMailbox(address, more)
  await mailbox.fetch()
  return mailbox
}

test("a mail that another program has read is received all the same", async () => {
  const mailbox = await connected("read@example.com")
  mailbox.deliver(rawMail({ id: "read@carla" }), desk.now(), ["\\Seen"])
  await mailbox.fetch()
  assert.equal((await mailbox.tickets()).length, 1)
})

test("after weeks without a server every mail of that time comes, however many there are", async () => {
  const mailbox = await connected("weeks@example.com")
  const [count, hour] = [130, 3_600_000]
  for (let n = 0; n < count; n++) mailbox.receive({ id: `${n}@carla` }, new Date(desk.now().getTime() + n * 6 * hour))
  desk.clock.pass(count * 6 * hour)
  await mailbox.look()
  const [stored] = await rows(
    "select count(*)::int as n, count(distinct xmin::text)::int as transactions from webhook_deliveries where connection_id = $1",
    mailbox.id,
  )
  assert.equal(stored.n, count)
  assert.ok(stored.transactions < count, "several share a transaction")
  // To receive them is a matter of other tests.
  await rows("delete from webhook_deliveries where connection_id = $1", mailbox.id)
})

test("a mail that comes again after its delivery was forgotten is known by its message", async () => {
  const mailbox = await connected("again@example.com")
  mailbox.receive({ id: "again@carla" })
  mailbox.receive({ id: null, text: "Sin id" })
  await mailbox.fetch()
  await rows("delete from webhook_deliveries where connection_id = $1", mailbox.id)
  mailbox.rebuild(8)
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ count }) => count),
    [1, 1],
  )
})

test("a mail to two mailboxes is a ticket in each", async () => {
  const [one, two] = [await connected("one@example.com"), await connected("two@example.com")]
  const mail = { id: "both@carla", to: "one@example.com, two@example.com" }
  for (const mailbox of [one, two]) {
    mailbox.receive(mail)
    await mailbox.fetch()
  }
  assert.deepEqual([(await one.tickets()).length, (await two.tickets()).length], [1, 1])
})

test("a mail that names us in Cc alone, or not at all, is a ticket, and one from our own address too, which says so", async () => {
  const mailbox = await connected("cc@example.com")
  mailbox.receive({ id: "cc@carla", to: "bea@example.org", cc: "cc@example.com" })
  mailbox.receive({ id: "bcc@carla", to: "undisclosed-recipients:;" })
  mailbox.receive({ id: "own@us", from: "Soporte <cc@example.com>", to: "cc@example.com", subject: "Del formulario" })
  await mailbox.fetch()
  const claims = await rows(
    "select w.mail_id as id from message_mails w join messages m on m.id = w.message_id where m.connection_id = $1 and w.claims_to_be_us",
    mailbox.id,
  )
  assert.equal((await mailbox.tickets()).length, 3)
  assert.deepEqual(claims, [{ id: "own@us" }])
})

test("what answers a ticket that was merged away comes to where it went, by every way", async () => {
  const mailbox = await connected("merged@example.com")
  mailbox.receive({ id: "m1@carla", subject: "Uno" })
  await mailbox.fetch()
  const [source] = await mailbox.tickets()
  await ana.call("POST", `/tickets/${source.id}/messages`, { content: "Recibido" })
  await mailbox.send()
  mailbox.receive({ id: "m2@carla", subject: "Dos" })
  await mailbox.fetch()
  const target = (await mailbox.tickets()).find(({ subject }) => subject === "Dos")
  await acting(desk, async (act) =>
    mergeTickets(act, await lockTicket(act, source.id), await lockTicket(act, target.id)),
  )
  const header = (name: string) => mailbox.smtp.header(mailbox.smtp.mails[0]!, name)!
  mailbox.receive({ id: "m3@carla", text: "3", inReplyTo: "m1@carla" })
  mailbox.receive({ id: "m4@carla", text: "4", to: header("Reply-To") })
  mailbox.receive({ id: "m5@carla", text: "5", inReplyTo: header("Message-ID").slice(1, -1) })
  mailbox.receive({ id: "m6@carla", text: "6", inReplyTo: "m2@carla" })
  await mailbox.fetch()
  const tickets = await mailbox.tickets()
  assert.deepEqual(tickets.map(({ subject, status, count }) => `${subject} ${status} ${count}`).toSorted(), [
    "Dos pending 7",
    "Uno closed 0",
  ])
})

test("another address that answers leaves the requester as it is, and notes leave with no mail", async () => {
  const mailbox = await connected("other@example.com")
  mailbox.receive({ id: "o1@carla", to: "other@example.com" })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  const path = `/tickets/${ticket.id}/messages`
  await ana.call("POST", path, { content: "Es moroso", isInternal: true })
  await ana.call("POST", path, { content: "Vamos a verlo" })
  await mailbox.send()
  const token = mailbox.smtp.header(mailbox.smtp.mails[0]!, "Reply-To")!
  mailbox.receive({ id: "o2@carla", from: "Carla <carla.casa@example.net>", to: token, text: "Desde casa" })
  await mailbox.fetch()
  await ana.call("POST", path, { content: "Gracias" })
  await mailbox.send()
  assert.deepEqual(
    mailbox.smtp.mails.map(({ to }) => to),
    [["carla@example.org"], ["carla@example.org"]],
  )
  const [{ address }] = await rows(
    "select i.value as address from tickets t join contact_identities i on i.contact_id = t.contact_id where t.id = $1",
    ticket.id,
  )
  assert.equal(address, "carla@example.org")
  assert.ok(mailbox.smtp.mails.every(({ raw }) => !raw.includes("moroso")))
})

test("an answer to a long conversation has no line that servers cut, goes to each address once, and names the first mail", async () => {
  const mailbox = await connected("long@example.com")
  const references = Array.from({ length: 60 }, (_, n) => `${n}.${"x".repeat(60)}@mx.example.org`)
  const people = Array.from({ length: 30 }, (_, n) => `Persona ${"de nombre largo ".repeat(4)}${n} <p${n}@example.org>`)
  mailbox.receive({
    id: "long@carla",
    references,
    inReplyTo: references.at(-1)!,
    to: ["long@example.com", ...people].join(",\n "),
    cc: people.slice(0, 9).join(",\n "),
    subject: "palabra ".repeat(100).trim(),
  })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  await ana.call("POST", `/tickets/${ticket.id}/messages`, { content: "larga ".repeat(400) })
  await mailbox.send()
  const [mail] = mailbox.smtp.mails
  const named = mailbox.smtp.header(mail!, "References")!
  assert.ok(mail!.raw.split("\r\n").every((line) => Buffer.byteLength(line) <= 998))
  assert.ok(named.length <= 1_000 && named.startsWith(`<${references[0]}>`) && named.endsWith("<long@carla>"), named)
  assert.equal(new Set(mail!.to).size, mail!.to.length)
  assert.equal(mail!.to.length, 31)
})

test("a folder whose name is not ASCII is asked for as IMAP writes it", async () => {
  const server = await startScriptedImapServer()
  const imap = { host: "127.0.0.1", port: server.port, security: "none", user: "u" }
  await connected("folder@example.com", { imap, folder: "Soporte técnico" })
  const asked = server.commands.find((line) => line.startsWith("EXAMINE"))
  assert.match(asked ?? "", /Soporte t&AOk-cnico"$/)
})
