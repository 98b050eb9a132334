// A merge across customers brings their words onto one ticket. What leaves the desk for each stays apart: files, the chat
// page and its files, and what the sockets say.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { createConnection } from "#connections/index.ts"
import { get, idOf, openCustomersDesk, say } from "./desks/customers-desk.ts"
import { acting, type Client, member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"
import { waitUntil } from "./server-process.ts"

const { app, download, listen, opens, root, upload } = await openCustomersDesk()

const [carla, dora] = [
  await member(app, { email: "carla@example.com", name: "Carla", role: "user" }),
  await member(app, { email: "dora@example.com", name: "Dora", role: "user" }),
]
const merge = async (from: string, into: string) =>
  assert.equal((await root.call("POST", `/tickets/${from}/merge`, { into, override: "una familia" })).status, 200)

test("files that two customers sent to one ticket are each one's own, and staff's", async () => {
  const [hers, theirs] = [await opens(carla, "carla"), await opens(dora, "dora")]
  await merge(hers.id, theirs.id)
  const later = await upload(carla, "carla-2")
  await say(carla, hers.id, { attachmentIds: [later] })
  const answered = await upload(root, "root")
  await say(root, theirs.id, { attachmentIds: [answered] })
  for (const [file, reads] of [
    [hers.file, [200, 404, 200]],
    [theirs.file, [404, 200, 200]],
    [later, [200, 404, 200]],
    // To the last to write.
    [answered, [200, 404, 200]],
  ] as const)
    assert.deepEqual([await download(carla, file), await download(dora, file), await download(root, file)], reads)
})

test("the sockets send each customer their own messages on the ticket that they share", async () => {
  const [hers, theirs] = [await opens(carla, "carla"), await opens(dora, "dora")]
  await merge(hers.id, theirs.id)
  const received = { carla: await listen(carla.key), dora: await listen(dora.key) }
  const said = {
    carla: await say(carla, hers.id),
    toCarla: await say(root, theirs.id),
    dora: await say(dora, theirs.id),
  }
  await waitUntil("Dora receives her own", async () => received.dora.includes(`message ${said.dora}`))
  await waitUntil("Carla receives hers", async () =>
    [said.carla, said.toCarla].every((id) => received.carla.includes(`message ${id}`)),
  )
  const receivedOf = (all: string[], id: string) => all.some((one) => one.endsWith(id))
  assert.deepEqual(
    [
      receivedOf(received.carla, said.dora),
      receivedOf(received.dora, said.carla),
      receivedOf(received.dora, said.toCarla),
    ],
    [false, false, false],
  )
})

test("nor of what a source or the desk's own telephone says to the other on it: sockets send what the list shows", async () => {
  const source = await openMessageSource(app)
  const [eva, fina] = await Promise.all(
    ["eva", "fina"].map(async (name) => {
      const email = `${name}@example.com`
      const { ticket } = await source.says(email, { name })
      return { email, id: ticket!.id, who: await member(app, { email, name, role: "user" }) }
    }),
  )
  await merge(eva!.id, fina!.id)
  const received = { eva: await listen(eva!.who.key), fina: await listen(fina!.who.key) }
  const said: string[] = []
  for (const { email } of [eva!, fina!])
    for (const more of [{}, { direction: "out" }, { direction: "out", bot: true }] as const)
      said.push((await source.says(email, more)).message!.id)
  const shown = async ({ id, who }: { id: string; who: Client }) => {
    const { items = [] } = (await who.call("GET", `/tickets/${id}/messages?limit=100`)).body as MessagePage
    return said.filter((one) => items.some((item) => item.id === one))
  }
  const receivedOf = (all: string[]) => said.filter((id) => all.some((one) => one.endsWith(id)))
  for (const [{ who }, all] of [
    [eva!, received.eva],
    [fina!, received.fina],
  ] as const) {
    const last = await say(who, (await opens(who, "last")).id)
    await waitUntil("the log is sent to its end", async () => all.includes(`message ${last}`))
  }
  assert.deepEqual([await shown(eva!), await shown(fina!)], [said.slice(0, 3), said.slice(3)])
  assert.deepEqual([receivedOf(received.eva), receivedOf(received.fina)], [await shown(eva!), await shown(fina!)])
})

/** Two customers with an account, each with a conversation by the same source; the first one's is merged into the second's. */
async function mergedConversations(...names: [string, string]) {
  const source = await openMessageSource(app)
  const begun = await Promise.all(
    names.map(async (name) => {
      const email = `${name}@example.com`
      const { ticket } = await source.says(email, { name, text: `palabra${name}` })
      const who = await member(app, { email, name, role: "user" })
      const says = async (more: object = {}) =>
        (await source.says(email, { text: `palabra${name}`, ...more })).message!.id
      return { name, id: ticket!.id, number: ticket!.number, contactId: ticket!.contact!.id, email, who, says }
    }),
  )
  const [from, into] = [begun[0]!, begun[1]!]
  await merge(from.id, into.id)
  return [from, into] as const
}
test("after a merge of conversations each customer goes on with their own ticket by its number, whichever of them writes", async () => {
  const [gala, hilda] = await mergedConversations("gala", "hilda")
  const [category] = (
    await app.db.pool.query("insert into categories (id, name, created_at) values ($1, 'Deudas', now()) returning id", [
      newId("cat"),
    ])
  ).rows as { id: string }[]
  const header = async () => {
    const { body } = await get(hilda, `/tickets/${hilda.number}`)
    return [body["subject"], body["description"], body["categories"], body["customFields"], body["resolution"]]
  }
  const before = await header()
  const received = [await listen(gala.who.key), await listen(hilda.who.key)]
  const answers = async (to: typeof gala) => {
    const file = await upload(root, to.name)
    return { file, id: await say(root, hilda.id, { content: `para${to.name}`, attachmentIds: [file] }) }
  }
  const galas = await gala.says({ categoryIds: [category!.id] })
  const toGala = await answers(gala)
  const hildas = await hilda.says()
  const toHilda = await answers(hilda)
  const said = [
    [galas, toGala.id, await gala.says()],
    [hildas, toHilda.id],
  ]
  assert.deepEqual(await header(), before)
  for (const [i, mine] of [gala, hilda].entries()) {
    const [own, receivedHere, other] = [said[i]!, received[i]!, mine === gala ? hilda : gala]
    const ticket = await get(mine, `/tickets/${mine.number}`)
    const messages = await get(mine, `/tickets/${mine.number}/messages?limit=100`)
    const list = await get(mine, "/tickets")
    assert.deepEqual([ticket.status, ticket.body["id"]], [200, mine.id], mine.name)
    assert.deepEqual(messages.body.items.slice(1).map(idOf), own)
    assert.deepEqual([list.body.items.map(idOf), list.body["total"]], [[mine.id], 1])
    assert.deepEqual((await get(mine, `/tickets?q=palabra${other.name}`)).body.items, [])
    const shown = JSON.stringify([ticket, messages, list])
    for (const word of [`palabra${other.name}`, `para${other.name}`, other.email, other.contactId])
      assert.ok(!shown.includes(word), `${mine.name} is shown ${word}`)
    const last = await say(mine.who, (await opens(mine.who, "last")).id)
    await waitUntil("the log is sent to its end", async () => receivedHere.includes(`message ${last}`))
    assert.deepEqual(
      said.flat().filter((id) => receivedHere.some((one) => one.endsWith(id))),
      own,
    )
  }
  assert.deepEqual((await get(hilda, "/tickets?q=palabrahilda")).body.items.map(idOf), [hilda.id])
  assert.equal((await get(hilda, `/tickets/${hilda.number}`)).body["messageCount"], 3)
  for (const [file, reads] of [
    [toGala.file, [200, 404]],
    [toHilda.file, [404, 200]],
  ] as const)
    assert.deepEqual([await download(gala.who, file), await download(hilda.who, file)], reads)
})

type MessagePage = { items?: { id: string }[] }

test("each visitor sees their own conversation on the chat page, and opens their own files", async () => {
  const settings = { kind: "webchat", name: newId("chat"), settings: {} } as const
  const chat = await acting(app, (act) => createConnection(act, app.secrets, settings))
  const call = async (token: string | null, path: string, body?: object) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${app.url}/chat/${path}`, {
      method: body ? "POST" : "GET",
      headers: body ? headers : { authorization: headers.authorization ?? "" },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.text()) || "{}" }
  }
  const visitor = async (text: string) => {
    const { token } = JSON.parse((await call(null, `${chat}/visitor`, {})).body) as { token: string }
    await call(token, `${chat}/messages`, { clientId: newId("cli").slice(4), text })
    const { rows } = await app.db.pool.query("select ticket_id as id from messages where content = $1", [text])
    type Conversation = { messages: { content: string; files: { id: string }[] }[] }
    const sees = async () => (JSON.parse((await call(token, `${chat}/conversation`)).body) as Conversation).messages
    return {
      id: String(rows[0]!.id),
      say: (more: string) => call(token, `${chat}/messages`, { clientId: newId("cli").slice(4), text: more }),
      sees,
      token,
    }
  }
  const [one, two] = [await visitor("soy la primera"), await visitor("soy la segunda")]
  await merge(one.id, two.id)
  await one.say("otra de la primera")
  const file = await upload(root, "para-la-primera")
  await say(root, two.id, { content: "para la primera", attachmentIds: [file] })
  const texts = async (who: typeof one) => (await who.sees()).map(({ content }) => content)
  assert.deepEqual(await texts(one), ["soy la primera", "otra de la primera", "para la primera"])
  assert.deepEqual(await texts(two), ["soy la segunda"])
  const [shown] = (await one.sees()).flatMap(({ files }) => files)
  assert.ok(shown)
  assert.equal((await call(one.token, `${chat}/files/${shown.id}`)).status, 200)
  assert.equal((await call(two.token, `${chat}/files/${shown.id}`)).status, 404)
})
