import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { newId } from "#kernel/ids.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { member, openDesk } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { fc } from "../fast-check-seed.ts"
import { checkTheLaw } from "../stories/customer-crowd-and-journal.ts"
import { commands, type Real } from "./commands.ts"
import { modelConnections, emptyModel, isActive, type Model } from "./tickets-model.ts"

const desk = await openDesk((app, kit) => {
  contactRoutes(app, kit)
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
})
const agents = [
  await member(desk, { email: "ana@example.com", name: "Ana", role: "admin", capacity: 10_000 }),
  await member(desk, { email: "bruno@example.com", name: "Bruno", role: "admin", capacity: 10_000 }),
]

let lives = 0

async function start(): Promise<{ model: Model; real: Real }> {
  const opened = modelConnections.map(({ windowMinutes: reopenWindowMinutes, reopenFrom }) =>
    openMessageSource(desk, { reopenWindowMinutes, reopenFrom, farewellText: "¡Hasta luego!" }),
  )
  const phones = `+5730${String((lives += 1)).padStart(7, "0")}`
  const named = { run: newId("run"), phones, ids: [], contactIds: new Map() }
  const real = { desk, agents, sources: await Promise.all(opened), ...named }
  return { model: emptyModel(), real }
}

/** The tickets of this run as the database has them, in the order in which they were made. */
async function stored({ sources: opened }: Real) {
  const { rows } = await desk.db.pool.query(
    `select t.number, t.connection_id as connection, t.status, t.assignee_id as agent, t.campaign_shipment_id as shipment,
      t.unread_messages as unread, t.message_count as count, t.reopen_count as reopened, t.version,
      t.first_message_at as first, t.last_message_at as last, t.updated_at as "updatedAt", t.closed_at as "closedAt",
      t.snoozed_until as "snoozedUntil",
      t.merged_into is not null as "isMerged",
      (select count(*) from messages m where m.ticket_id = t.id and m.is_internal) as notes,
      (select count(*) from messages m where m.ticket_id = t.id and not m.is_internal) as "reallyCount"
     from tickets t where t.connection_id = any($1) order by t.created_at, t.id`,
    [opened.map((source) => source.id)],
  )
  return rows as Record<string, unknown>[]
}

function asStored({ sources: opened }: Real, model: Model) {
  const time = (ms: number) => new Date(ms)
  return model.tickets.map(({ who: _who, createdAt: _at, ...t }) => ({
    ...t,
    connection: opened[t.connection]!.id,
    agent: t.agent === null ? null : agents[t.agent]!.userId,
    first: t.count === 0 ? null : time(t.first),
    last: time(t.last),
    updatedAt: time(t.updatedAt),
    closedAt: t.closedAt === null ? null : time(t.closedAt),
    snoozedUntil: t.snoozedUntil === null ? null : time(t.snoozedUntil),
    reallyCount: t.count,
  }))
}

/** Reads each ticket's story from its events alone: where it stands, who has it, how often it was changed. */
async function folded({ sources: opened }: Real) {
  const { rows } = await desk.db.pool.query(
    `select t.number, t.status, t.assignee_id as agent, t.version, e.kind, e.data
     from tickets t join events e on e.ticket_id = t.id where t.connection_id = any($1) order by e.id`,
    [opened.map((source) => source.id)],
  )
  type Row = {
    number: string
    status: string
    agent: string | null
    version: number
    kind: string
    data: Record<string, string | null>
  }
  const raises = new Set([
    "ticket.status_changed",
    "ticket.reopened",
    "ticket.assigned",
    "ticket.updated",
    "ticket.merged",
    "ticket.merge_undone",
    "ticket.snoozed",
    "ticket.woken",
  ])
  // What was closed already ends and begins as it was: no step says it.
  const isQuiet = ({ kind, data }: Row) =>
    (kind === "ticket.merged_away" || kind === "ticket.unmerged") && data["from"] === (data["to"] ?? "closed")
  for (const story of Map.groupBy(rows as Row[], (row) => row.number).values()) {
    const row = story[0]!
    assert.equal(story.filter(({ kind }) => kind === "ticket.created").length, 1)
    const steps = story.filter(({ kind }) => kind === "ticket.status_changed" || kind === "ticket.reopened")
    steps.forEach(({ data }, i) => assert.equal(data["from"], i === 0 ? data["from"] : steps[i - 1]!.data["to"]))
    assert.equal(steps.at(-1)?.data["to"] ?? row.status, row.status)
    const given = story.filter(({ kind }) => kind === "ticket.assigned")
    given.forEach(({ data }, i) =>
      assert.equal(data["previousAgentId"], i === 0 ? data["previousAgentId"] : given[i - 1]!.data["agentId"]),
    )
    assert.equal(given.length > 0 ? given.at(-1)!.data["agentId"] : row.agent, row.agent)
    assert.equal(story.filter((one) => raises.has(one.kind) || isQuiet(one)).length + 1, row.version)
  }
}

const runs = Number(process.env["HILO_MODEL_RUNS"] ?? 100)

test(
  `whatever people and channels do, Hilo does what was promised (${runs} lives)`,
  { timeout: 60_000 + runs * 5_000 },
  async () => {
    let newest = 0
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { size: "+1", maxCommands: 60 }), async (lived) => {
        const { model, real } = await start()
        await fc.asyncModelRun(() => ({ model, real }), lived)
        const rows = await stored(real)
        assert.deepEqual(
          rows,
          asStored(real, model).map((ticket, i) => inOrderOf(rows[i]!, ticket)),
        )
        await folded(real)
        const numbers = rows.map((row) => Number(String(row["number"]).slice(4)))
        assert.ok(
          numbers.every((n, i) => n > (numbers[i - 1] ?? newest)),
          "numbers rise",
        )
        newest = Math.max(newest, ...numbers)
        const said = await desk.db.pool.query("select count(*) as n from messages where external_id like $1", [
          `${real.run}-%`,
        ])
        assert.equal(said.rows[0].n, real.ids.length)
        const threads = model.tickets.filter((t) => isActive(t)).map((t) => `${t.connection} ${t.who}`)
        assert.equal(new Set(threads).size, threads.length)
      }),
      { numRuns: runs },
    )
    await checkTheLaw(desk.db.kysely)
  },
)

const inOrderOf = (row: Record<string, unknown>, ticket: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(row).map((key) => [key, ticket[key]]))
