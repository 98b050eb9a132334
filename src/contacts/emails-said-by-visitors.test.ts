import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { acting, atScreen, call, openDesk } from "#test/desks/test-desk.ts"
import { mailsOf } from "#test/sign-in-mails.ts"
import { createConnection } from "#connections/index.ts"
import { chatRoutes } from "#channels/webchat/entry-points/chat-routes.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { createUser, createRequestedLinks, peopleRoutes } from "#people/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import type { Contact } from "./api-contract.ts"
import { contactOfIdentity } from "./contact-store.ts"
import { contactRoutes } from "./routes.ts"
import { identityOf } from "./identities/normalize-address.ts"
import { fillInDetails } from "./save-visitor-name-and-email.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  chatRoutes(app, kit)
  contactRoutes(app, kit)
  peopleRoutes(app, kit)
})
const { root, ana, bruno, source } = await castOf(desk)
const lena = await atScreen(desk, { email: "lena@example.com", name: "Lena", role: "admin" })
const chat = await acting(desk, (act) =>
  createConnection(act, desk.secrets, { kind: "webchat", name: "Chat", settings: {} }),
)

/** Somebody in the chat who says that an address is theirs. */
async function visitorWith(email: string): Promise<string> {
  const ask = async (path: string, token?: string, payload: object = {}) =>
    (
      await desk.app.inject({
        method: "POST",
        url: `/chat/${chat}/${path}`,
        payload,
        ...(token && { headers: { authorization: `Bearer ${token}` } }),
      })
    ).json()
  const { token, visitorId } = await ask("visitor")
  await ask("messages", token, { clientId: "client-1", text: "hola", email })
  const visitor = identityOf(visitorId, { kind: "visitor", scope: chat })!
  return (await acting(desk, (act) => contactOfIdentity(act, visitor)))!
}
const see = async (id: string) => (await root.call("GET", `/contacts/${id}`)).body as unknown as Contact
const emailsOf = async (id: string) => (await see(id)).identities.filter(({ kind }) => kind === "email")
const mailed = async () => (await mailsOf(desk)).map(({ to }) => to)

test("staff see what a visitor says, find the visitor by it, and it is nobody's address", async () => {
  const id = await visitorWith("Visita@example.com")
  const [said] = await emailsOf(id)
  assert.deepEqual([said!.value, said!.proof, said!.isConfirmed], ["visita@example.com", "visitor", false])
  const found = (await root.call("GET", "/contacts?q=visita@example.com")).body["items"] as Contact[]
  assert.deepEqual(
    found.map((one) => one.id),
    [id],
  )
  assert.deepEqual((await bruno.call("GET", "/contacts?identity=visita@example.com")).body["items"], [])
})

test("no link is mailed to what a visitor only said, and the owner of the address is somebody else", async () => {
  const id = await visitorWith("duena@example.com")
  await call(desk.app, "POST", "/session/link", { email: "duena@example.com" })
  while (await createRequestedLinks(desk));
  assert.deepEqual(await mailed(), [])
  const { ticket } = await source.says("duena@example.com", { name: "La dueña" })
  assert.notEqual(ticket!.contact!.id, id)
  const { body } = await ana.call("POST", "/tickets", { subject: "Pedido", contact: { email: "duena@example.com" } })
  assert.equal((body["contact"] as { id: string }).id, ticket!.contact!.id)
})

test("what a visitor says ends nobody's account when it is taken away, and comes back as it was when a client sends it back", async () => {
  const { ticket } = await source.says("+573005550099", { name: "Clara" })
  const owner = await acting(desk, (act) =>
    createUser(act, { email: "clara@example.com", name: "Clara", role: "user" }),
  )
  const id = await visitorWith("clara@example.com")
  const before = (await see(id)).identities
  const sent = (all: Contact["identities"]) => all.map(({ kind, value, scope }) => ({ kind, value, scope }))
  const kept = await root.call("PATCH", `/contacts/${id}`, { name: "V", identities: sent(before) })
  assert.deepEqual([kept.status, (await see(id)).identities], [200, before])
  const others = before.filter(({ proof }) => proof !== "visitor")
  assert.equal((await root.call("PATCH", `/contacts/${id}`, { identities: sent(others) })).status, 200)
  assert.deepEqual(await emailsOf(id), [])
  const { rows } = await desk.db.pool.query("select email, disabled_at from users where id = $1", [owner.id])
  assert.deepEqual(rows, [{ email: "clara@example.com", disabled_at: null }])
  assert.notEqual(ticket!.contact!.id, id)
})

test("a lead makes it an address of the contact's, unless it is somebody else's", async () => {
  const [id, other] = [await visitorWith("nueva@example.com"), await visitorWith("tomada@example.com")]
  await source.says("tomada@example.com", { name: "Otra" })
  const confirm = async (contactId: string) =>
    lena.call("PUT", `/contacts/${contactId}/identities/${(await emailsOf(contactId))[0]!.id}/confirmation`, {})
  assert.equal((await confirm(id)).status, 200)
  const mine = (await emailsOf(id)).map(({ value, scope, isConfirmed }) => [value, scope, isConfirmed])
  assert.deepEqual(mine, [["nueva@example.com", "", true]])
  const refused = await confirm(other)
  assert.deepEqual([refused.status, refused.body["code"]], [400, "duplicate_entry"])
})

test("two visitors become one contact with what both said, and are two again", async () => {
  const [one, two] = [await visitorWith("a@example.com"), await visitorWith("a@example.com")]
  assert.equal((await root.call("POST", `/contacts/${one}/merge`, { into: two })).status, 200)
  assert.equal((await emailsOf(two)).length, 2)
  assert.equal((await root.call("DELETE", `/contacts/${one}/merge`)).status, 200)
  for (const id of [one, two]) assert.equal((await emailsOf(id)).length, 1)
})

test("a visitor who has not written yet leaves nothing behind", async () => {
  const visitor = identityOf("vst_nobody", { kind: "visitor", scope: chat })!
  await acting(desk, (act) => fillInDetails(act, visitor, { name: "N", email: "n@example.com" }))
  const { rows } = await desk.db.pool.query("select from contact_identities where value = 'n@example.com'")
  assert.equal(rows.length, 0)
})

test("of a visitor staff see on which page they wrote last, from where they came, and in which language they read", async () => {
  const write = async (token: string, clientId: string, place: object) => {
    const { statusCode } = await desk.app.inject({
      method: "POST",
      url: `/chat/${chat}/messages`,
      payload: { clientId, text: "hola", ...place },
      headers: { authorization: `Bearer ${token}` },
    })
    assert.equal(statusCode, 201)
  }
  const arrival = await desk.app.inject({ method: "POST", url: `/chat/${chat}/visitor`, payload: {} })
  const { token, visitorId } = arrival.json()
  await write(token, "client-1", {
    page: "https://user:secret@shop.example/cart?token=abc#pay",
    referrer: "https://search.example/?q=carla",
    language: "es-CO",
  })
  const id = await acting(desk, (act) =>
    contactOfIdentity(act, identityOf(visitorId, { kind: "visitor", scope: chat })!),
  )
  const place = async () => {
    const { language, identities } = await see(id!)
    return [language, identities[0]!.page, identities[0]!.referrer]
  }
  assert.deepEqual(await place(), ["es-CO", "https://shop.example/cart", "https://search.example/"])
  await write(token, "client-2", {
    page: "https://shop.example/help",
    referrer: "https://shop.example/cart",
    language: "en",
  })
  assert.deepEqual(await place(), ["es-CO", "https://shop.example/help", "https://search.example/"])
  await write(token, "client-3", { page: "javascript:alert(1)", referrer: "nowhere", language: "¿español?" })
  assert.deepEqual(await place(), ["es-CO", "https://shop.example/help", "https://search.example/"])
})

test("an address is taken away by its id, and those that the contact gained meanwhile stay", async () => {
  const typed = (values: string[]) => ({ identities: values.map((value) => ({ kind: "phone", value })) })
  const made = async (values: string[]) =>
    (await root.call("POST", "/contacts", { name: "Nora", ...typed(values) })).body as unknown as Contact
  const all = ["+573000000011", "+573000000012", "+573000000013"]
  const { id, identities } = await made(all.slice(0, 2))
  const other = await made(["+573000000014"])
  await root.call("PATCH", `/contacts/${id}`, typed(all))
  const gone = identities.find(({ value }) => value === all[0])
  const removeIdentityIds = [gone!.id, other.identities[0]!.id, "idn_none"]
  const { status } = await root.call("PATCH", `/contacts/${id}`, { removeIdentityIds })
  const after = await see(id)
  assert.deepEqual([status, after.identities.map(({ value }) => value).toSorted()], [200, all.slice(1)])
  assert.equal((await root.call("PATCH", `/contacts/${id}`, { removeIdentityIds })).status, 200)
  assert.deepEqual(
    [await see(id), await see(other.id)],
    [after, other],
    "those that are not theirs stay where they are",
  )
})

test("an address is added without the others being named, so that two who add at once both keep theirs", async () => {
  const typed = (value: string) => ({ kind: value.includes("@") ? "email" : "phone", value })
  const made = async (...values: string[]) =>
    (await root.call("POST", "/contacts", { name: "Ada", identities: values.map(typed) })).body as unknown as Contact
  const { id, identities } = await made("+573000000021")
  const add = (...values: string[]) => root.call("PATCH", `/contacts/${id}`, { addIdentities: values.map(typed) })
  const answers = await Promise.all([add("+57 (300) 000-0022"), add("ada@example.com")])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
  const after = await see(id)
  assert.deepEqual(after.identities.map(({ value, proof }) => `${value} ${proof}`).toSorted(), [
    "+573000000021 staff",
    "+573000000022 staff",
    "ada@example.com staff",
  ])
  assert.equal((await add("+57 300 000 0022")).status, 200)
  assert.deepEqual(await see(id), after, "what the contact has already is not written again")
  await made("taken@example.com")
  const refused = async (body: object) => {
    const { status, body: said } = await root.call("PATCH", `/contacts/${id}`, body)
    return [status, (said["errors"] as { path: string }[])[0]?.path]
  }
  const addIdentities = [typed("ada2@example.com"), typed("300")]
  assert.deepEqual(await refused({ addIdentities }), [400, "addIdentities.1.value"])
  assert.deepEqual(await refused({ addIdentities: [typed("taken@example.com")] }), [400, "identities"])
  assert.deepEqual(await refused({ identities: [], addIdentities: [] }), [400, "addIdentities"])
  assert.deepEqual(await see(id), after)
  const removeIdentityIds = [identities[0]!.id]
  await root.call("PATCH", `/contacts/${id}`, { removeIdentityIds, addIdentities: [typed("+573000000023")] })
  assert.deepEqual((await see(id)).identities.map(({ value }) => value).toSorted(), [
    "+573000000022",
    "+573000000023",
    "ada@example.com",
  ])
})
