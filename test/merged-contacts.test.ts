// A merge of contacts that nobody said to be of one person brings both onto one conversation. Each goes on with their own.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { app, download, get, idOf, listen, opens, root, say, upload } from "./desks/customers-desk.ts"
import { member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"
import { waitUntil } from "./server-process.ts"

test("after a merge of contacts that nobody said to be of one person, whose conversation it is goes on reading theirs", async () => {
  const [elsewhere, source] = [await openMessageSource(app), await openMessageSource(app)]
  const begin = async (name: string, at: typeof source) => {
    const email = `${name}@example.com`
    const { ticket, message } = await at.says(email, { name, text: `palabra${name}` })
    const who = await member(app, { email, name, role: "user" })
    const says = async (more: object = {}) => (await source.says(email, { text: `palabra${name}`, ...more })).message!
    const { id, number, contact } = ticket!
    return { name, email, id, number, contactId: contact!.id, first: message!.id, who, says }
  }
  const [ines, juana] = [await begin("ines", elsewhere), await begin("juana", source)]
  const merged = await root.call("POST", `/contacts/${ines.contactId}/merge`, { into: juana.contactId })
  assert.equal(merged.status, 200)
  const received = await listen(juana.who.key)
  const category = newId("cat")
  await app.db.pool.query("insert into categories (id, name, created_at) values ($1, 'Embargos', now())", [category])
  const others = await ines.says({ categoryIds: [category] })
  assert.equal(others.ticketId, juana.id, "the contact has one conversation there")
  const answers = async (to: typeof ines) => {
    const file = await upload(root, to.name)
    return { file, id: await say(root, juana.id, { content: `para${to.name}`, attachmentIds: [file] }) }
  }
  const toInes = await answers(ines)
  const own = [juana.first, (await juana.says()).id]
  const toJuana = await answers(juana)
  own.push(toJuana.id)
  const last = await ines.says()

  const header = await get(juana, `/tickets/${juana.number}`)
  const messages = await get(juana, `/tickets/${juana.number}/messages?limit=100`)
  const list = await get(juana, "/tickets")
  assert.deepEqual([header.status, header.body["messageCount"], header.body["categories"]], [200, 3, []])
  assert.deepEqual(messages.body.items.map(idOf), own)
  assert.deepEqual([list.body.items.map(idOf), list.body["total"]], [[juana.id], 1])
  assert.equal((list.body.items as unknown as { preview: { text: string } }[])[0]!.preview.text, "parajuana")
  assert.deepEqual((await get(juana, "/tickets?q=palabrajuana")).body.items.map(idOf), [juana.id])
  assert.deepEqual((await get(juana, "/tickets?q=palabraines")).body.items, [])
  const shown = JSON.stringify([header, messages, list])
  for (const word of ["palabraines", "paraines", ines.email, ines.contactId]) assert.ok(!shown.includes(word), word)
  // Ines has her own of before, and nothing of what Juana's conversation is about.
  assert.deepEqual((await get(ines, "/tickets")).body.items.map(idOf), [ines.id])
  assert.equal((await get(ines, `/tickets/${juana.number}`)).status, 404)
  assert.deepEqual(await download(juana.who, toInes.file), 404)
  assert.deepEqual(await download(juana.who, toJuana.file), 200)
  const end = await say(juana.who, (await opens(juana.who, "end")).id)
  await waitUntil("the log is told to its end", async () => received.includes(`message ${end}`))
  const told = [others.id, toInes.id, last.id, ...own].filter((id) => received.some((one) => one.endsWith(id)))
  assert.deepEqual(told, own.slice(1))
})

test("a conversation that the other one begins after such a merge is theirs, whichever contact it stands on", async () => {
  const [elsewhere, source] = [await openMessageSource(app), await openMessageSource(app)]
  const [kira, lola] = await Promise.all(
    ["kira", "lola"].map(async (name) => {
      const email = `${name}@example.com`
      const { ticket } = await elsewhere.says(email, { name })
      const who = await member(app, { email, name, role: "user" })
      const listed = async () => (await who.call("GET", "/tickets")).body["items"] as { id: string }[]
      return { email, id: ticket!.id, contactId: ticket!.contact!.id, listed: async () => (await listed()).map(idOf) }
    }),
  )
  assert.equal((await root.call("POST", `/contacts/${kira!.contactId}/merge`, { into: lola!.contactId })).status, 200)
  const { ticket } = await source.says(kira!.email)
  assert.deepEqual(
    [(await kira!.listed()).includes(ticket!.id), (await lola!.listed()).includes(ticket!.id)],
    [true, false],
  )
  await source.says(lola!.email)
  assert.deepEqual(
    [(await kira!.listed()).includes(ticket!.id), (await lola!.listed()).includes(ticket!.id)],
    [true, false],
  )
})
