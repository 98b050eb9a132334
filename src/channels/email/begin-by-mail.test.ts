// Staff begin a matter by mail: it is a ticket of its own, and what answers the mail comes back to it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createTeam } from "#people/index.ts"
import { acting, type Client, member } from "#test/desks/test-desk.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import type { StartConnection } from "../../replies/start-conversation/api-contract.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const mailbox = await openMailbox("soporte@example.com", { name: "Soporte", signature: "Equipo de soporte" })
await mailbox.fetch()
type Answer = Awaited<ReturnType<typeof ana.call>>

const known = async (name: string, ...addresses: string[]) => {
  const identities = addresses.map((value) => ({ kind: value.includes("@") ? "email" : "phone", value }))
  return String((await ana.call("POST", "/contacts", { name, identities })).body["id"])
}
const begin = (body: object, who: Client = ana) =>
  who.call("POST", "/conversations", { connectionId: mailbox.id, subject: "Su factura", content: "Hola", ...body })
const refusal = async (asked: Promise<Answer>) => {
  const { status, body } = await asked
  const [error] = (body["errors"] ?? []) as { path: string }[]
  return [status, body["code"], error?.path.replace(/^body[./]/, "")]
}
const offeredTo = async (query: string, who: Client = ana) => {
  const { body } = await who.call("GET", `/conversations/connections?${query}`)
  return (body["items"] as StartConnection[]).find(({ id }) => id === mailbox.id)
}
const headers = (...names: string[]) => {
  const mail = mailbox.smtp.mails.at(-1)!
  return names.map((name) => mailbox.smtp.header(mail, name))
}
const placeOf = async (mailId: string) =>
  (
    await rows(
      "select m.ticket_id as id, w.writer_role as role from message_mails w join messages m on m.id = w.message_id where w.mail_id = $1",
      mailId,
    )
  )[0]

test("nobody begins with whom they do not see, without a subject, to who is blocked, or by a mailbox that is off", async () => {
  const contactId = await known("Rita", "rita@example.org")
  const stranger = await desk.app.inject({
    method: "POST",
    url: "/api/v1/conversations",
    payload: { contactId, connectionId: mailbox.id, subject: "Su factura", content: "Hola" },
  })
  assert.equal(stranger.statusCode, 401)
  const customer = await member(desk, { email: "carla@example.org", name: "Carla", role: "user" })
  assert.deepEqual(await refusal(begin({ contactId }, customer)), [403, "forbidden", undefined])
  assert.deepEqual(await refusal(begin({ contactId }, bruno)), [404, "not_found", undefined])
  const { body: api } = await ana.call("POST", "/connections", { kind: "api", name: "Tienda" })
  const many = Array.from({ length: 50 }, (_, n) => ({ address: `a${n}@example.net` }))
  for (const [body, path] of [
    [{ subject: undefined }, "subject"],
    [{ subject: "  " }, "subject"],
    [{ subject: "x".repeat(301) }, "subject"],
    [{ cc: [{ address: "nobody" }] }, "cc.0.address"],
    [{ cc: many }, "cc"],
    [{ connectionId: api["id"] }, "subject"],
    [{ connectionId: api["id"], subject: undefined, bcc: [] }, "bcc"],
  ] as const)
    assert.deepEqual(await refusal(begin({ contactId, ...body })), [400, "invalid", path])
  const self = { contact: { email: "soporte@example.com" } }
  assert.deepEqual(await refusal(begin(self)), [400, "invalid", "connectionId"])
  const blocked = await known("Malo", "malo@example.org")
  await ana.call("PATCH", `/contacts/${blocked}`, { blocked: true })
  assert.deepEqual(await refusal(begin({ contactId: blocked })), [409, "contact_blocked", undefined])
  const copied = { contactId, cc: [{ address: "bea@example.org" }, { address: "malo@example.org" }] }
  assert.deepEqual(await refusal(begin(copied)), [409, "contact_blocked", "cc.1"])
  // Of whom only a phone is typed no mail is known to the writer.
  await known("Otra", "otra@example.org", "+573007010001")
  const typed = { contact: { phone: "+573007010001" } }
  assert.deepEqual(await refusal(begin(typed)), [409, "undeliverable", undefined])
  await ana.call("PATCH", `/connections/${mailbox.id}`, { enabled: false })
  assert.equal(await offeredTo(`contactId=${contactId}`), undefined)
  assert.equal(await offeredTo("reach=email"), undefined)
  assert.deepEqual(await refusal(begin({ contactId })), [409, "connection_disabled", undefined])
  await ana.call("PATCH", `/connections/${mailbox.id}`, { enabled: true })
  assert.deepEqual([(await mailbox.tickets()).length, await rows("select from mail_threads")], [0, []])
})

test("it leaves once as a mail that answers none, and what is answered comes back to its ticket, by id and by token", async () => {
  const contactId = await known("Rosa", "rosa@example.org")
  const offered = await offeredTo(`contactId=${contactId}`)
  assert.deepEqual([offered!.by, offered!.address, offered!.canSend], ["mail", "rosa@example.org", true])
  assert.equal((await offeredTo("reach=email"))!.by, "mail")
  const cc = [{ address: "bea@example.org", name: "Bea" }]
  const bcc = [{ address: "eva@example.org" }, { address: "soporte@example.com" }]
  const key = { "idempotency-key": "begin-rosa" }
  const given = { contactId, connectionId: mailbox.id, subject: "Re: su factura", content: "**Hola**", cc, bcc }
  const asked = () => ana.call("POST", "/conversations", given, key)
  const [{ status, body }, again] = [await asked(), await asked()]
  assert.deepEqual([status, again.body["id"]], [201, body["id"]], JSON.stringify(body))
  const roles = (body["recipients"] as { role: string; address: string }[]).map((one) => `${one.role} ${one.address}`)
  assert.deepEqual(roles, ["to rosa@example.org", "cc bea@example.org", "bcc eva@example.org"])
  assert.equal(mailbox.smtp.mails.length, 0, "it can be taken back")
  await mailbox.send()
  assert.deepEqual(headers("From", "To", "Cc", "Subject", "In-Reply-To", "References"), [
    "Soporte <soporte@example.com>",
    "rosa@example.org",
    "Bea <bea@example.org>",
    "Re: su factura",
    undefined,
    undefined,
  ])
  assert.match(mailbox.smtp.mails.at(-1)!.raw, /Equipo de soporte/)
  const id = String(body["ticketId"])
  const { body: ticket } = await ana.call("GET", `/tickets/${id}`)
  assert.deepEqual(
    [ticket["kind"], ticket["subject"], (ticket["contact"] as { id: string }).id, ticket["status"]],
    ["conversation", "Re: su factura", contactId, "open"],
  )
  const [messageId, token] = headers("Message-ID", "Reply-To")
  const window = (await ana.call("GET", `/tickets/${id}/reply-window`)).body["mail"] as Record<string, unknown[]>
  assert.deepEqual([window["to"], window["cc"]], [[{ name: "", address: "rosa@example.org" }], cc])
  await ana.call("POST", `/tickets/${id}/messages`, { content: "Se me olvidaba" })
  await mailbox.send()
  assert.deepEqual(headers("To", "Cc", "Subject", "In-Reply-To", "References"), [
    "rosa@example.org",
    "Bea <bea@example.org>",
    "Re: su factura",
    messageId,
    messageId,
  ])
  const from = "Rosa <rosa@example.org>"
  mailbox.receive({ id: "1@rosa", from, inReplyTo: messageId!.slice(1, -1) })
  mailbox.receive({ id: "2@rosa", from, to: token! })
  mailbox.receive({ id: "3@bea", from: "bea@example.org", to: token! })
  mailbox.receive({ id: "4@rosa", from, subject: "Otra cosa" })
  await mailbox.fetch()
  assert.deepEqual(await placeOf("1@rosa"), { id, role: "requester" })
  assert.deepEqual(await placeOf("2@rosa"), { id, role: "requester" })
  assert.deepEqual(await placeOf("3@bea"), { id, role: "follower" })
  assert.notEqual((await placeOf("4@rosa"))!.id, id)
  const forward = { to: [{ address: "perito@example.net" }] }
  await ana.call("POST", `/tickets/${id}/forward`, forward)
  await mailbox.send()
  assert.match(mailbox.smtp.mails.at(-1)!.raw, /Hola[\s\S]*Se me olvidaba/, "what we began with is forwarded too")
})

test("two matters that are begun at once are two tickets, each with its answers, and who may see them is shown what is active", async () => {
  const contactId = await known("Dos", "dos@example.org")
  const both = await Promise.all(["Uno", "Otro"].map((subject) => begin({ contactId, subject })))
  const ids = both.map(({ status, body }) => (assert.equal(status, 201), String(body["ticketId"])))
  assert.equal(new Set(ids).size, 2)
  await mailbox.send()
  for (const mail of mailbox.smtp.mails.slice(-2)) {
    const subject = mailbox.smtp.header(mail, "Subject")
    const to = mailbox.smtp.header(mail, "Reply-To")!
    mailbox.receive({ id: `${subject}@dos`, from: "dos@example.org", to, subject: "Sin relación" })
    await mailbox.fetch()
    assert.equal((await placeOf(`${subject}@dos`))!.id, ids[subject === "Uno" ? 0 : 1])
  }
  const active = async (who = ana) =>
    (await offeredTo(`contactId=${contactId}`, who))!.activeTickets.map(({ id }) => id)
  assert.deepEqual((await active()).toSorted(), ids.toSorted())
  const team = await acting(desk, (act) => createTeam(act, { name: "Otras", memberIds: [ana.userId] }))
  await ana.call("PUT", `/tickets/${ids[0]}/assignment`, { agentId: ana.userId, teamId: team.id })
  await ana.call("PUT", `/tickets/${ids[1]}/assignment`, { agentId: bruno.userId })
  assert.deepEqual(await active(bruno), [ids[1]])
})

test("what was begun and taken back reaches nobody; its ticket stays, and what is written there next begins the matter", async () => {
  const nuevo = await member(desk, { email: "nuevo@example.org", name: "Nuevo", role: "user" })
  const read = async () => ((await nuevo.call("GET", "/tickets")).body["items"] as unknown[]).length
  const left = mailbox.smtp.mails.length
  const { body } = await begin({ contact: { email: "nuevo@example.org" }, cc: [{ address: "bea@example.org" }] })
  const path = `/tickets/${String(body["ticketId"])}`
  const undone = await ana.call("POST", `${path}/messages/${String(body["id"])}/undo`, {})
  const { state, reason } = undone.body["delivery"] as Record<string, string>
  assert.deepEqual([undone.status, state, reason], [200, "failed", "cancelled"])
  assert.equal(await read(), 0, "not even its subject")
  await mailbox.send()
  assert.equal(mailbox.smtp.mails.length, left)
  const { body: ticket } = await ana.call("GET", path)
  assert.deepEqual([ticket["status"], ticket["firstResponseAt"]], ["open", null])
  assert.deepEqual((await ana.call("GET", `${path}/followers`)).body["items"], [])
  await ana.call("POST", `${path}/messages`, { content: "Ahora sí" })
  await mailbox.send()
  assert.deepEqual(headers("To", "Cc", "Subject", "References"), [
    "nuevo@example.org",
    "bea@example.org",
    "Su factura",
    undefined,
  ])
  assert.equal(await read(), 1)
  const { items } = (await ana.call("GET", `${path}/followers`)).body as { items: { address: string }[] }
  assert.deepEqual(
    items.map(({ address }) => address),
    ["bea@example.org"],
  )
  mailbox.receive({ id: "1@nuevo", from: "nuevo@example.org", to: headers("Reply-To")[0]! })
  await mailbox.fetch()
  assert.deepEqual(await placeOf("1@nuevo"), { id: body["ticketId"], role: "requester" })
  const other = `/tickets/${String((await begin({ contact: { email: "mal@example.org" } })).body["ticketId"])}`
  await ana.call("PUT", `${other}/requester`, { address: "bien@example.org", override: "Era para otra" })
  const { to } = (await ana.call("GET", `${other}/reply-window`)).body["mail"] as { to: { address: string }[] }
  assert.equal(to[0]!.address, "bien@example.org", "to whom it was given, though nobody has written")
})
