// Every route × everybody who may come × whose each thing is that the route touches: let in exactly where they may, and
// otherwise answered exactly as for a thing that does not exist. And a list holds exactly what the predicate lets
// somebody see, in any world. Who sees what stands in `access-matrix-users-and-things.ts` and here, not in the code that is tried.
import assert from "node:assert/strict"
import { test } from "node:test"
import { z } from "zod"
import { newId } from "#kernel/ids.ts"
import { can, type Principal } from "#people/index.ts"
import { listQuery, listTickets, visibleAmong } from "#tickets/index.ts"
import type { Answer } from "./desks/test-desk.ts"
import { fc } from "./fast-check-seed.ts"
import { least, roles } from "./route-access.ts"
import { app, samples } from "./bad-input/app-and-valid-bodies-for-all-routes.ts"
import { nobodies, people, type Person, tickets } from "./access-matrix-users-and-things.ts"
import { routes } from "./registered-routes.ts"

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"
const api = routes
  .map((route) => ({ ...route, method: route.method as Method, name: `${route.method} ${route.url}` }))
  .filter(({ url, name }) => url.startsWith("/api/v1") && least[name] !== "public")

/** The whole answer but for what differs with every request, and the ids that were asked about. */
const comparable = ({ status, body }: Answer, ...ids: string[]) => {
  const { requestId: _, ...rest } = body
  return ids.reduce((text, id) => text.replaceAll(id, "ID"), JSON.stringify([status, rest]))
}
const mayCall = ({ role, isKey }: Person, name: string) => {
  const needed = least[name]!
  if (needed.startsWith("signed-in") && isKey) return false
  return roles.indexOf(role) >= roles.indexOf(needed.replace("signed-in ", "") as Person["role"])
}

test("a client without an account is a stranger at every route", async () => {
  for (const [who, call] of Object.entries(nobodies))
    for (const { method, url, name } of api) {
      const { status, body } = await call(
        method,
        url.slice(7).replace(/:\w+/g, "nothing"),
        method === "GET" ? undefined : {},
      )
      assert.deepEqual([status, body["code"]], [401, "unauthenticated"], `${who}: ${name}`)
    }
})

const ofTickets = api.filter(({ url }) => url.startsWith("/api/v1/tickets/:ref"))
const nowhere = "TKT-99999999"
// What also names something else that is not there (another ticket, a message) is refused for that.
const isComplete = (name: string) => !/:id|:other|links$|merge$|split$/.test(name)

for (const [who, person] of Object.entries(people)) {
  test(`${who}: each ticket answers at every route to users who may see it, and is not there for the others`, async () => {
    assert.ok(ofTickets.length >= 15)
    for (const { method, url, name } of ofTickets) {
      const ask = (ref: string) =>
        person.call(
          method,
          url
            .slice("/api/v1".length)
            .replace(":ref", ref)
            .replace(":mode", "note")
            .replace(":other", nowhere)
            .replace(":id", "msg_none"),
          samples[name],
        )
      const nothing = await ask(nowhere)
      for (const [whose, { make, seenBy }] of Object.entries(tickets)) {
        const sees = mayCall(person, name) && seenBy.includes(who)
        const id = sees && method !== "GET" ? await make() : await madeOnce(whose)
        const there = await ask(id)
        const what = `${name}, a ticket ${whose}`
        if (!mayCall(person, name)) assert.deepEqual([there.status, nothing.status], [403, 403], what)
        assert.ok(there.status < 500, `${what}: ${there.status}`)
        if (!sees) assert.equal(comparable(there, id, nowhere), comparable(nothing, id, nowhere), what)
        else if (isComplete(name))
          assert.notEqual(comparable(there, id), comparable(nothing, nowhere), `${what}: ${there.status}`)
      }
    }
  })
}

/** The route that answers each part of a ticket by itself. */
const partRoutes: Record<string, (ref: string, contactId: string) => string> = {
  messages: (ref) => `/tickets/${ref}/messages?includeInternal=true&order=desc&limit=50`,
  timeline: (ref) => `/tickets/${ref}/timeline`,
  replyWindow: (ref) => `/tickets/${ref}/reply-window`,
  followers: (ref) => `/tickets/${ref}/followers`,
  suggestedLinks: (ref) => `/tickets/${ref}/suggested-links`,
  drafts: (ref) => `/tickets/${ref}/drafts`,
  contact: (_ref, contactId) => `/contacts/${contactId}`,
  contactTickets: (_ref, contactId) => `/tickets?contactId=${contactId}&limit=20`,
}

test("every part that a ticket brings along has its own route here", () => {
  const { querystring } = routes.find(({ method, url }) => `${method} ${url}` === "GET /api/v1/tickets/:ref")!
  const { properties } = z.toJSONSchema(querystring!, { io: "output" }) as unknown as {
    properties: { include: Include }
  }
  assert.deepEqual(properties.include.items.enum.toSorted(), Object.keys(partRoutes).toSorted())
})

type Include = { items: { enum: string[] } }

for (const [who, person] of Object.entries(people)) {
  test(`${who}: what a ticket brings along is what its own route answers, and left out where that refuses`, async () => {
    const include = Object.keys(partRoutes)
      .map((name) => `include=${name}`)
      .join("&")
    for (const [whose, { seenBy }] of Object.entries(tickets)) {
      const id = await madeOnce(whose)
      const opened = await person.call("GET", `/tickets/${id}?${include}`)
      const alone = await person.call("GET", `/tickets/${id}`)
      if (!seenBy.includes(who) || !mayCall(person, "GET /api/v1/tickets/:ref")) {
        assert.equal(comparable(opened), comparable(alone), whose)
        continue
      }
      const { included, ...ticket } = opened.body as {
        included: Record<string, unknown>
        contact: { id: string } | null
      }
      assert.deepEqual(ticket, alone.body, whose)
      for (const [name, route] of Object.entries(partRoutes)) {
        const { status, body } = await person.call("GET", route(id, ticket.contact?.id ?? "ctc_none"))
        const isThere = status === 200 && (ticket.contact !== null || !name.startsWith("contact"))
        assert.deepEqual(included[name], isThere ? body : undefined, `${name} of a ticket ${whose}: ${status}`)
      }
    }
  })
}

// What is not changed can stand for all who ask.
const made = new Map<string, Promise<string>>()
function madeOnce(whose: string): Promise<string> {
  const known = made.get(whose) ?? tickets[whose]!.make()
  made.set(whose, known)
  return known
}

const userIds = ["usr_a", "usr_b", "usr_c"]
const teamIds = ["tem_a", "tem_b"]
const contactIds = ["ctc_a", "ctc_b"]
const maybe = <T>(values: T[]) => fc.option(fc.constantFrom(...values), { nil: null })
const world = fc.array(
  fc.record({
    assigneeId: maybe(userIds),
    teamId: maybe(teamIds),
    contactId: maybe(contactIds),
    createdById: maybe(userIds),
    createdByKind: fc.constantFrom("user", "contact", "system"),
    status: fc.constantFrom("open", "pending", "resolved", "closed"),
  }),
  { maxLength: 12 },
)
const person = fc.record({
  role: fc.constantFrom(...roles, "stranger" as (typeof roles)[number]),
  id: fc.constantFrom(...userIds),
  teamIds: fc.subarray(teamIds),
  contactId: maybe(contactIds),
})

test("a list holds exactly the tickets that its reader may see, in any world", async () => {
  await insertPeople()
  await fc.assert(
    fc.asyncProperty(world, person, async (tickets, someone) => {
      const who: Principal = {
        kind: "user",
        language: "es",
        timezone: "UTC",
        ...someone,
        contactId: someone.role === "user" ? someone.contactId : null,
        reads: { contactIds: someone.contactId === null ? [] : [someone.contactId], identityIds: [] },
      }
      await app.db.pool.query("delete from tickets where subject = 'world'")
      const rows = tickets.map((ticket) => ({ id: newId("tkt"), ...ticket }))
      for (const row of rows) await insertTicket(row)
      const expected = rows.filter((row) => can.seeTicket(who, row)).map(({ id }) => id)
      const made = new Set(rows.map(({ id }) => id))
      const page = await listTickets(app, who, listQuery.parse({ limit: "100" }))
      const listed = page.items.map(({ id }) => id).filter((id) => made.has(id))
      assert.deepEqual(listed.toSorted(), expected.toSorted())
      const among = await visibleAmong(app.db, who, [...made])
      assert.deepEqual([...among].toSorted(), expected.toSorted())
    }),
    { numRuns: 60 },
  )
})

async function insertPeople() {
  for (const id of userIds)
    await app.db.pool.query(
      "insert into users (id, email, name, role, created_at, updated_at) values ($1, $1 || '@example.com', $1, 'agent', now(), now())",
      [id],
    )
  for (const id of teamIds)
    await app.db.pool.query("insert into teams (id, name, created_at) values ($1, $1, now())", [id])
  for (const id of contactIds)
    await app.db.pool.query("insert into contacts (id, created_at, updated_at) values ($1, now(), now())", [id])
}

type Row = {
  id: string
  assigneeId: string | null
  teamId: string | null
  contactId: string | null
  createdById: string | null
  createdByKind: string
  status: string
}

async function insertTicket(row: Row) {
  await app.db.pool.query(
    `insert into tickets (id, kind, subject, status, channel, assignee_id, team_id, contact_id, created_by_kind, created_by_id,
       last_message_at, created_at, updated_at)
     values ($1, 'support', 'world', $2, 'web', $3, $4, $5, $6, $7, now(), now(), now())`,
    [row.id, row.status, row.assigneeId, row.teamId, row.contactId, row.createdByKind, row.createdById],
  )
}
