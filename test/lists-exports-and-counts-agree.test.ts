// P9: in any world a list, its export and a saved view's count hold what was asked for of what one may see, and nothing
// else – with every filter, and with several at once.
import assert from "node:assert/strict"
import { test } from "node:test"
import { can, createTeam, type Principal } from "#people/index.ts"
import { createConnection } from "#connections/index.ts"
import { countsAndExportRoutes } from "#views/index.ts"
import { kinds, phaseOf, priorities, type Status, ticketRoutes } from "#tickets/index.ts"
import type { Counts } from "#views/api-contract.ts"
import { acting, type Client, member, openDesk } from "./desks/test-desk.ts"
import { fc } from "./fast-check-seed.ts"

const desk = await openDesk((app, kit) => {
  countsAndExportRoutes(app, kit)
  ticketRoutes(app, kit)
})
const hour = 3_600_000
const now = desk.now().getTime()
const query = (text: string, values: unknown[] = []) => desk.db.pool.query(text, values)
const someone = (name: string, role: Principal["role"]) =>
  member(desk, { email: `${name}@example.com`, name, role, timezone: "UTC" })
const [root, ana, sol, carla] = [
  await someone("root", "admin"),
  await someone("ana", "agent"),
  await someone("sol", "lead"),
  await someone("carla", "user"),
]
const team = async (name: string, memberIds: string[]) =>
  (await acting(desk, (act) => createTeam(act, { name, memberIds }))).id
const teams = [await team("A", [ana.userId]), await team("B", [sol.userId])]
const connectionIds = await Promise.all(
  ["uno", "dos"].map((name) => acting(desk, (act) => createConnection(act, desk.secrets, { kind: "api", name }))),
)
const contacts = ["ctc_a", "ctc_b"]
const categories = ["cat_a", "cat_b"]
await query("insert into contacts (id, created_at, updated_at) select id, now(), now() from unnest($1::text[]) id", [
  contacts,
])
await query("insert into categories (id, name, created_at) select id, id, now() from unnest($1::text[]) id", [
  categories,
])
// A customer is whose address theirs is known to be.
await query(
  `insert into contact_identities (id, contact_id, kind, value, proof, confirmed_for, created_at)
    values ('idn_a', 'ctc_a', 'email', 'carla@example.com', 'link', 'ctc_a', now())`,
)
await query(`insert into sla_policies (id, name, priority, is_default, targets, created_at, updated_at)
  values ('sla_a', 'A', 1, true, '{"resolution":{"medium":60}}', now(), now())`)

const principal = (client: Client, role: Principal["role"], teamIds: string[]): Principal => {
  const contactId = role === "user" ? "ctc_a" : null
  return { kind: "user", language: "es", timezone: "UTC", id: client.userId, role, teamIds, contactId }
}
const people = [
  { client: root, who: principal(root, "admin", []) },
  { client: ana, who: principal(ana, "agent", [teams[0]!]) },
  { client: sol, who: principal(sol, "lead", [teams[1]!]) },
  { client: carla, who: principal(carla, "user", []) },
]

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null })
const statusOf: Record<string, Status[]> = {
  support: ["open", "pending", "resolved", "closed"],
  conversation: ["open", "pending", "closed"],
  mirrored: ["open", "closing", "closed"],
}
const runningStates = ["on_track", "warning", "breached", "paused", "met"] as const
const made = fc.constantFrom("support", "conversation", "mirrored").chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    status: fc.constantFrom(...statusOf[kind]!),
    priority: fc.constantFrom(...priorities),
    assigneeId: maybe([ana.userId, sol.userId]),
    teamId: maybe(teams),
    contactId: maybe(contacts),
    connectionId: maybe(connectionIds),
    createdById: maybe([ana.userId, carla.userId]),
    tags: fc.subarray(["vip", "queja"]),
    categoryIds: fc.subarray(categories),
    created: fc.integer({ min: -60, max: -30 }),
    updated: fc.integer({ min: -30, max: 0 }),
    isSnoozed: fc.boolean(),
    slaState: kind === "mirrored" ? fc.constant(null) : maybe(runningStates),
    due: fc.option(fc.integer({ min: -60, max: 30 }), { nil: null }),
    word: fc.constantFrom("paquete", "factura"),
  }),
)
type TicketCase = typeof made extends fc.Arbitrary<infer M> ? M : never
type World = (TicketCase & { number: string })[]

const several = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })
const instant = fc.integer({ min: -60, max: 0 }).map((hours) => new Date(now + hours * hour).toISOString())
const dateIn = (days: number) => new Date(now + days * 24 * hour).toISOString().slice(0, 10)
const day = fc.integer({ min: -3, max: 0 }).map((days) => (days === 0 ? "today" : dateIn(days)))
const filters = fc.record(
  {
    kind: several(kinds),
    status: several(["open", "pending", "resolved", "closed", "in_progress"]),
    phase: several(["new", "active", "waiting", "resolved", "closed"]),
    priority: several(priorities),
    assignedTo: several(["me", "unassigned", sol.userId]),
    teamId: several(teams),
    contactId: several(contacts),
    connectionId: several(connectionIds),
    categoryId: several(categories),
    tag: several(["vip", "queja"]),
    createdFrom: fc.oneof(instant, day),
    createdTo: fc.oneof(instant, day),
    updatedFrom: instant,
    updatedTo: day,
    snoozed: fc.constantFrom("true", "false"),
    slaState: several([...runningStates, "none"]),
    slaDueFrom: instant,
    slaDueTo: fc.oneof(instant, day),
    q: fc.constantFrom("paquete", "factura", "PAQUETES"),
  },
  { requiredKeys: [] },
)
type Filters = typeof filters extends fc.Arbitrary<infer F> ? F : never
const asked = fc.tuple(fc.nat({ max: people.length - 1 }), filters)

async function fill(world: TicketCase[]): Promise<World> {
  await query("truncate tickets cascade")
  const rows: World = []
  for (const one of world) {
    const { rows: kept } = await desk.db.pool.query<{ number: string }>(
      `with t as (insert into tickets (id, kind, subject, status, priority, channel, assignee_id, team_id, contact_id,
          connection_id, tags, created_by_kind, created_by_id, snoozed_until, last_message_at, created_at, updated_at)
        values ('tkt_' || gen_random_uuid(), $1, $2, $3, $4, 'web', $5, $6, $7, $8, $9, 'user', $10, $11, $12, $12, $13)
        returning id, number, phase in ('new', 'active', 'waiting') as is_open),
      c as (insert into ticket_categories (ticket_id, category_id) select t.id, c from t, unnest($14::text[]) c),
      s as (insert into ticket_sla (ticket_id, cycle, state, due_at, is_running)
        select t.id, 1, $15::text, case when is_open then $16::timestamptz end, is_open from t where $15::text is not null)
      select number from t`,
      [
        one.kind,
        one.word,
        one.status,
        one.priority,
        one.assigneeId,
        one.teamId,
        one.contactId,
        one.connectionId,
        one.tags,
        one.createdById,
        one.isSnoozed ? new Date(now + hour) : null,
        new Date(now + one.created * hour),
        new Date(now + one.updated * hour),
        one.categoryIds,
        one.slaState,
        one.due === null ? null : new Date(now + one.due * hour),
      ],
    )
    rows.push({ ...one, number: kept[0]!.number })
  }
  return rows
}

/** Read from the domain, not from the code. */
function isAsked(who: Principal, f: Filters, ticket: TicketCase): boolean {
  const phase = phaseOf(ticket.kind, ticket.status, ticket.assigneeId !== null)
  const within = (values: readonly (string | null)[] | undefined, ...has: (string | null)[]) =>
    values === undefined || has.some((one) => values.includes(one))
  const assignees = f.assignedTo?.map((one): string | null =>
    one === "me" ? who.id : one === "unassigned" ? null : one,
  )
  const isOpenView = f.phase !== undefined && f.phase.every((one) => one !== "resolved" && one !== "closed")
  const snoozed = f.snoozed === undefined ? (isOpenView ? false : null) : f.snoozed === "true"
  const isOpen = phase !== "resolved" && phase !== "closed"
  const due = isOpen && ticket.slaState !== null ? ticket.due : null
  const instantOf = (text: string) => Date.parse(text === "today" ? dateIn(0) : text)
  const from = (text: string | undefined, hours: number | null) =>
    text === undefined || (hours !== null && now + hours * hour >= instantOf(text))
  const to = (text: string | undefined, hours: number | null) =>
    text === undefined ||
    (hours !== null &&
      (text.length <= 10 ? now + hours * hour < instantOf(text) + 24 * hour : now + hours * hour <= instantOf(text)))
  return (
    within(f.kind, ticket.kind) &&
    within(f.status, ticket.status) &&
    within(f.phase, phase) &&
    within(f.priority, ticket.priority) &&
    within(assignees, ticket.assigneeId) &&
    within(f.teamId, ticket.teamId) &&
    within(f.contactId, ticket.contactId) &&
    within(f.connectionId, ticket.connectionId) &&
    within(f.categoryId, ...ticket.categoryIds) &&
    within(f.tag, ...ticket.tags) &&
    from(f.createdFrom, ticket.created) &&
    to(f.createdTo, ticket.created) &&
    from(f.updatedFrom, ticket.updated) &&
    to(f.updatedTo, ticket.updated) &&
    within(f.slaState, ticket.slaState ?? "none") &&
    from(f.slaDueFrom, due) &&
    to(f.slaDueTo, due) &&
    (snoozed === null || !can.beStaff(who) || ticket.isSnoozed === snoozed) &&
    (f.q === undefined || ticket.word.startsWith(f.q.toLowerCase().slice(0, 7)))
  )
}

async function listed({ client }: (typeof people)[number], written: string): Promise<string[]> {
  const numbers: string[] = []
  let cursor: string | null = null
  do {
    const next = cursor === null ? "" : `&cursor=${cursor}`
    const { status, body } = await client.call("GET", `/tickets?limit=4${written}${next}`)
    assert.equal(status, 200, JSON.stringify(body))
    numbers.push(...(body["items"] as { number: string }[]).map(({ number }) => number))
    cursor = body["nextCursor"] as string | null
  } while (cursor !== null)
  return numbers
}

async function exported({ client }: (typeof people)[number], written: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${client.key}` }
  const { statusCode, body } = await desk.app.inject({ url: `/api/v1/tickets/export?${written.slice(1)}`, headers })
  assert.equal(statusCode, 200, body)
  return [...body.matchAll(/^"?(TKT-\d+)/gm)].map(([, number]) => number!)
}

async function counted({ client }: (typeof people)[number], f: Filters) {
  const made = await client.call("POST", "/views", { name: "Una", visibility: "me", filters: f })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { views, ...fixed } = (await client.call("GET", "/tickets/counts")).body as unknown as Counts
  await client.call("DELETE", `/views/${String(made.body["id"])}`)
  return { ...fixed, count: views[String(made.body["id"])]!.count }
}

test("a list, its export and a view's count are everything, filtered by what was asked and what one may see", async () => {
  const property = fc.asyncProperty(
    fc.array(made, { minLength: 1, maxLength: 14 }),
    fc.array(asked, { minLength: 6, maxLength: 10 }),
    async (world, all) => {
      const tickets = await fill(world)
      for (const [nth, drawn] of all) {
        const person = people[nth]!
        const { who } = person
        const f = who.role === "user" ? withoutHidden(drawn) : drawn
        const found = tickets.filter(
          (ticket) => can.seeTicket(who, { ...ticket, createdByKind: "user" }) && isAsked(who, f, ticket),
        )
        const expected = found.map(({ number }) => number).toSorted()
        // Views hold what has no board of its own, unless they ask for a kind.
        const viewed = found.filter(({ kind }) => f.kind !== undefined || ["conversation", "support"].includes(kind))
        const written = Object.entries(f)
          .flatMap(([name, value]) => [value].flat().map((one) => `&${name}=${encodeURIComponent(one)}`))
          .join("")
        assert.deepEqual((await listed(person, written)).toSorted(), expected, `${who.role}${written}`)
        if (!can.beStaff(who)) continue
        const byDeadline = `${written}&sort=slaDueAt`
        assert.deepEqual((await listed(person, byDeadline)).toSorted(), expected, `${who.role}${byDeadline}`)
        assert.deepEqual((await exported(person, written)).toSorted(), expected, `export: ${who.role}${written}`)
        const counts = await counted(person, f)
        assert.equal(counts.count, viewed.length, `view: ${who.role}${written}`)
        for (const [view, of] of Object.entries(ofDeadlines)) {
          const held = tickets.filter(
            (ticket) => can.seeTicket(who, { ...ticket, createdByKind: "user" }) && isAsked(who, of, ticket),
          )
          assert.equal(counts[view as keyof typeof ofDeadlines].count, held.length, `${view}: ${who.role}`)
        }
      }
    },
  )
  await fc.assert(property, { numRuns: 12 })
})

const ofOpen: Filters = { kind: ["conversation", "support"], phase: ["new", "active", "waiting"] }
const ofDeadlines = {
  breached: { ...ofOpen, slaState: ["breached"] },
  atRisk: { ...ofOpen, slaState: ["warning"] },
  dueToday: { ...ofOpen, slaState: ["on_track", "warning"], slaDueTo: "today" },
} satisfies Record<string, Filters>

/** What customers are not shown they cannot ask for. */
function withoutHidden(f: Filters): Filters {
  const hidden = ["assignedTo", "mentioned", "teamId", "tag", "snoozed", "slaState", "slaDueFrom", "slaDueTo"]
  return Object.fromEntries(Object.entries(f).filter(([field]) => !hidden.includes(field))) as Filters
}
