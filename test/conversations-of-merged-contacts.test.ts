// A merge of contacts that nobody said to be of one person brings both onto one conversation. Each goes on with their own.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { get, idOf, openCustomersDesk, say } from "./desks/customers-desk.ts"
import { type Client, member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"
import { fc } from "./fast-check-seed.ts"
import { waitUntil } from "./server-process.ts"

const { app, download, listen, opens, root, upload } = await openCustomersDesk()

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
  const receivedIds = [others.id, toInes.id, last.id, ...own].filter((id) => received.some((one) => one.endsWith(id)))
  assert.deepEqual(receivedIds, own.slice(1))
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

test("a conversation begun after one such merge stays in sight of who began it when a second one unites it with another", async () => {
  const [elsewhere, source] = [await openMessageSource(app), await openMessageSource(app)]
  const [mona, nina, olivia] = await Promise.all(
    ["mona", "nina", "olivia"].map(async (name) => {
      const email = `${name}@example.com`
      const { ticket } = await elsewhere.says(email, { name })
      const who = await member(app, { email, name, role: "user" })
      return { email, contactId: ticket!.contact!.id, who }
    }),
  )
  const merge = async (one: typeof mona, into: typeof mona) =>
    assert.equal((await root.call("POST", `/contacts/${one!.contactId}/merge`, { into: into!.contactId })).status, 200)
  const { ticket: oldest } = await source.says(olivia!.email)
  await merge(mona, nina)
  const { ticket, message } = await source.says(mona!.email)
  await merge(nina, olivia)
  const after = await source.says(mona!.email)
  assert.deepEqual([after.ticket!.id, after.decision.action], [oldest!.id, "joined"], "the two became one")
  const sees = async ({ who }: { who: Client }) =>
    (await get({ who }, "/tickets?limit=100")).body.items.some(({ id }) => id === ticket!.id)
  assert.deepEqual(await Promise.all([mona!, nina!, olivia!].map(sees)), [true, false, false])
  const read = (await get(mona!, `/tickets/${ticket!.id}/messages`)).body.items.map(idOf)
  assert.deepEqual(read, [message!.id, after.message!.id])
})

type Person = {
  email: string
  who: Client
  contactId: string
  began: Set<string>
  said: { id: string; ticketId: string }[]
}
const step = fc.record({
  does: fc.constantFrom("says", "says", "says", "is answered", "merge", "close"),
  who: fc.nat(2),
  other: fc.constantFrom(1, 2),
  at: fc.nat(2),
})

test("whatever three such contacts and the desk do, each goes on with what they began, and reads nobody else's words", async () => {
  const sources = [await openMessageSource(app), await openMessageSource(app), await openMessageSource(app)]
  let lives = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      lives++
      const people: Person[] = []
      for (const name of ["nora", "olga", "petra"]) {
        const email = `${name}${lives}@example.com`
        const { ticket, message } = await sources[people.length]!.says(email, { name })
        const who = await member(app, { email, name, role: "user" })
        const { id: ticketId, contact } = ticket!
        people.push({
          email,
          who,
          contactId: contact!.id,
          began: new Set([ticketId]),
          said: [{ id: message!.id, ticketId }],
        })
      }
      for (const { does, who, other: further, at } of steps) {
        const [one, other] = [people[who]!, people[(who + further) % 3]!]
        const last = one.said.at(-1)!.ticketId
        if (does === "says") {
          const { ticket, message, decision } = await sources[at]!.says(one.email)
          if (decision.action === "created") one.began.add(ticket!.id)
          one.said.push({ id: message!.id, ticketId: ticket!.id })
        }
        if (does === "is answered") await answer(last, people)
        if (does === "merge") await root.call("POST", `/contacts/${one.contactId}/merge`, { into: other.contactId })
        if (does === "close") await root.call("PUT", `/tickets/${last}/status`, { status: "closed" })
      }
      for (const one of people) await readsTheirs(one)
    }),
    // A life takes long: the first that fails is shown as it is.
    { numRuns: 12, endOnFailure: true },
  )
})

/** Staff write to the last to write there; the message itself says to whom. */
async function answer(ticketId: string, people: Person[]) {
  const { status, body } = await root.call("POST", `/tickets/${ticketId}/messages`, { content: "Ya vamos" })
  if (status !== 201) return
  const { rows } = await app.db.pool.query(
    "select i.value, m.ticket_id from messages m join contact_identities i on i.id = m.identity_id where m.id = $1",
    [body["id"]],
  )
  people
    .find(({ email }) => email === rows[0].value)!
    .said.push({ id: String(body["id"]), ticketId: rows[0].ticket_id })
}

async function readsTheirs({ email, who, began, said }: Person) {
  const own = new Set(said.map(idOf))
  const listed = await get({ who }, "/tickets?limit=100")
  for (const ticketId of new Set([...began, ...listed.body.items.map(idOf)])) {
    const { status, body } = await get({ who }, `/tickets/${ticketId}/messages?limit=100`)
    assert.equal(status, 200, `${email} has lost ${ticketId}`)
    const shown = new Set(body.items.map(idOf))
    assert.deepEqual(shown.difference(own), new Set(), `${email} reads another's words`)
    const theirs = new Set(said.filter((one) => one.ticketId === ticketId).map(idOf))
    assert.deepEqual(theirs.difference(shown), new Set(), `${email} has lost words of ${ticketId}`)
  }
}
