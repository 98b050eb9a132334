// Every ticket route × role × whose ticket it is: let in exactly where it may, and otherwise told exactly what is told
// of a ticket that does not exist. And a list holds exactly what the predicate lets somebody see, in any world.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { newId } from "#kernel/ids.ts"
import { can, createTeam, type Principal } from "#people/index.ts"
import { listQuery, listTickets, visibleAmong } from "#tickets/index.ts"
import { acting, type Client, member } from "#test/desk.ts"
import { least, roles } from "./access.ts"
import { routes } from "./routes.ts"
import { app, samples } from "./bad-input/desk.ts"

type Role = (typeof roles)[number]

const root = await member(app, { email: "root.matrix@example.com", name: "Root", role: "admin" })
const someone = (role: Role, name: string) => member(app, { email: `${name}.${role}@example.com`, name, role })
const mine = Object.fromEntries(
  await Promise.all(roles.map(async (role) => [role, await someone(role, "mine")] as const)),
) as Record<Role, Client>
const [bruno, damian] = [await someone("agent", "bruno"), await someone("user", "damian")]
const staff = roles.filter((role) => role !== "user").map((role) => mine[role].userId)
const team = async (name: string, memberIds: string[], isDefault = false) =>
  (await acting(app, (act) => createTeam(act, { name, memberIds, isDefault }))).id
const ours = await team("Nuestro", staff)
const theirs = await team("Suyo", [bruno.userId], true)

const open = async (who: Client, more: object = {}) => {
  const { status, body } = await who.call("POST", "/tickets", { subject: "Mío", description: "hola", ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}

/** Whose a ticket may be, for somebody of a role: each makes a new one. */
const whose: Record<string, (role: Role) => Promise<string>> = {
  own: (role) => open(mine[role]),
  "of their team": () => open(root, { teamId: ours }),
  "of another team": () => open(root, { teamId: theirs }),
  "of another customer": () => open(damian),
  "merged, their own": async (role) => {
    const [from, into] = [await open(mine[role]), await open(mine[role])]
    const done = await root.call("POST", `/tickets/${from}/merge`, { into, override: "es lo mismo" })
    assert.equal(done.status, 200, JSON.stringify(done.body))
    return from
  },
  "not there": async () => newId("tkt"),
}

const sees = (role: Role, ownership: string) => {
  if (ownership === "not there") return false
  if (role === "admin" || ownership.includes("own")) return true
  return ownership === "of their team" && role !== "user"
}

const calls = routes
  .map(({ method, url }) => ({ method: method as "GET", url, name: `${method} ${url}` }))
  .filter(({ url, name }) => url.startsWith("/api/v1/tickets/:ref") && least[name] !== "public")

for (const role of roles) {
  for (const [ownership, make] of Object.entries(whose)) {
    const may = sees(role, ownership)
    test(`${role}: a ticket ${ownership} ${may ? "answers" : "is not there"} at every route`, async () => {
      assert.ok(calls.length >= 15)
      for (const { method, url, name } of calls) {
        const ask = (ref: string) =>
          mine[role].call(
            method,
            url
              .slice("/api/v1".length)
              .replace(":ref", ref)
              .replace(":mode", "note")
              .replace(":other", "TKT-99999999")
              .replace(":id", "msg_none"),
            samples[name],
          )
        const [there, nowhere] = [await ask(await make(role)), await ask("TKT-99999999")]
        const needed = least[name] as Role
        if (roles.indexOf(role) < roles.indexOf(needed)) {
          assert.deepEqual([there.status, nowhere.status], [403, 403], name)
          continue
        }
        assert.ok(there.status < 500, `${name}: ${there.status}`)
        const { requestId: _1, ...told } = there.body
        const { requestId: _2, ...nothing } = nowhere.body
        if (!may) assert.deepEqual([there.status, told], [nowhere.status, nothing], name)
        else if (isComplete(name)) assert.notDeepEqual(told, nothing, `${name}: ${there.status}`)
      }
    })
  }
}

// What also names something else that is not there (another ticket, a message) is refused for that.
const isComplete = (name: string) => !/:id|:other|links$|merge$|split$/.test(name)

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
  role: fc.constantFrom(...roles, "stranger" as Role),
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
      }
      await app.db.pool.query("delete from tickets where subject = 'world'")
      const rows = tickets.map((ticket) => ({ id: newId("tkt"), ...ticket }))
      for (const row of rows) await insertTicket(row)
      const expected = rows.filter((row) => can.seeTicket(who, row)).map(({ id }) => id)
      const made = new Set(rows.map(({ id }) => id))
      const page = await listTickets(app.db, who, listQuery.parse({ limit: "100" }))
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
