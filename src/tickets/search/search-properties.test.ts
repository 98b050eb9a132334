// P9: whatever the world and the user, a list with a search is everything, filtered by what one may see and was asked
// for. And however a search is answered (looked up, walked, its first by days of creation), it finds the same.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Database, openDatabase, statement } from "#kernel/db.ts"
import { can, type Principal } from "#people/index.ts"
import { testDatabase } from "#test/database.ts"
import { fc } from "#test/fast-check-seed.ts"
import { listQuery } from "../api-contract.ts"
import { searchTimeouts, searchStrategies } from "./search-tickets.ts"
import {
  countFirstSql,
  searchSql,
  searchByDaysSql,
  searchFirstSql,
  searchLatestSql,
  searchManySql,
} from "./search-sql.ts"
import { phases } from "../lifecycle/lifecycle-table.ts"
import { listTickets } from "../list/list-tickets.ts"
import { orderOf } from "../list/sort-order.ts"
import { readSearch, searchCondition } from "./search-terms.ts"

// Words of one row have one stem; no word of one row begins another's.
const families = [
  ["pedido", "Pedidos"],
  ["guía", "GUIA", "guias"],
  ["devolución", "devoluciones", "devolucion"],
  ["charge", "charged", "Charging"],
  ["ñandú", "nandu"],
  ["impresora", "impresoras"],
]
const folded = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
const familyOf = (word: string) => families.findIndex((family) => family.some((one) => folded(one) === folded(word)))
const words = families.flat()

const someone = (id: string, role: Principal["role"], teamIds: string[] = []): Principal => ({
  kind: "user",
  language: "es",
  timezone: "UTC",
  contactId: null,
  id,
  role,
  teamIds,
})
const people = [
  someone("usr_root", "admin"),
  someone("usr_ana", "agent", ["tea_a"]),
  someone("usr_sol", "lead", ["tea_a", "tea_b"]),
  someone("usr_bruno", "agent"),
  someone("usr_carla", "user"),
]

type Text = { words: string[]; isNote: boolean }
type TicketCase = {
  id: string
  teamId: string | null
  assigneeId: string | null
  createdById: string
  status: string
  day: number
  subject: string[]
  texts: Text[]
}

const someWords = fc.array(fc.constantFrom(...words), { maxLength: 3 })
const ticketOf = fc.record({
  teamId: fc.constantFrom(null, "tea_a", "tea_b"),
  assigneeId: fc.constantFrom(null, "usr_ana", "usr_sol"),
  createdById: fc.constantFrom("usr_ana", "usr_carla", "usr_nobody"),
  status: fc.constantFrom("open", "pending", "resolved", "closed"),
  day: fc.nat(40),
  subject: someWords,
  texts: fc.array(fc.record({ words: someWords, isNote: fc.boolean() }), { maxLength: 3 }),
})
// Customers know nothing of teams and may not ask by them.
const asked = fc
  .record({
    who: fc.constantFrom(...people),
    terms: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }),
    cut: fc.option(fc.integer({ min: 4, max: 6 })),
    phase: fc.option(fc.uniqueArray(fc.constantFrom(...phases), { minLength: 1 })),
    teamId: fc.option(fc.constantFrom("tea_a", "tea_b")),
    sort: fc.constantFrom("-createdAt", "createdAt", "-lastMessageAt", "number", "status,-createdAt"),
  })
  .map((one) => (one.who.role === "user" ? { ...one, teamId: null } : one))
type SearchCase = typeof asked extends fc.Arbitrary<infer A> ? A : never

let db: Database
before(async () => {
  db = openDatabase((await testDatabase()).url)
  await db.pool.query(`insert into teams (id, name, created_at) values ('tea_a', 'A', now()), ('tea_b', 'B', now());
    insert into users (id, email, name, role, created_at, updated_at)
    select 'usr_' || name, name || '@example.com', name, 'agent', now(), now() from unnest('{root,ana,sol,bruno,carla}'::text[]) name`)
})
after(() => db.close())

const start = Date.UTC(2026, 0, 1)
const at = (day: number) => new Date(start + day * 86_400_000)
const rowOf = ({ texts: _texts, day, subject, ...row }: TicketCase) => ({
  ...row,
  kind: "support",
  channel: "web" as const,
  subject: subject.join(" "),
  createdByKind: "user",
  lastMessageAt: at(Math.max(day, 40 - day)),
  createdAt: at(day),
  updatedAt: at(day),
})

async function fill(tickets: TicketCase[]) {
  await db.pool.query("truncate tickets, messages cascade")
  await db.kysely.insertInto("tickets").values(tickets.map(rowOf)).execute()
  const said = tickets.flatMap(({ id, texts }) => texts.map((text, n) => ({ ticketId: id, n, ...text })))
  if (said.length === 0) return
  const rows = said.map(({ ticketId, n, words: spoken, isNote }) => ({
    id: `msg_${ticketId}_${n}`,
    ticketId,
    direction: "out" as const,
    senderKind: "user" as const,
    content: spoken.join(" … "),
    isInternal: isNote,
    sentAt: at(0),
    createdAt: at(0),
  }))
  await db.kysely.insertInto("messages").values(rows).execute()
}

const queryOf = ({ terms, cut }: SearchCase) => {
  const last = terms.at(-1)!
  return [...terms.slice(0, -1), cut === null ? last : [...last].slice(0, cut).join("")].join(" ")
}

/** By the words of the domain alone. */
function isFound({ who, terms, cut, phase, teamId }: SearchCase, ticket: TicketCase): boolean {
  const { status, assigneeId } = ticket
  if (!can.seeTicket(who, { ...ticket, createdByKind: "user", contactId: null })) return false
  if (teamId !== null && ticket.teamId !== teamId) return false
  const isNew = status === "open" && assigneeId === null
  const now = status === "pending" ? "waiting" : status !== "open" ? status : isNew ? "new" : "active"
  if (phase && !(phase as string[]).includes(now)) return false
  const received = ticket.texts.filter(({ isNote }) => !isNote || who.role !== "user").flatMap((text) => text.words)
  const all = [...ticket.subject, ...received]
  return terms.every((term, i) => {
    const begins = i === terms.length - 1 ? folded([...term].slice(0, cut ?? undefined).join("")) : null
    const isWhole = begins === null || familyOf(begins) === familyOf(term)
    return all.some(
      (word) => (isWhole && familyOf(word) === familyOf(term)) || (begins !== null && folded(word).startsWith(begins)),
    )
  })
}

async function listed({ who, phase, teamId, sort, ...rest }: SearchCase): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const narrowed = { ...(phase && { phase }), ...(teamId && { teamId }) }
    const query = listQuery.parse({
      q: queryOf({ who, phase, teamId, sort, ...rest }),
      sort,
      limit: "3",
      ...narrowed,
      ...(cursor && { cursor }),
    })
    const page = await listTickets({ db, now: () => new Date() }, who, query)
    found.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
    if (!cursor) assert.equal(page.total, found.length)
  } while (cursor)
  return found
}

const world = fc.array(ticketOf, { minLength: 1, maxLength: 25 })
const named = (tickets: Omit<TicketCase, "id">[]): TicketCase[] =>
  tickets.map((ticket, n) => ({ ...ticket, id: `tkt_world${String(n).padStart(8, "0")}` }))

test("a list with a search is everything, filtered", async () => {
  const property = fc.asyncProperty(world, fc.array(asked, { minLength: 4, maxLength: 8 }), async (made, all) => {
    const tickets = named(made)
    await fill(tickets)
    for (const drawn of all) {
      // A customer cannot ask for a team.
      const one = drawn.who.role === "user" ? { ...drawn, teamId: null } : drawn
      const expected = tickets.filter((ticket) => isFound(one, ticket)).map(({ id }) => id)
      assert.deepEqual((await listed(one)).toSorted(), expected.toSorted(), JSON.stringify(one))
    }
  })
  await fc.assert(property, { numRuns: 12 })
})

test("looked up, walked or day by day, a search finds the same in the same order", async () => {
  const property = fc.asyncProperty(world, fc.array(asked, { minLength: 4, maxLength: 8 }), async (made, all) => {
    await fill(named(made))
    for (const { who, terms, sort } of all) {
      const search = readSearch(terms.join(" "), null, true)
      const whole = { ...search, terms: search.terms.map((term) => ({ ...term, isBeginning: false, isOfName: false })) }
      const order = orderOf([sort.startsWith("-") ? "-createdAt" : "createdAt"])
      const weighed = { search: whole, rarest: whole.terms[0]!, messages: 0, isRare: true, isByDay: true }
      const looked = { who, query: listQuery.parse({}), order, after: null, ...weighed }
      const ids = async (write: Parameters<typeof statement>[1]) =>
        (await db.run<{ id: string }>(statement("", write))).map(({ id }) => id)
      const up = await ids((p) => searchSql(p, looked, 100))
      assert.deepEqual(await ids((p) => searchManySql(p, looked, 100)), up)
      assert.deepEqual(await ids((p) => searchFirstSql(p, looked, 100, 1_000)), up)
      assert.deepEqual(await ids((p) => searchByDaysSql(p, looked, 100)), up)
      const latest = { ...looked, order: orderOf(["-lastMessageAt"]) }
      const byActivity = await ids((p) => searchSql(p, latest, 100))
      assert.deepEqual(await ids((p) => searchLatestSql(p, latest, 100, 1_000)), byActivity)
      const reached = await ids((p) => searchLatestSql(p, latest, 100, 5))
      assert.deepEqual(reached, byActivity.slice(0, reached.length))
      const cut = await ids((p) => searchFirstSql(p, looked, 100, 5))
      assert.deepEqual(cut, up.slice(0, cut.length))
      const [counted] = await db.run(statement("", (p) => countFirstSql(p, looked, 1_000)))
      assert.deepEqual(counted, { n: up.length, isCut: false })
      const walked = await ids((p) => `select t.id from tickets t where ${searchCondition(p, who, whole)}`)
      assert.deepEqual(walked.filter((id) => up.includes(id)).toSorted(), up.toSorted())
    }
  })
  await fc.assert(property, { numRuns: 8 })
})

test("a page of a common word is the first of all that say it, in whichever way it is found", async () => {
  const property = fc.asyncProperty(world, fc.array(asked, { minLength: 4, maxLength: 8 }), async (made, all) => {
    await fill(named(made))
    for (const { who, terms, sort } of all) {
      const search = readSearch(terms.join(" "), null, true)
      const whole = { ...search, terms: search.terms.map((term) => ({ ...term, isBeginning: false, isOfName: false })) }
      const wanted = { who, query: listQuery.parse({ sort }), order: orderOf(sort.split(",")), after: null }
      const common = { search: whole, rarest: whole.terms[0]!, isRare: false, isByDay: true, isSmall: false }
      const ids = async (write: Parameters<typeof statement>[1]) =>
        (await db.run<{ id: string }>(statement("", write))).map(({ id }) => id)
      const up = await ids((p) => searchSql(p, { ...wanted, ...common, messages: 0 }, 100))
      for (const messages of [0, 1_000_000]) {
        const little = { ...searchTimeouts, lookedUp: [2, 5] as [number, number], walked: 3, latest: 4 }
        let page: string[] = []
        for await (const way of searchStrategies(db, wanted, { ...common, messages }, 3, little)) {
          page = await ids(way)
          if (page.length === 3) break
        }
        assert.deepEqual(page, up.slice(0, 3), JSON.stringify({ who, terms, sort, messages }))
      }
    }
  })
  await fc.assert(property, { numRuns: 8 })
})
