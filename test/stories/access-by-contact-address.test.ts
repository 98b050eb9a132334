// An address is a credential. An attacker who puts theirs on somebody's contact, by whatever steps, reads nothing of that person;
// whose it is gets in, and taking it away ends what stood on it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes, proveByLink } from "#contacts/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { mailsOf } from "../sign-in-mails.ts"
import { fileRoutes } from "#files/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { castOf } from "../desk-users.ts"
import { type Answer, call, type Client, cookieOf, openDesk, signedIn } from "../desks/test-desk.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, { ...kit, provedByLink: proveByLink })
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  contactRoutes(app, kit)
}, "https://hilo.test")
const { root, sol, ana, source } = await castOf(desk)
const origin = { origin: desk.publicUrl }
const lead = await signedIn(desk, "admin")

let people = 0
const phoneOf = () => `+57301777${String(1000 + people++)}`
/** Somebody who wrote by their phone, to Ana's team. */
const victim = async () => {
  const phone = phoneOf()
  const { ticket } = await source.says(phone, { name: "Carla Peña", text: "mi cédula es 42" })
  return { phone, id: ticket!.contact!.id, ticketId: ticket!.id }
}
const ok = (answer: Answer, status = 200) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body
}
const identity = (value: string) => ({ kind: value.includes("@") ? "email" : "phone", value })
const give = (who: Client, id: string, ...all: string[]) =>
  who.call("PATCH", `/contacts/${id}`, { identities: all.map(identity) })
const opened = async (who: Client, contact: object, more: object = {}) =>
  ok(await who.call("POST", "/tickets", { subject: "Caja rota", description: "Llegó rota", contact, ...more }), 201)

/** Comes in by a mailed link; null when none is mailed. */
async function enter(email: string) {
  await call(desk.app, "POST", "/session/link", { email }, { ...origin, "x-forwarded-for": phoneOf() })
  const mail = (await mailsOf(desk)).find(({ to, text }) => to === email && text.includes("#token="))
  if (!mail) return null
  const { text } = mail
  const token = /#token=(\S+)/.exec(text)![1]!
  const cookie = cookieOf(await call(desk.app, "PUT", "/session/link", { token }, origin))
  const asks = (url: string) => {
    desk.authentication.dropCache()
    return call(desk.app, "GET", url, undefined, { cookie })
  }
  const tickets = async () => ((await asks("/tickets")).body["items"] as { id: string }[]).map(({ id }) => id)
  return { cookie, asks, tickets }
}
const identitiesOf = async (id: string) =>
  (await root.call("GET", `/contacts/${id}`)).body["identities"] as {
    id: string
    value: string
    proof: string
    isConfirmed: boolean
  }[]
const confirm = async (id: string, value: string, headers: object = { ...origin, cookie: lead.cookie }) => {
  const { id: identityId } = (await identitiesOf(id)).find((one) => one.value === value)!
  return call(desk.app, "PUT", `/contacts/${id}/identities/${identityId}/confirmation`, {}, headers)
}

test("an address that staff put on somebody opens nothing of theirs, however often its link is used", async () => {
  const { id, phone, ticketId } = await victim()
  ok(await give(ana, id, phone, "mio@example.com"))
  for (let time = 0; time < 2; time++) {
    const thief = (await enter("mio@example.com"))!
    assert.deepEqual(await thief.tickets(), [])
    for (const url of [`/tickets/${ticketId}`, `/tickets/${ticketId}/messages`])
      assert.equal((await thief.asks(url)).status, 404)
  }
  const [, mine] = await identitiesOf(id)
  assert.deepEqual([mine!.proof, mine!.isConfirmed], ["link", false])
})

test("nor does an address that came with a ticket for somebody's phone", async () => {
  const { phone } = await victim()
  const own = await opened(ana, { email: "otro.mio@example.com", phone }, { assigneeId: ana.userId })
  const thief = (await enter("otro.mio@example.com"))!
  assert.deepEqual(await thief.tickets(), [own["id"]])
})

test("what is opened for an address is its holder's to read, from the first day", async () => {
  const ticket = await opened(ana, { name: "Lina", email: "lina@example.com" })
  const lina = (await enter("lina@example.com"))!
  assert.deepEqual(await lina.tickets(), [ticket["id"]])
  assert.equal((await lina.asks(`/tickets/${String(ticket["id"])}/messages`)).status, 200)
})

test("once a lead confirms it, an address opens what was exchanged with the contact; no agent and no key confirms", async () => {
  const { id, phone, ticketId } = await victim()
  ok(await give(ana, id, phone, "carla.ella@example.com"))
  for (const { key } of [ana, sol, root])
    assert.equal((await confirm(id, "carla.ella@example.com", { authorization: `Bearer ${key}` })).status, 403)
  assert.equal((await confirm(id, "carla.ella@example.com", {})).status, 401)
  const carla = (await enter("carla.ella@example.com"))!
  assert.deepEqual(await carla.tickets(), [])
  ok(await confirm(id, "carla.ella@example.com"))
  assert.deepEqual(await carla.tickets(), [ticketId])
})

test("taking an address away ends the account, its sessions and its keys", async () => {
  const { id, phone } = await victim()
  ok(await give(ana, id, phone, "se.va@example.com"))
  ok(await confirm(id, "se.va@example.com"))
  const carla = (await enter("se.va@example.com"))!
  const { id: userId } = ok(await carla.asks("/me"))
  const key = ok(
    await call(
      desk.app,
      "POST",
      "/api-keys",
      { name: "Suya", role: "user", userId },
      { ...origin, cookie: lead.cookie },
    ),
    201,
  )["key"]
  const byKey = () => call(desk.app, "GET", "/me", undefined, { authorization: `Bearer ${String(key)}` })
  ok(await byKey())
  ok(await give(ana, id, phone))
  assert.equal((await carla.asks("/me")).status, 401)
  assert.equal((await byKey()).status, 401)
  assert.equal(await enter("se.va@example.com"), null)
  ok(await give(ana, id, phone, "se.va@example.com"))
  assert.equal((await byKey()).status, 401)
  assert.deepEqual(await (await enter("se.va@example.com"))!.tickets(), [], "what was confirmed does not come back")
})

test("a contact that somebody's is merged into gives neither the other's story, unless a lead says they are one person", async () => {
  const { id, ticketId } = await victim()
  const mine = await source.says("mala@example.com", { name: "Mala" })
  const thief = (await enter("mala@example.com"))!
  assert.deepEqual(await thief.tickets(), [mine.ticket!.id])
  ok(await ana.call("POST", `/contacts/${mine.ticket!.contact!.id}/merge`, { into: id }))
  assert.equal((await thief.tickets()).includes(ticketId), false)
})

test("an address on its way to somebody else's contact brings nothing along", async () => {
  const { id, phone, ticketId } = await victim()
  const thiefs = await source.says("ladrona@example.com", { name: "Ladrona" })
  const thief = (await enter("ladrona@example.com"))!
  ok(await give(ana, id))
  ok(await give(ana, thiefs.ticket!.contact!.id, "ladrona@example.com", phone))
  assert.equal((await thief.tickets()).includes(ticketId), false)
  // What its owner writes next comes to that contact, and is still none of the other's business.
  const { ticket } = await source.says(phone, { text: "soy yo, otra persona" })
  assert.equal((await thief.tickets()).includes(ticket!.id), false)
})
