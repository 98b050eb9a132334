// What one person writes changes nothing of another one's identities, alone and in a batch; nor does anything that the blocked do.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { call, cookieOf, member, openDesk } from "#test/desks/test-desk.ts"
import { mailsOf } from "#test/sign-in-mails.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const desk = await openDesk((app, kit) => {
  webhookRoutes(app, kit)
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  contactRoutes(app, kit)
  peopleRoutes(app, kit)
}, "https://hilo.test")
const own = { origin: desk.publicUrl }
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
const day = 86_400_000
let people = 0
const newPhone = () => `5730066${String(++people).padStart(5, "0")}`
const message = (phone: string) => from({ phone }, text("hola", desk.clock.now))
const ticket = async (id: string) => (await ana.call("GET", `/tickets/${id}`)).body
const standing = async (id: string) => {
  const { status, unreadMessages, messageCount, reopenCount } = await ticket(id)
  return [status, unreadMessages, messageCount, reopenCount]
}

/** A number at which each says one thing. */
async function number(...phones: string[]) {
  const connection = await openNumber(desk)
  const hears = async (...who: string[]) => {
    desk.clock.pass(1_000)
    assert.equal(await connection.hears(...who.map(message)), 200)
    await processWebhooks(desk)
  }
  await hears(...phones)
  const ids = await Promise.all(
    phones.map(async (phone) => {
      const { rows } = await desk.db.pool.query(
        `select t.id, t.contact_id as contact from tickets t join contact_identities i on i.contact_id = t.contact_id
         where i.value = $1 and t.connection_id = $2`,
        [`+${phone}`, connection.id],
      )
      return rows[0] as { id: string; contact: string }
    }),
  )
  return { hears, ids }
}

for (const [how, times] of [
  ["alone", 1],
  ["in a batch", 3],
] as const)
  test(`what one customer writes on a ticket that two share opens no window of the other: ${how}`, async () => {
    const [a, b, c] = [newPhone(), newPhone(), newPhone()]
    const { hears, ids } = await number(a, b, c)
    const [first, second] = ids as [{ id: string; contact: string }, { id: string; contact: string }]
    const merged = await ana.call("POST", `/tickets/${first.id}/merge`, { into: second.id, override: "una familia" })
    assert.equal(merged.status, 200)
    desk.clock.pass(2 * day)
    await hears(...Array.from({ length: times }, () => a), ...(times > 1 ? [c] : []))
    assert.equal((await ticket(second.id))["messageCount"], 2 + times)
    const window = async (id: string) => {
      const { mode, to } = (await ana.call("GET", `/tickets/${id}/reply-window`)).body
      return [mode, (to as { contactId: string }).contactId]
    }
    assert.deepEqual(await window(second.id), ["text", first.contact], "it goes to whoever wrote")
    assert.equal((await ana.call("DELETE", `/tickets/${first.id}/merge`)).status, 200)
    assert.deepEqual(await window(second.id), ["template", second.contact])
    const refused = await ana.call("POST", `/tickets/${second.id}/messages`, { content: "hola" })
    assert.deepEqual([refused.status, refused.body["code"]], [409, "window_closed"])
    assert.deepEqual(await window(first.id), ["text", first.contact])
  })

test("what the blocked write on WhatsApp is kept with the rest of a batch, and moves nothing", async () => {
  const [a, b] = [newPhone(), newPhone()]
  const { hears, ids } = await number(a, b)
  const [one, other] = ids as [{ id: string; contact: string }, { id: string }]
  await ana.call("POST", `/tickets/${one.id}/read`, {})
  await ana.call("PATCH", `/contacts/${one.contact}`, { blocked: true })
  const status = (await ticket(one.id))["status"]
  await hears(a, b, a)
  assert.deepEqual(
    [await standing(one.id), await standing(other.id)],
    [
      [status, 0, 3, 0],
      [status, 2, 2, 0],
    ],
  )
  await ana.call("PUT", `/tickets/${one.id}/status`, { status: "closed" })
  desk.clock.pass(day)
  await hears(b, a)
  assert.deepEqual(await standing(one.id), ["closed", 0, 4, 0])
  const fresh = newPhone()
  const identities = [{ kind: "phone", value: `+${fresh}` }]
  const made = await ana.call("POST", "/contacts", { name: "Nadie", identities })
  await ana.call("PATCH", `/contacts/${String(made.body["id"])}`, { blocked: true })
  await hears(fresh, b, fresh)
  const { rows } = await desk.db.pool.query("select id from tickets where contact_id = $1", [made.body["id"]])
  assert.deepEqual(await Promise.all(rows.map(({ id }) => standing(String(id)))), [["closed", 0, 2, 0]])
})

test("a blocked person who signs in by a mailed link writes, and nobody is notified", async () => {
  const email = "rosa@example.com"
  const made = await ana.call("POST", "/tickets", { subject: "Llamó", contact: { name: "Rosa", email } })
  const { id, contact } = made.body as { id: string; contact: { id: string } }
  await desk.db.pool.query("update contact_identities set confirmed_for = contact_id where value = $1", [email])
  await desk.app.inject({ method: "POST", url: "/api/v1/session/link", payload: { email } })
  const [mail] = await mailsOf(desk)
  const token = /#token=(\S+)/.exec(mail!.text)![1]!
  const cookie = cookieOf(await call(desk.app, "PUT", "/session/link", { token }, own))
  const rosa = (method: "POST" | "PUT", path: string, body: object) =>
    call(desk.app, method, path, body, { ...own, cookie })
  await ana.call("PUT", `/tickets/${id}/status`, { status: "resolved" })
  await ana.call("POST", `/tickets/${id}/read`, {})
  await ana.call("PATCH", `/contacts/${contact.id}`, { blocked: true })
  const before = await standing(id)
  const wrote = await rosa("POST", `/tickets/${id}/messages`, { content: "¿y?" })
  assert.equal(wrote.status, 201, JSON.stringify(wrote.body))
  const [status, unread, messages, reopened] = before
  assert.deepEqual(await standing(id), [status, unread, Number(messages) + 1, reopened])
  const { rows } = await desk.db.pool.query("select kind from events where ticket_id = $1 order by id desc limit 1", [
    id,
  ])
  assert.equal(rows[0]!.kind, "message.attached")
})
