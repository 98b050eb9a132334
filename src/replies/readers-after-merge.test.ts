// Whatever tickets are merged into whichever, each customer reads what was exchanged with them, and nothing else.
import assert from "node:assert/strict"
import { test } from "node:test"
import { type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { fc } from "#test/fast-check-seed.ts"
import { fileRoutes } from "#files/index.ts"
import { replyRoutes } from "./reply-routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const names = ["carla", "dora", "elena"] as const
type Name = (typeof names)[number]
const clients = new Map<Name, Client>()
for (const name of names) clients.set(name, await member(desk, { email: `${name}@example.com`, name, role: "user" }))

type Said = { content: string; sender: { name: string | null }; direction: string }
type ListedTicket = {
  id: string
  number: string
  messageCount: number
  unreadMessages: number
  mergedInto: string | null
  preview: { text: string } | null
}

const call = async (who: Client, method: "GET" | "POST" | "DELETE", path: string, body?: object) => {
  desk.clock.pass(1_000)
  return who.call(method, path, body)
}
const messagesOf = async (who: Client, id: string) =>
  (await call(who, "GET", `/tickets/${id}/messages?limit=100`)).body["items"] as Said[]

/** What one story leaves, seen by each: every customer opens a ticket, then things happen. */
const step = fc.record({
  does: fc.constantFrom("write", "reply", "merge", "undo"),
  who: fc.nat(2),
  other: fc.nat(2),
})

test("after any merges across customers each reads their own words and what was said to them, and nothing else", async () => {
  let story = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const mark = `s${++story}x`
      const own = new Map<Name, string>()
      const expected = new Map<Name, string[]>(names.map((name) => [name, []]))
      let n = 0
      for (const name of names) {
        const content = `${mark}de${name}${++n}`
        const made = await call(clients.get(name)!, "POST", "/tickets", { subject: "Uno", description: content })
        own.set(name, String(made.body["id"]))
        expected.get(name)!.push(content)
      }
      for (const { does, who, other } of steps) {
        const name = names[who]!
        const id = own.get(name)!
        if (does === "merge")
          await call(root, "POST", `/tickets/${id}/merge`, { into: own.get(names[other]!)!, override: "prueba" })
        if (does === "undo") await call(root, "DELETE", `/tickets/${id}/merge`)
        if (does === "write") {
          const content = `${mark}de${name}${++n}`
          const { status } = await call(clients.get(name)!, "POST", `/tickets/${id}/messages`, { content })
          assert.equal(status, 201)
          expected.get(name)!.push(content)
        }
        if (does === "reply") {
          const last = (await messagesOf(root, id)).findLast(({ direction }) => direction === "in")
          const to = last ? (last.sender.name as Name) : name
          const content = `${mark}para${to}${++n}`
          const { status } = await call(root, "POST", `/tickets/${id}/messages`, { content })
          assert.equal(status, 201)
          expected.get(to)!.push(content)
        }
      }
      for (const name of names) await looks(name, mark, own.get(name)!, expected.get(name)!)
    }),
    { numRuns: 8 },
  )
})

async function looks(name: Name, mark: string, id: string, expected: string[]) {
  const who = clients.get(name)!
  const read = (await messagesOf(who, id)).map(({ content }) => content).filter((content) => content.startsWith(mark))
  assert.deepEqual(read, expected)
  const { body } = await call(who, "GET", "/tickets?limit=100")
  const row = (body["items"] as ListedTicket[]).find((one) => one.id === id)!
  if (row.mergedInto === null) {
    assert.equal(row.messageCount, expected.length)
    assert.equal(row.preview?.text, expected.at(-1))
    assert.ok(row.unreadMessages <= expected.filter((content) => content.includes(`de${name}`)).length)
  }
  for (const other of names.filter((one) => one !== name)) {
    const found = await call(who, "GET", `/tickets?q=${mark}de${other}`)
    assert.deepEqual(found.body["items"], [], `${name} finds the words of ${other}`)
  }
}
