// What staff write leaves as one mail that programs put into its thread, and what is answered comes back to it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { connectionJobs } from "#connections/index.ts"
import { mailThreadJobs } from "#intake/index.ts"
import { outboxJobs } from "#outbox/index.ts"
import { lockTicket } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { split } from "../../tickets/merge/split-ticket.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"

const { desk, ana, rows, openMailbox, closeTicket } = await openMailDesk()

/** A mailbox with a ticket of Carla's mail to it and to Bea. */
async function ticketOf(address: string) {
  const mailbox = await openMailbox(address)
  await mailbox.fetch()
  mailbox.receive({ id: `first@${address}`, to: `${address}, Bea <bea@example.org>`, subject: "RE: Sin luz" })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  const path = `/tickets/${ticket.id}/messages`
  const reply = async (content: string, more: object = {}) => {
    const { status, body } = await ana.call("POST", path, { content, ...more })
    assert.equal(status, 201, JSON.stringify(body))
    await mailbox.send()
    return String(body["id"])
  }
  const stateOf = async (id: string) => {
    const [row] = await rows(
      "select delivery_state as state, delivery_reason as reason from messages where id = $1",
      id,
    )
    return [row.state, row.reason]
  }
  const failures = async (id: string) => {
    const [{ recipients }] = await rows("select recipients from message_mails where message_id = $1", id)
    const failed = (recipients as { address: string; failure?: string }[]).filter(({ failure }) => failure)
    return failed.map(({ address, failure }) => [address, failure])
  }
  /** What another server sends back of the mail with that id. */
  const bounce = (original: string, failed: string[], status = "5.1.1") => {
    const headers = {
      "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
      "Auto-Submitted": "auto-replied",
      "Return-Path": "<>",
    }
    const named = (one: string) => `Original-Recipient: rfc822;${one}\nFinal-Recipient: rfc822; led.${one}`
    const groups = failed.map((one) => `${named(one)}\nAction: failed\nStatus: ${status}`)
    const parts = [
      "--b\nContent-Type: text/plain\n\nNo such user",
      `--b\nContent-Type: message/delivery-status\n\n${["Reporting-MTA: dns; mx", ...groups].join("\n\n")}`,
      `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${original}\nSubject: x\n\n--b--`,
    ]
    const [id, text] = [`${desk.now().getTime()}.${failed[0]}`, parts.join("\n\n")]
    mailbox.receive({ id, from: "MAILER-DAEMON@mx.example.com", subject: "Undelivered", headers, text })
  }
  return { ...mailbox, ticket, reply, stateOf, failures, bounce }
}

test("a reply leaves as one mail to all, in its thread, and what answers it joins, also of strangers", async () => {
  const mailbox = await ticketOf("soporte@example.com")
  const id = await mailbox.reply("**Ya** hay luz")
  const [mail] = mailbox.smtp.mails
  const header = (name: string) => mailbox.smtp.header(mail!, name)
  assert.deepEqual(mail!.to, ["carla@example.org", "bea@example.org"])
  assert.deepEqual(
    [header("From"), header("To"), header("Cc")],
    ["soporte@example.com", "Carla <carla@example.org>", "Bea <bea@example.org>"],
  )
  assert.deepEqual(
    [header("Subject"), header("In-Reply-To"), header("References")],
    ["Re: Sin luz", "<first@soporte@example.com>", "<first@soporte@example.com>"],
  )
  assert.match(header("Reply-To")!, /^soporte\+[a-z2-7]{42}@example\.com$/)
  // Programs look for ids as they are; behind a fold after the colon a signature (DKIM) would break.
  assert.match(mail!.raw, /^In-Reply-To: <first@/m)
  assert.match(mail!.raw, /^Message-ID: <msg_[0-9a-f]{32}\.[a-z2-7]+@example\.com>\r$/m)
  assert.match(mail!.raw, /\r\nYa hay luz\r\n/)
  assert.match(mail!.raw, /<strong>Ya<\/strong> hay luz/)
  assert.deepEqual(await mailbox.stateOf(id), ["sent", null])
  const messageId = header("Message-ID")!.slice(1, -1)
  mailbox.receive({ id: "by@id", from: "Dani <dani@example.net>", inReplyTo: messageId, text: "Gracias por Carla" })
  mailbox.receive({ id: "by@token", from: "Eva <eva@example.net>", to: header("Reply-To")!, text: "Otra" })
  await mailbox.fetch()
  const { body } = await ana.call("GET", `/tickets/${mailbox.ticket.id}/messages`)
  const seen = (body["items"] as { direction: string; mail: { writerRole: string; from: { address: string } } }[]).map(
    (one) => `${one.direction} ${one.mail.from.address} ${one.mail.writerRole}`,
  )
  assert.deepEqual(seen, [
    "in carla@example.org requester",
    "out soporte@example.com null",
    "in dani@example.net stranger",
    "in eva@example.net stranger",
  ])
  await mailbox.reply("¿Algo más?")
  assert.deepEqual(mailbox.smtp.mails[1]!.to, ["carla@example.org", "bea@example.org"], "strangers get nothing")
  assert.equal(mailbox.smtp.header(mailbox.smtp.mails[1]!, "In-Reply-To"), `<${messageId}>`)
  mailbox.receive({
    id: "bea@answer",
    from: "Bea <bea@example.org>",
    to: `${header("Reply-To")!}, Carla <carla@example.org>`,
    headers: { "Reply-To": "soporte@example.com" },
  })
  await mailbox.fetch()
  await mailbox.reply("Entendido")
  assert.deepEqual(mailbox.smtp.mails[2]!.to, ["bea@example.org", "carla@example.org"], "nothing goes to ourselves")
})

test("who comes by a token after the window has a ticket of their own, and is answered there", async () => {
  const mailbox = await ticketOf("late@example.com")
  await mailbox.reply("Listo")
  await closeTicket(mailbox.ticket.id)
  desk.clock.pass(15 * 86_400_000)
  const token = mailbox.smtp.header(mailbox.smtp.mails[0]!, "Reply-To")!
  mailbox.receive({ id: "late@eva", from: "Eva <eva@example.net>", to: token, text: "A mí me pasa también" })
  await mailbox.fetch()
  const ticket = (await mailbox.tickets()).at(-1)
  await ana.call("POST", `/tickets/${ticket.id}/messages`, { content: "Vamos a verlo" })
  await mailbox.send()
  assert.deepEqual([ticket.contact, mailbox.smtp.mails[1]?.to], ["Eva", ["eva@example.net"]])
})

test("the same mail is not sent twice: what broke before it left is tried again, what may have arrived is not", async () => {
  const mailbox = await ticketOf("tries@example.com")
  mailbox.smtp.answer = { at: "MAIL", code: 451 }
  const later = await mailbox.reply("Luego")
  assert.deepEqual(await mailbox.stateOf(later), ["queued", null])
  mailbox.smtp.answer = null
  desk.clock.pass(3_600_000)
  await mailbox.send()
  assert.deepEqual(await mailbox.stateOf(later), ["sent", null])
  mailbox.smtp.answer = { at: "DATA", cut: true }
  const lost = await mailbox.reply("¿Llegó?")
  desk.clock.pass(3_600_000)
  await mailbox.send()
  assert.deepEqual(await mailbox.stateOf(lost), ["unknown", "timeout"])
  assert.equal(mailbox.smtp.mails.length, 2)
  mailbox.smtp.answer = { at: "RCPT", code: 550, word: "" }
  assert.deepEqual(await mailbox.stateOf(await mailbox.reply("No existe")), ["failed", "mail_address"])
})

test("a refused password stops the connection, and what waits leaves once there is another", async () => {
  const mailbox = await ticketOf("password@example.com")
  const breaker = async () =>
    (await rows("select health -> 'breaker' as breaker from connections where id = $1", mailbox.id))[0].breaker
  mailbox.smtp.answer = { at: "AUTH", code: 454 }
  const id = await mailbox.reply("Hola")
  assert.deepEqual([await mailbox.stateOf(id), await breaker()], [["queued", null], null], "it may work in a moment")
  mailbox.smtp.answer = { at: "AUTH", code: 535 }
  desk.clock.pass(60_000)
  await mailbox.send()
  assert.deepEqual([await mailbox.stateOf(id), (await breaker()).reason], [["queued", null], "mail_login"])
  const check = connectionJobs(desk).find(({ name }) => name === "check-stopped-connections")!
  mailbox.smtp.answer = { at: "AUTH", code: 454 }
  await check.run({})
  assert.equal((await breaker()).needsPerson, undefined)
  mailbox.smtp.answer = { at: "AUTH", code: 535 }
  await check.run({})
  mailbox.smtp.answer = null
  await check.run({})
  assert.equal((await breaker()).needsPerson, true, "refused twice, it is not asked again by itself")
  const { body } = await ana.call("GET", `/connections/${mailbox.id}`)
  await ana.call("PATCH", `/connections/${mailbox.id}`, {
    settings: { smtp: (body["settings"] as { smtp: object }).smtp },
  })
  await mailbox.send()
  assert.deepEqual(await mailbox.stateOf(id), ["sent", null])
})

test("a bounce fails the message of ours that it names once all its recipients have, and says why; a forged one is a mail", async () => {
  const mailbox = await ticketOf("bounce@example.com")
  const id = await mailbox.reply("¿Estás?")
  const ours = mailbox.smtp.header(mailbox.smtp.mails[0]!, "Message-ID")!
  const { bounce } = mailbox
  for (const one of ["carla@example.org", "eva@example.net"]) bounce(ours, [one])
  await mailbox.fetch()
  assert.deepEqual(await mailbox.stateOf(id), ["sent", "some_recipients"], "Bea has it")
  assert.deepEqual(await mailbox.failures(id), [["carla@example.org", "mail_address"]], "nobody wrote to Eva")
  bounce(ours, ["bea@example.org"])
  await mailbox.fetch()
  assert.deepEqual(await mailbox.stateOf(id), ["failed", "mail_address"])
  assert.deepEqual([(await mailbox.failures(id)).length, (await mailbox.tickets()).length], [2, 1])
  bounce(ours.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@"), ["carla@example.org"])
  await mailbox.fetch()
  assert.equal((await mailbox.tickets()).length, 2)
})

test("a mail that was sent again after it came back can come back again, from several at once", async () => {
  const mailbox = await ticketOf("again@example.com")
  const id = await mailbox.reply("¿Estás?")
  const ours = mailbox.smtp.header(mailbox.smtp.mails[0]!, "Message-ID")!
  const bounce = () => mailbox.bounce(ours, ["carla@example.org", "bea@example.org"], "5.2.2")
  bounce()
  await mailbox.fetch()
  assert.deepEqual(await mailbox.stateOf(id), ["failed", "mailbox_full"])
  const again = await ana.call("POST", `/tickets/${mailbox.ticket.id}/messages/${id}/retry`, {})
  assert.equal(again.status, 200, JSON.stringify(again.body))
  await mailbox.send()
  assert.deepEqual([await mailbox.stateOf(id), await mailbox.failures(id)], [["sent", null], []])
  bounce()
  await mailbox.fetch()
  assert.deepEqual(await mailbox.stateOf(id), ["failed", "mailbox_full"])
})

test("a bounce that words alone tell of is kept with the ticket, and fails a message only by an id of ours", async () => {
  const mailbox = await ticketOf("words@example.com")
  const id = await mailbox.reply("¿Estás?", { to: [{ address: "carla@example.org" }], cc: [] })
  const ours = mailbox.smtp.header(mailbox.smtp.mails[0]!, "Message-ID")!
  const bounce = (original: string) =>
    mailbox.receive({
      from: "MAILER-DAEMON@mx.example.com",
      subject: "Undelivered Mail Returned to Sender",
      headers: { "Return-Path": "<>" },
      text: `I'm afraid I wasn't able to deliver your message: no such user.\n\nMessage-ID: ${original}\nSubject: x`,
    })
  bounce(ours.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@"))
  await mailbox.fetch()
  assert.deepEqual(await mailbox.stateOf(id), ["sent", null])
  const tickets = (await mailbox.tickets()).length
  bounce(ours)
  await mailbox.fetch()
  assert.deepEqual([(await mailbox.stateOf(id))[0], (await mailbox.tickets()).length], ["failed", tickets])
  const { body } = await ana.call("GET", `/tickets/${mailbox.ticket.id}/messages`)
  const last = (body["items"] as { kind: string; mail: { hasRaw: boolean; automatic: string } }[]).at(-1)!
  assert.deepEqual([last.kind, last.mail.automatic, last.mail.hasRaw], ["system", "bounce", true])
})

test("what answers a mail by the id that the server gave it instead of ours comes to its ticket", async () => {
  const mailbox = await ticketOf("given@example.com")
  mailbox.smtp.accepted = "Ok <0102-given@eu-west-1.amazonses.com>"
  await mailbox.reply("Ya va")
  mailbox.receive({ id: "given@carla", inReplyTo: "0102-given@eu-west-1.amazonses.com", text: "Gracias, ¿cuándo?" })
  await mailbox.fetch()
  assert.equal((await mailbox.tickets()).length, 1)
  await mailbox.reply("Hoy")
  assert.match(mailbox.smtp.header(mailbox.smtp.mails[1]!, "References")!, /0102-given/)
})

test("what answers a mail that was split off comes to the ticket where it is now, and the rest where it was", async () => {
  const mailbox = await ticketOf("split@example.com")
  mailbox.receive({ id: "other@carla", inReplyTo: "first@split@example.com", text: "Otra cosa: la factura" })
  await mailbox.fetch()
  const [message] = await rows(
    "select m.id from messages m join message_mails w on w.message_id = m.id where w.mail_id = 'other@carla'",
  )
  const target = await acting(desk, async (act) =>
    split(act, await lockTicket(act, mailbox.ticket.id), [message.id], "Factura"),
  )
  const [job] = mailThreadJobs(desk)
  const payload = { eventId: 1, depth: 0, ticketId: target, subjectId: null }
  for (let times = 0; times < 2; times++) await job!.run(payload)
  mailbox.receive({
    id: "to-split@carla",
    inReplyTo: "other@carla",
    references: ["first@split@example.com", "other@carla"],
  })
  mailbox.receive({ id: "to-first@carla", inReplyTo: "first@split@example.com" })
  await mailbox.fetch()
  const places = await rows(
    "select w.mail_id as id, m.ticket_id = $1 as split from messages m join message_mails w on w.message_id = m.id where w.mail_id like 'to-%' order by 1",
    target,
  )
  assert.deepEqual(places, [
    { id: "to-first@carla", split: false },
    { id: "to-split@carla", split: true },
  ])
})

test("a mail that left is put among the sent ones once, by a job of its own, and is never sent again for that", async () => {
  const mailbox = await ticketOf("copies@example.com")
  const id = await mailbox.reply("Con copia")
  const [copy] = outboxJobs(desk)
  const payload = { eventId: 1, depth: 0, ticketId: mailbox.ticket.id, subjectId: id }
  const due = await acting(desk, ({ tx }) => copy!.worthwhile!(tx, [payload, { ...payload, subjectId: "msg_none" }]))
  assert.deepEqual(due, [payload])
  mailbox.hangUp()
  const asked: string[] = []
  mailbox.onAsked((bytes) => asked.push(...(bytes.toString().match(/\b(?:LOGIN|AUTHENTICATE|APPEND|SEARCH)\b/g) ?? [])))
  await Promise.all([copy!.run(payload), copy!.run(payload)])
  assert.equal(mailbox.sent().length, 1)
  const login = asked[0]!
  assert.deepEqual(asked, [login, "SEARCH", "APPEND", login, "SEARCH"], "one login at a time")
  const header = (raw: string) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim()
  assert.equal(header(mailbox.sent()[0]!), mailbox.smtp.header(mailbox.smtp.mails[0]!, "Message-ID"))
  const set = (path: string, value: string) =>
    rows("update connections set settings = jsonb_set(settings, $2::text[], $3) where id = $1", mailbox.id, path, value)
  await set("{imap,user}", '"nobody"')
  await copy!.run(payload)
  assert.equal(asked.filter((one) => one === login).length, 3, "a login that is refused is not tried again")
  await set("{imap,port}", "1")
  await assert.rejects(copy!.run(payload))
  await set("{imap,host}", '"imap.gmail.com"')
  assert.deepEqual(await acting(desk, ({ tx }) => copy!.worthwhile!(tx, [payload])), [], "Gmail keeps its own copy")
  await mailbox.send()
  assert.deepEqual([await mailbox.stateOf(id), mailbox.smtp.mails.length], [["sent", null], 1])
})
