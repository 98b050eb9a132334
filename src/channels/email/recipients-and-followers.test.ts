// Whom a reply by mail goes to is shown and chosen; who follows a ticket gets its answers, and strangers become something by hand alone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { member } from "#test/desks/test-desk.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const bruno = await member(desk, { name: "Bruno", email: "bruno@example.com", role: "agent" })

type Address = { address: string; name: string }
const mailbox = await openMailbox("soporte@example.com", { aliases: ["ventas@example.com", "otro@example.com"] })
const learnt = { plusAddress: true, aliases: ["ventas@example.com"] }
const verification = JSON.stringify({ verification: { at: desk.now().toISOString(), learnt, failure: null } })
await rows("update connections set health = $2 where id = $1", mailbox.id, verification)
await mailbox.fetch()
mailbox.receive({ id: "first@carla", to: "ventas@example.com, Bea <bea@example.org>" })
await mailbox.fetch()
const [ticket] = await mailbox.tickets()
const addresses = (people: unknown) => (people as Address[]).map(({ address }) => address)
const call: typeof ana.call = (method, path, body) => ana.call(method, `/tickets/${ticket.id}${path}`, body)
const reply = (body: object) => call("POST", "/messages", { content: "Hola", ...body })
const lastSent = () => mailbox.smtp.mails.at(-1)!
const header = (name: string) => mailbox.smtp.header(lastSent(), name)
const suggested = async (of = call) => {
  const { mail } = (await of("GET", "/reply-window")).body as { mail: Record<"from" | "to" | "cc", Address[]> }
  return [addresses(mail.from), addresses(mail.to), addresses(mail.cc)]
}
const items = async (path: string, of = call) => (await of("GET", path)).body["items"] as Record<string, unknown>[]
/** A ticket of a mail to these, beside the one of the other tests. */
const openTicketOf = async (from: string, to = "soporte@example.com") => {
  mailbox.receive({ id: `first.${from}`, from, to, text: "No hay agua" })
  await mailbox.fetch()
  const { id } = (await mailbox.tickets()).at(-1)!
  const of: typeof call = (method, path, body) => ana.call(method, `/tickets/${id}${path}`, body)
  return { id: id as string, of }
}

test("for users who may not see the ticket there is none", async () => {
  const paths = [
    ["GET", "/followers"],
    ["POST", "/followers", { address: "eva@example.net" }],
    ["DELETE", "/followers/fol_none"],
    ["PUT", "/requester", { address: "eva@example.net" }],
    ["POST", "/messages/msg_none/undo", {}],
  ] as const
  for (const [method, path, body] of paths)
    assert.equal((await bruno.call(method, `/tickets/${ticket.id}${path}`, body)).status, 404, path)
})

test("a reply goes to whom it says, by a verified alias, and blind copies stand in no header", async () => {
  assert.deepEqual(await suggested(), [
    ["ventas@example.com", "soporte@example.com"],
    ["carla@example.org"],
    ["bea@example.org"],
  ])
  const token = `soporte+${"a".repeat(42)}@example.com`
  const { status, body } = await reply({
    to: [{ address: "CARLA@example.org", name: "Carla" }],
    cc: [{ address: "dani@example.net" }, { address: "carla@example.org" }, { address: token }],
    bcc: [{ address: "jefa@example.net" }],
  })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(
    (body["recipients"] as (Address & { role: string })[]).map(({ role, address }) => `${role} ${address}`),
    ["to carla@example.org", "cc dani@example.net", "bcc jefa@example.net"],
  )
  await mailbox.send()
  assert.equal(mailbox.smtp.mails.length, 1, "one mail to all")
  assert.deepEqual(lastSent().to, ["carla@example.org", "dani@example.net", "jefa@example.net"])
  assert.deepEqual(
    [header("From"), header("To"), header("Cc"), lastSent().raw.includes("jefa")],
    ["ventas@example.com", "Carla <carla@example.org>", "dani@example.net", false],
  )
  mailbox.receive({ id: "all@dani", from: "dani@example.net", to: header("Reply-To")!, cc: "carla@example.org" })
  await mailbox.fetch()
  assert.deepEqual((await suggested()).slice(1), [["dani@example.net"], ["carla@example.org"]])
  const [last] = (await items("/messages")).slice(-1)
  assert.equal((last!["mail"] as { writerRole: string }).writerRole, "follower", "whom we wrote to is no stranger")
})

test("recipients that cannot be are refused by the name of their field", async () => {
  const many = Array.from({ length: 26 }, (_, n) => ({ address: `a${n}@example.net` }))
  const other = many.map(({ address }) => ({ address: `b${address}` }))
  const cases: [object, string][] = [
    [{ to: [] }, "to"],
    [{ to: [{ address: "soporte@example.com" }] }, "to"],
    [{ to: [{ address: "a@b.co, eve@evil.test" }] }, "to.0.address"],
    [{ cc: [{ address: "a\r\nBcc: eve@evil.test" }] }, "cc.0.address"],
    [{ to: many, cc: other }, "to"],
    [{ from: "otro@example.com" }, "from"],
    [{ isInternal: true, cc: [{ address: "eva@example.net" }] }, "isInternal"],
  ]
  for (const [body, path] of cases) {
    const answer = await reply(body)
    assert.deepEqual([answer.status, JSON.stringify(answer.body).includes(`"${path}"`)], [400, true], path)
  }
})

test("whoever of them is blocked is refused by their field, and suggested no more", async () => {
  const people = [{ address: "taller@example.net" }, { address: "carla@example.org" }]
  const dani = [{ address: "dani@example.net" }]
  const block = (isBlocked: boolean) =>
    rows(
      "update contacts set blocked = $1 where id = (select contact_id from contact_identities where value = 'carla@example.org')",
      isBlocked,
    )
  await block(true)
  const answers = [
    [await call("POST", "/forward", { to: people }), "to.1"],
    [await call("POST", "/forward", { to: dani, cc: people }), "cc.1"],
    [await reply({ to: dani, cc: people }), "cc.1"],
    [await reply({ to: dani, bcc: people }), "bcc.1"],
  ] as const
  for (const [{ status, body }, path] of answers) {
    const fields = (body["errors"] as { path: string }[] | undefined)?.map((one) => one.path)
    assert.deepEqual([status, body["code"], fields], [409, "contact_blocked", [path]])
  }
  assert.deepEqual((await suggested()).slice(1), [["dani@example.net"], []])
  await block(false)
})

test("a follower who is added gets every answer until they are taken out, and a stranger becomes one", async () => {
  mailbox.receive({ id: "eva@stranger", from: "Eva <eva@example.net>", to: header("Reply-To")!, text: "Yo también" })
  await mailbox.fetch()
  const added = await call("POST", "/followers", { address: "Eva@example.net", name: "Eva" })
  assert.deepEqual([added.status, added.body["address"], added.body["isAdded"]], [201, "eva@example.net", true])
  const roles = (await items("/messages")).map((one) => (one["mail"] as { writerRole: string }).writerRole)
  assert.equal(roles.at(-1), "follower")
  assert.deepEqual((await suggested())[1], ["eva@example.net"])
  mailbox.receive({ id: "again@carla", to: header("Reply-To")!, text: "¿Y bien?" })
  await mailbox.fetch()
  assert.deepEqual((await suggested()).slice(1), [["carla@example.org"], ["eva@example.net"]])
  assert.equal((await call("DELETE", `/followers/${String(added.body["id"])}`)).status, 204)
  assert.deepEqual((await suggested()).slice(1), [["carla@example.org"], []])
  assert.equal((await call("DELETE", `/followers/${String(added.body["id"])}`)).status, 404)
  const listed = (await items("/followers")).map(({ address }) => address)
  assert.deepEqual(listed, ["bea@example.org", "dani@example.net"])
  assert.equal((await call("POST", "/followers", { address: "soporte@example.com" })).status, 400)
  const changes = await rows(
    "select data -> 'followers' ->> 'change' as change from events where ticket_id = $1 and data ? 'followers' order by id",
    ticket.id,
  )
  assert.deepEqual(
    changes.map(({ change }) => change),
    ["added", "removed"],
  )
})

test("another requester has the ticket, and who had it follows", async () => {
  const zoe = { address: "zoe@example.net", name: "Zoe" }
  assert.deepEqual((await call("PUT", "/requester", zoe)).body["code"], "other_customer", "she has not written")
  await rows("update tickets set assignee_id = $2 where id = $1", ticket.id, bruno.userId)
  const given = await bruno.call("PUT", `/tickets/${ticket.id}/requester`, { ...zoe, override: "Es suya" })
  assert.deepEqual([given.status, given.body["code"]], [403, "forbidden"], "for leads")
  const { status, body } = await call("PUT", "/requester", { address: "eva@example.net", name: "Eva" })
  assert.deepEqual([status, (body["contact"] as { name: string }).name], [200, "Eva"])
  const [kept] = await rows("select role from mail_participants where address = 'carla@example.org'")
  assert.equal(kept.role, "follower")
  assert.deepEqual((await suggested()).slice(1), [["carla@example.org"], ["eva@example.net"]], "she gets answers too")
})

test("whom a ticket is given to is answered before they write, and who had it in copy until they are taken out", async () => {
  const { id, of } = await openTicketOf("nora@example.org", "soporte@example.com, Bea <bea@example.org>")
  const zoe = { address: "zoe@example.net", name: "Zoe" }
  assert.equal((await of("PUT", "/requester", { ...zoe, override: "Es suya" })).status, 200)
  assert.deepEqual((await suggested(of)).slice(1), [[zoe.address], ["nora@example.org", "bea@example.org"]])
  assert.equal((await of("POST", "/messages", { content: "Hola, Zoe" })).status, 201)
  await mailbox.send()
  assert.deepEqual([header("To"), header("Cc")], ["Zoe <zoe@example.net>", "nora@example.org, Bea <bea@example.org>"])
  const [answered] = await rows(
    "select c.name from messages m join contacts c on c.id = m.contact_id where m.ticket_id = $1 and m.direction = 'out'",
    id,
  )
  assert.equal(answered.name, "Zoe", "it is hers to read")
  const [nora] = (await items("/followers", of)).filter(({ address }) => address === "nora@example.org")
  assert.equal((await of("DELETE", `/followers/${String(nora!["id"])}`)).status, 204)
  assert.deepEqual((await suggested(of)).slice(1), [[zoe.address], ["bea@example.org"]])
  mailbox.receive({ id: "1@zoe", from: "Zoe <zoe@example.net>", to: header("Reply-To")!, text: "Gracias" })
  await mailbox.fetch()
  assert.deepEqual((await suggested(of)).slice(1), [[zoe.address], []])
})

test("a reply is taken back while it waits, and what has left is not", async () => {
  const { body } = await reply({ content: "Me equivoqué" })
  const undo = () => call("POST", `/messages/${String(body["id"])}/undo`, {})
  assert.ok((body["delivery"] as { undoUntil: string }).undoUntil > desk.now().toISOString())
  const sent = mailbox.smtp.mails.length
  const undone = (await undo()).body["delivery"] as { state: string; reason: string }
  assert.deepEqual([undone.state, undone.reason], ["failed", "cancelled"])
  await mailbox.send()
  assert.equal(mailbox.smtp.mails.length, sent)
  const gone = await reply({ content: "Ahora sí", quote: true, status: "closed" })
  assert.equal(gone.status, 201, JSON.stringify(gone.body))
  const [{ status }] = await rows("select status from tickets where id = $1", ticket.id)
  assert.equal(status, "closed", "sent and closed at once")
  await mailbox.send()
  assert.match(lastSent().raw, /\r\n> =C2=BFY bien\?|\r\n> ¿Y bien\?/)
  const late = await call("POST", `/messages/${String(gone.body["id"])}/undo`, {})
  assert.deepEqual([late.status, late.body["code"]], [409, "already_sent"])
})

test("who of several the server refuses is named, and the others have it", async () => {
  mailbox.smtp.answer = { at: "RCPT", code: 550, word: "nadie" }
  const { body } = await reply({ to: [{ address: "carla@example.org" }, { address: "nadie@example.net" }], cc: [] })
  await mailbox.send()
  mailbox.smtp.answer = null
  const [last] = (await items("/messages")).filter(({ id }) => id === body["id"])
  assert.deepEqual(lastSent().to, ["carla@example.org"])
  const { state, reason } = last!["delivery"] as { state: string; reason: string }
  assert.deepEqual([state, reason], ["sent", "some_recipients"])
  const refused = (last!["recipients"] as { address: string; failure?: string }[]).filter(({ failure }) => failure)
  assert.deepEqual(
    refused.map(({ address, failure }) => [address, failure]),
    [["nadie@example.net", "mail_address"]],
  )
})

test("what is public is forwarded and notes are not, and what is answered comes back as a stranger's", async () => {
  await reply({ content: "Esto queda entre nosotros", isInternal: true })
  const [first] = await items("/messages")
  const { status, body } = await call("POST", "/forward", {
    to: [{ address: "taller@example.net", name: "Taller" }],
    content: "¿Pueden pasar hoy?",
  })
  assert.equal(status, 201, JSON.stringify(body))
  await mailbox.send()
  const text = (body["content"] as string).slice(0, body["foldedFrom"] as number).trim()
  assert.deepEqual([text, body["direction"], body["isInternal"]], ["¿Pueden pasar hoy?", "out", false])
  assert.deepEqual([lastSent().to, header("References")], [["taller@example.net"], undefined])
  assert.match(header("Subject")!, /^Fwd: /)
  assert.ok((body["content"] as string).includes("Yo también"))
  assert.ok(!lastSent().raw.includes("entre nosotros") && !lastSent().raw.includes("jefa@example.net"))
  mailbox.receive({ id: "ok@taller", from: "taller@example.net", to: header("Reply-To")!, text: "Vamos a las tres" })
  await mailbox.fetch()
  const last = (await items("/messages?includeInternal=true")).at(-1)!
  assert.deepEqual(
    [last["content"], (last["mail"] as { writerRole: string }).writerRole],
    ["Vamos a las tres", "stranger"],
  )
  assert.deepEqual((await suggested())[1], ["carla@example.org"], "the customer is answered, not the workshop")
  const one = await call("POST", "/forward", { to: [{ address: "taller@example.net" }], messageId: first!["id"] })
  assert.deepEqual([one.status, (one.body["content"] as string).match(/^-{5}/gm)?.length], [201, 1])
  assert.ok((one.body["content"] as string).includes("No hay luz en mi calle"))
  const none = await call("POST", "/forward", { to: [{ address: "taller@example.net" }], messageId: "msg_none" })
  assert.equal(none.status, 404)
})

test("what shows that From is genuine shows nothing of a writer whom only Reply-To names", async () => {
  const other = await openMailbox("formularios@example.com")
  const known = JSON.stringify({ ...JSON.parse(verification).verification, learnt: { authservId: "mx.example.com" } })
  await rows(
    "update connections set health = jsonb_build_object('verification', $2::jsonb) where id = $1",
    other.id,
    known,
  )
  await other.fetch()
  const headers = { "Authentication-Results": "mx.example.com; dmarc=pass header.from=evil.example" }
  const replyTo = { "Reply-To": "Jefa <jefa@customer.example>" }
  other.receive({ id: "1@evil", from: "noreply@evil.example", headers: { ...headers, ...replyTo } })
  other.receive({ id: "2@evil", from: "Rita <rita@evil.example>", headers: { ...headers, ...replyTo } })
  await other.fetch()
  const shown = async ({ id }: { id: string }) => {
    const { body } = await ana.call("GET", `/tickets/${id}/messages`)
    const { from, writer, auth } = (body["items"] as { mail: { from: Address; writer: string; auth: string } }[])[0]!
      .mail
    return [from.address, writer, auth]
  }
  assert.deepEqual((await Promise.all((await other.tickets()).map(shown))).toSorted(), [
    ["noreply@evil.example", "jefa@customer.example", "unknown"],
    ["rita@evil.example", "rita@evil.example", "pass"],
  ])
  const proofs = async () => {
    const found = await rows(`select proof, confirmed_for is not null as "isConfirmed" from contact_identities
      where value in ('jefa@customer.example', 'rita@evil.example') order by value`)
    return found.map(({ proof, isConfirmed }) => [proof, isConfirmed])
  }
  assert.deepEqual(await proofs(), [
    ["visitor", false],
    ["message", true],
  ])
  other.receive({ id: "3@customer", from: "Jefa <jefa@customer.example>" })
  await other.fetch()
  assert.deepEqual((await proofs())[0], ["message", true], "she has written from it herself")
})

test("all that is forwarded is what was said with the customer", async () => {
  const eva = [{ address: "eva@example.net" }]
  await reply({ to: eva, content: "Vamos mañana" })
  const undone = await reply({ to: eva, content: "Vamos nunca" })
  await call("POST", `/messages/${String(undone.body["id"])}/undo`, {})
  await call("POST", "/forward", { to: eva, content: "Para ti, Eva" })
  const { body } = await call("POST", "/forward", { to: [{ address: "jefa@example.net" }] })
  const content = String(body["content"])
  const left = ["Yo también", "Vamos mañana", "Vamos nunca", "Para ti", "Pueden pasar", "a las tres", "No hay luz"]
  assert.deepEqual(
    left.filter((text) => content.includes(text)),
    ["Yo también", "Vamos mañana"],
    "neither other customers' words, nor workshops', nor what never left",
  )
})
