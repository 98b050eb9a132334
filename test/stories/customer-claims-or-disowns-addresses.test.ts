// A customer who came in by an address that is known to be theirs says of those that staff typed beside it whether they are
// theirs. What they give is what they have; they get nothing for it, and nobody else can say so for them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes, proveByLink } from "#contacts/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { castOf } from "../desk-users.ts"
import { type Answer, call, cookieOf, member, openDesk, signedIn } from "../desks/test-desk.ts"
import { mailsOf } from "../sign-in-mails.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, { ...kit, provedByLink: proveByLink })
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  contactRoutes(app, kit)
}, "https://hilo.test")
const { root, ana, source } = await castOf(desk)
const lead = await signedIn(desk, "lead")
const origin = { origin: desk.publicUrl }
type ShownAddress = { id: string; kind: string; masked: string; isProved: boolean; isClaimed: boolean }
const ok = (answer: Answer, status = 200) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body
}

/** Comes in by a mailed link. */
async function enter(email: string) {
  // All of them come from one place.
  await desk.db.pool.query("delete from rate_limits")
  await call(desk.app, "POST", "/session/link", { email }, origin)
  const mail = (await mailsOf(desk)).find(({ to, text }) => to === email && text.includes("#token="))
  assert.ok(mail, `no link for ${email}`)
  const token = /#token=(\S+)/.exec(mail.text)![1]!
  const cookie = cookieOf(await call(desk.app, "PUT", "/session/link", { token }, origin))
  const asks = (method: "GET" | "PUT" | "DELETE", url: string) => {
    desk.authentication.dropCache()
    return call(desk.app, method, url, method === "PUT" ? {} : undefined, { cookie, ...origin })
  }
  const addresses = async () => ok(await asks("GET", "/me/identities"))["items"] as ShownAddress[]
  const tickets = async () => (ok(await asks("GET", "/tickets"))["items"] as { id: string }[]).map(({ id }) => id)
  return { asks, addresses, tickets }
}

let people = 0
/** Wrote by a channel, so that their e-mail is theirs; an agent typed `typed` beside it. */
async function customerWith(...typed: string[]) {
  const email = `carla${++people}@example.com`
  const { ticket } = await source.says(email, { name: "Carla", text: "mi cédula es 42" })
  const id = ticket!.contact!.id
  const identities = [email, ...typed].map((value) => ({ kind: value.includes("@") ? "email" : "phone", value }))
  ok(await ana.call("PATCH", `/contacts/${id}`, { identities }))
  return { id, email, ticketId: ticket!.id }
}
const claim = (id: string) => `/me/identities/${id}/confirmation`
const identitiesOf = async (id: string) =>
  ok(await root.call("GET", `/contacts/${id}`))["identities"] as { id: string; value: string; isClaimed: boolean }[]

test("strangers, keys and staff say nothing of anybody's addresses", async () => {
  const { id } = await customerWith("otra1@example.com")
  const typed = (await identitiesOf(id))[1]!
  for (const [method, url] of [
    ["GET", "/me/identities"],
    ["PUT", claim(typed.id)],
    ["DELETE", `/me/identities/${typed.id}`],
  ] as const) {
    const body = method === "PUT" ? {} : undefined
    assert.equal((await call(desk.app, method, url, body, origin)).status, 401)
    for (const { key } of [root, ana])
      assert.equal((await call(desk.app, method, url, body, { authorization: `Bearer ${key}` })).status, 403)
    const staff = await call(desk.app, method, url, body, { cookie: lead.cookie, ...origin })
    if (method === "GET") assert.deepEqual(staff.body["items"], [])
    else assert.equal(staff.status, 404)
  }
  assert.equal((await identitiesOf(id)).length, 2)
})

test("an address that its contact says is theirs opens what theirs opens, and gives them nothing that was said to it", async () => {
  const { id, email, ticketId } = await customerWith("otra2@example.com", "+573005550102")
  const beforehand = ok(
    await ana.call("POST", "/tickets", { subject: "Para otra", contact: { email: "otra2@example.com" } }),
    201,
  )
  const carla = await enter(email)
  const shown = await carla.addresses()
  assert.deepEqual(
    shown.map(({ kind, masked, isClaimed }) => [kind, masked, isClaimed]),
    [
      ["email", "o…@e….com", false],
      ["phone", "…02", false],
    ],
  )
  const other = await enter("otra2@example.com")
  assert.equal((await other.tickets()).includes(ticketId), false)
  const hers = await carla.tickets()
  assert.equal(ok(await carla.asks("PUT", claim(shown[0]!.id)))["isClaimed"], true)
  ok(await carla.asks("PUT", claim(shown[0]!.id)))
  assert.ok((await other.tickets()).includes(ticketId))
  assert.ok((await other.tickets()).includes(String(beforehand["id"])))
  assert.deepEqual(await carla.tickets(), hers, "she reads no more than before")
  assert.deepEqual(await other.addresses(), [], "what is only claimed claims nothing")
  assert.deepEqual(
    (await identitiesOf(id)).map(({ isClaimed }) => isClaimed),
    [false, true, false],
  )
  const { rows } = await desk.db.pool.query(
    "select kind, actor_kind, fields from admin_acts where subject_id = $1 order by at",
    [id],
  )
  assert.deepEqual(rows, [
    {
      kind: "contact.identity_claimed",
      actor_kind: "user",
      fields: [{ field: "email", old: null, new: "otra2@example.com" }],
    },
  ])
})

test("what an address opened because of another ends when that one is taken away", async () => {
  const { id, email, ticketId } = await customerWith("otra3@example.com")
  const carla = await enter(email)
  ok(await carla.asks("PUT", claim((await carla.addresses())[0]!.id)))
  const other = await enter("otra3@example.com")
  assert.deepEqual(await other.tickets(), [ticketId])
  ok(await ana.call("PATCH", `/contacts/${id}`, { identities: [{ kind: "email", value: "otra3@example.com" }] }))
  assert.deepEqual(await other.tickets(), [])
})

test("an address that is not theirs leaves the contact, and the account and sessions that stood on it end", async () => {
  const { id, email } = await customerWith("ajena@example.com")
  // Made by an admin: nobody has shown yet that they have the address.
  const thief = await member(desk, { email: "ajena@example.com", name: "Ajena", role: "user" })
  assert.equal((await thief.call("GET", "/me")).status, 200)
  const carla = await enter(email)
  const [shown] = await carla.addresses()
  assert.equal(shown!.isProved, false)
  ok(await carla.asks("DELETE", `/me/identities/${shown!.id}`), 204)
  assert.equal((await thief.call("GET", "/me")).status, 401)
  assert.deepEqual(
    (await identitiesOf(id)).map(({ value }) => value),
    [email],
  )
  assert.equal((await carla.asks("DELETE", `/me/identities/${shown!.id}`)).status, 404)
  const { rows } = await desk.db.pool.query("select kind from events where subject_id = $1 order by id", [id])
  const kinds = rows.map(({ kind }) => kind)
  assert.ok(kinds.includes("contact.identity_removed") && kinds.includes("contact.identity_disowned"))
})

test("an address that its holder has proved by a link is taken away by no customer, only by staff", async () => {
  const { id, email } = await customerWith("de.otra@example.com", "+573005550177")
  const holder = await enter("de.otra@example.com")
  const carla = await enter(email)
  const shown = await carla.addresses()
  assert.deepEqual(
    shown.map(({ isProved }) => isProved),
    [true, false],
  )
  for (const claims of [false, true]) {
    if (claims) ok(await carla.asks("PUT", claim(shown[0]!.id)))
    const refused = await carla.asks("DELETE", `/me/identities/${shown[0]!.id}`)
    assert.deepEqual([refused.status, refused.body["code"]], [409, "address_proved"])
  }
  assert.equal((await holder.asks("GET", "/me")).status, 200)
  assert.equal((await identitiesOf(id)).length, 3)
  ok(await ana.call("PATCH", `/contacts/${id}`, { identities: [{ kind: "email", value: email }] }))
  assert.equal((await holder.asks("GET", "/me")).status, 401)
})

test("what one address of theirs has claimed stays its claim, until that one is taken away", async () => {
  const { id, email, ticketId } = await customerWith("segunda@example.com", "otra5@example.com")
  const byId = "update contact_identities set proof = 'message', confirmed_for = contact_id where value = $1"
  await desk.db.pool.query(byId, ["segunda@example.com"])
  const [first, second] = [await enter(email), await enter("segunda@example.com")]
  const [typed] = await first.addresses()
  ok(await first.asks("PUT", claim(typed!.id)))
  assert.deepEqual(
    (await second.addresses()).map((one) => [one.id, one.isClaimed]),
    [[typed!.id, true]],
  )
  ok(await second.asks("PUT", claim(typed!.id)))
  const claims = async () => {
    const { rows } = await desk.db.pool.query(
      `select x.value as by, (select count(*)::int from admin_acts where subject_id = $2 and kind = 'contact.identity_claimed') as acts
        from contact_identities i left join contact_identities x on x.id = i.claimed_by where i.id = $1`,
      [typed!.id, id],
    )
    return [rows[0].by, rows[0].acts]
  }
  assert.deepEqual(await claims(), [email, 1], "nothing is said a second time")
  const other = await enter("otra5@example.com")
  assert.deepEqual(await other.tickets(), [ticketId])
  // The first claimer goes: its claim with it, and the other may claim what nobody claims.
  ok(
    await ana.call("PATCH", `/contacts/${id}`, {
      identities: ["segunda@example.com", "otra5@example.com"].map(asEmail),
    }),
  )
  assert.deepEqual(await other.tickets(), [])
  assert.equal((await second.addresses())[0]!.isClaimed, false)
  ok(await second.asks("PUT", claim(typed!.id)))
  assert.deepEqual(await claims(), ["segunda@example.com", 2])
})
const asEmail = (value: string) => ({ kind: "email", value })

test("who is known by a typed address alone is asked nothing, nor is anybody about somebody else's", async () => {
  const { email, id } = await customerWith("solo@example.com")
  const typed = await enter("solo@example.com")
  assert.deepEqual(await typed.addresses(), [])
  const carla = await enter(email)
  const [mine] = (await identitiesOf(id)).filter(({ value }) => value === email)
  for (const identityId of [mine!.id, "idn_none"]) {
    assert.equal((await carla.asks("PUT", claim(identityId))).status, 404)
    assert.equal((await carla.asks("DELETE", `/me/identities/${identityId}`)).status, 404)
  }
  const stranger = await enter((await customerWith("mas@example.com")).email)
  const [theirs] = await carla.addresses()
  assert.equal((await stranger.asks("PUT", claim(theirs!.id))).status, 404)
})

test("a merge that is no lead's word that they are one person puts nobody's address before somebody else", async () => {
  const made = ok(
    await ana.call("POST", "/contacts", { name: "Otra", identities: [{ kind: "email", value: "suya@example.com" }] }),
    201,
  )
  const { id, email } = await customerWith()
  ok(await ana.call("POST", `/contacts/${String(made["id"])}/merge`, { into: id }))
  const carla = await enter(email)
  assert.deepEqual(await carla.addresses(), [])
})
