import assert from "node:assert/strict"
import { test } from "node:test"
import { changeUser } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { openCustomerMailDesk } from "#test/desks/customer-mail-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting, type Client, member } from "#test/desks/test-desk.ts"
import { sendCustomerEmails, recordCustomerEmails } from "./record-and-send-customer-emails.ts"

const { desk, box, ana, say, read, arrives } = await openCustomerMailDesk()
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const dora = await member(desk, { email: "dora@example.com", name: "Dora", role: "user", language: "en" })

const open = async (who: Client, more: object = {}) => {
  const { status, body } = await who.call("POST", "/tickets", { subject: "No llegó", description: "hola", ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return { id: String(body["id"]), number: String(body["number"]) }
}
const move = (who: Client, ref: string, status: string, more: object = {}) =>
  who.call("PUT", `/tickets/${ref}/status`, { status, ...more })

test("what staff answer and how it ends is one mail to the customer, with a link to their ticket and no note", async () => {
  const { id, number } = await open(carla)
  await say(id, "**Ya va** en camino")
  await say(id, "cliente difícil", { isInternal: true })
  await say(id, "Llega el martes")
  await move(ana, id, "resolved", { resolution: "Se envió otro" })
  await read()
  assert.equal(box.take().length, 0, "not before its minute is over")
  const [mail, ...others] = await arrives()
  assert.deepEqual([mail!.to, others], [["carla@example.com"], []])
  assert.equal(mail!.header("Subject"), `${number}: No llegó`)
  for (const word of ["Ya va en camino", "Llega el martes", "Resolvimos", "Se envió otro", "Ana respondió"])
    assert.ok(mail!.text.includes(word), `${word}: ${mail!.text}`)
  assert.ok(mail!.text.includes(`https://hilo.test/my/${number}`))
  assert.doesNotMatch(mail!.raw, /difícil/)
  assert.deepEqual(await arrives(), [])
})

test("mails of a ticket are one conversation, and answer no machine", async () => {
  const { id } = await open(dora)
  await say(id, "one")
  const [first] = await arrives()
  await say(id, "two")
  const [second] = await arrives()
  assert.match(first!.text, /Ana answered:\r?\n\r?\none/, "in the customer's language")
  assert.doesNotMatch(second!.text, /one/, "told once")
  const topic = `<${id}@hilo.test>`
  for (const mail of [first!, second!]) {
    assert.deepEqual([mail.header("References"), mail.header("In-Reply-To")], [topic, topic])
    assert.equal(mail.header("Auto-Submitted"), "auto-generated")
  }
  assert.notEqual(first!.header("Message-ID"), second!.header("Message-ID"))
})

test("an end that was taken back is not mailed, nor later with the next answer", async () => {
  const { id } = await open(carla)
  await move(ana, id, "closed")
  await move(ana, id, "open")
  assert.deepEqual(await arrives(), [])
  await move(ana, id, "closed")
  assert.match((await arrives())[0]!.text, /Cerramos tu solicitud/)
  await say(id, "Por si acaso")
  const [mail] = await arrives()
  assert.match(mail!.text, /Por si acaso/)
  assert.doesNotMatch(mail!.text, /Cerramos/)
})

test("an end that came by itself is not mailed: it was announced a day before", async () => {
  const { id } = await open(carla)
  await move(ana, id, "resolved")
  assert.match((await arrives())[0]!.text, /Resolvimos tu solicitud/)
  await acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
  assert.deepEqual(await arrives(), [])
})

test("customers are not mailed what they did themselves, nor what they said to staff", async () => {
  const { id } = await open(carla)
  await carla.call("POST", `/tickets/${id}/messages`, { content: "¿Y bien?" })
  await move(carla, id, "closed")
  await open(ana, { contact: { email: "eva@example.com", name: "Eva" }, description: "Llamó y contó" })
  assert.deepEqual(await arrives(), [])
})

test("a contact without an account is mailed in their own language; who has no e-mail or is blocked is not", async () => {
  const eva = await open(ana, { contact: { email: "eva@example.com" }, language: "en" })
  const tel = await open(ana, { contact: { phone: "+573001230000" } })
  for (const { id } of [eva, tel]) await say(id, "hola")
  const mails = await arrives()
  assert.deepEqual(
    mails.map(({ to }) => to),
    [["eva@example.com"]],
  )
  assert.match(mails[0]!.text, /Ana answered/)
  for (const [language, word] of [
    ["en-GB", "answered"],
    ["pt-BR", "respondió"],
  ]) {
    await desk.db.pool.query("update contacts set language = $1", [language])
    await say(eva.id, "hola")
    assert.match((await arrives())[0]!.text, new RegExp(`Ana ${word}`), "ours, or else the desk's")
  }
  await desk.db.pool.query(
    "update contacts set blocked = true where id = (select contact_id from tickets where id = $1)",
    [eva.id],
  )
  await say(eva.id, "otra vez")
  assert.deepEqual(await arrives(), [])
})

test("a customer of another channel is answered on that channel alone", async () => {
  const source = await openMessageSource(desk)
  const ticket = (await source.says("carla@example.com")).ticket!
  await say(ticket.id, "hola")
  await move(ana, ticket.id, "closed")
  assert.deepEqual(await arrives(), [])
})

test("files are named, and are behind the link", async () => {
  const { id } = await open(carla)
  const form = new FormData()
  form.append("file", new Blob(["hola"], { type: "text/plain" }), "guía.txt")
  const request = new Request("https://hilo.test", { method: "POST", body: form })
  const uploaded = await desk.app.inject({
    method: "POST",
    url: "/api/v1/attachments",
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { authorization: `Bearer ${ana.key}`, "content-type": request.headers.get("content-type")! },
  })
  await say(id, "", { attachmentIds: [uploaded.json<{ id: string }>().id] })
  assert.match((await arrives())[0]!.text, /Ana respondió:\s+Con archivos: guía\.txt/)
})

test("however many servers read and send, each mail is made once; switched off, none is", async () => {
  const { id } = await open(carla)
  await say(id, "una vez")
  await sequenceAll(desk.db)
  await Promise.all([recordCustomerEmails(desk), recordCustomerEmails(desk), recordCustomerEmails(desk)])
  desk.clock.pass(60_000)
  await read()
  await Promise.all([1, 2, 3].map(() => sendCustomerEmails(desk, desk.publicUrl)))
  assert.equal((await arrives()).length, 1)
  await acting(desk, (act) => changeSetting(act, "support.mailCustomers", false))
  await say(id, "en silencio")
  assert.deepEqual(await arrives(), [])
  await acting(desk, (act) => changeSetting(act, "support.mailCustomers", true))
  assert.deepEqual(await arrives(), [], "what was kept silent is not told later")
})

test("what strangers chose to be called is in no mail, and no subject begins another header", async () => {
  const evil = "Compra en http://evil.test"
  const { id } = await open(ana, {
    contact: { email: "fito@example.com", name: evil },
    subject: "Hola\r\nBcc: eve@evil.test",
  })
  await say(id, "Voy")
  const [mail] = await arrives()
  assert.doesNotMatch(mail!.raw, /Compra|http:/)
  assert.deepEqual([mail!.to, mail!.header("Bcc")], [["fito@example.com"], undefined])
})

test("nothing to mail wakes nobody", async () => {
  await read()
  let wakes = 0
  const db = { ...desk.db, wakes: { ...desk.db.wakes, wake: () => void (wakes += 1) } }
  await say((await open(carla)).id, "Ya va")
  await sequenceAll(desk.db)
  await recordCustomerEmails({ ...desk, db })
  await sendCustomerEmails({ ...desk, db }, desk.publicUrl)
  assert.equal(wakes, 0)
})

test("e-mails go to the customer, not to the former agent who opened the ticket for them", async () => {
  const zoe = await member(desk, { email: "zoe@example.com", name: "Zoe", role: "agent" })
  const { id } = await open(zoe, { contact: { name: "Otra", email: "otra.news@example.com" } })
  await acting(desk, (act) => changeUser(act, zoe.userId, { role: "user" }))
  await arrives()
  await say(id, "Para otra")
  assert.deepEqual(
    (await arrives()).flatMap(({ to }) => to),
    ["otra.news@example.com"],
  )
})

test("of a ticket that two customers share each is mailed what was said to them alone", async () => {
  const [hers, theirs] = [await open(carla), await open(dora)]
  const merged = await ana.call("POST", `/tickets/${hers.id}/merge`, { into: theirs.id, override: "una familia" })
  assert.equal(merged.status, 200)
  await arrives()
  const writes = async (who: Client, id: string) =>
    assert.equal((await who.call("POST", `/tickets/${id}/messages`, { content: "¿y?" })).status, 201)
  await writes(carla, hers.id)
  await say(theirs.id, "solo para Carla")
  await writes(dora, theirs.id)
  await say(theirs.id, "only for Dora")
  const mails = await arrives()
  assert.deepEqual(
    mails.map(({ to: [who], text }) => [who, /solo para Carla/.test(text), /only for Dora/.test(text)]).toSorted(),
    [
      ["carla@example.com", true, false],
      ["dora@example.com", false, true],
    ],
  )
})

test("what is said to be sent leaves: an e-mail that staff typed later gets the next reply", async () => {
  const contact = { name: "Rosa", phone: "+573001239876" }
  const made = await ana.call("POST", "/tickets", { subject: "Llamó", contact })
  const ref = String(made.body["id"])
  const stateOf = async (content: string) => ((await say(ref, content)).body["delivery"] as { state: string }).state
  assert.equal(await stateOf("nadie lo lee"), "unreachable")
  assert.deepEqual(await arrives(), [])
  const contactId = (made.body["contact"] as { id: string }).id
  const identities = [
    { kind: "phone", value: contact.phone },
    { kind: "email", value: "rosa@example.com" },
  ]
  assert.equal((await ana.call("PATCH", `/contacts/${contactId}`, { identities })).status, 200)
  assert.equal(await stateOf("ya va en camino"), "sent")
  const [mail, ...others] = await arrives()
  assert.deepEqual([mail!.to, others], [["rosa@example.com"], []])
  assert.match(mail!.text, /ya va en camino/)
})
