// Whatever happens to tickets, an open inbox shows what a fresh request would answer, and is sent nothing else.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { isDeepStrictEqual } from "node:util"
import { createTeam } from "#people/index.ts"
import { assign, lockTicket } from "#tickets/index.ts"
import { openInboxScreen, type InboxScreen } from "../../bench/simulated-inbox-screen.ts"
import { maySee, type TicketNotice } from "../../web/live-updates/ticket-notice-and-row.ts"
import type { TicketFilter } from "../../web/tickets/ticket-queries.ts"
import { filterOf, sorts } from "../../web/inbox/views/views-and-sorts.ts"
import type { ListedTicket } from "../../web/tickets/ticket.ts"
import { acting, type Client, member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { fc } from "../fast-check-seed.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const app = await startApp()
const someone = (name: string, role: "agent" | "admin" | "lead") =>
  member(app, { email: `${name}@example.com`, name, role })
const [root, ana, bruno, sol] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Bruno", "agent"),
  await someone("Sol", "lead"),
]
const team = async (name: string, memberIds: string[]) =>
  (await acting(app, (act) => createTeam(act, { name, memberIds }))).id
const teams = [await team("Ventas", [ana.userId, sol.userId]), await team("Soporte", [bruno.userId])]
const source = await openMessageSource(app, { teamIds: [teams[0]!] })
const minutes = (low: number, medium: number, urgent: number) => ({ low, medium, high: medium, urgent })
const targets = {
  firstResponse: minutes(900, 600, 300),
  nextResponse: minutes(90, 60, 30),
  resolution: { medium: 6_000 },
}
await root.call("POST", "/sla-policies", { name: "Plazos", isDefault: true, targets })
const category = String((await root.call("POST", "/categories", { name: "Cobros" })).body["id"])

const filters: TicketFilter[] = [
  ...(["mine", "unassigned", "open", "undelivered", "snoozed", "closed", "all"] as const).map((view) => {
    return { ...filterOf(view), sort: sorts.newest }
  }),
  { ...filterOf("open"), sort: sorts.oldest },
  { ...filterOf("open"), sort: sorts.urgent },
  { ...filterOf("all"), sort: sorts.created },
  { ...filterOf(`team:${teams[0]!}`), sort: sorts.newest },
  { sort: "-updatedAt", priority: ["high", "urgent"], tag: "vip" },
  { sort: "status,-number", categoryId: category },
  { sort: "slaDueAt", phase: ["new", "active", "waiting"] },
  { ...filterOf("dueToday"), sort: sorts.deadline },
]

type Watched = { who: Client; screen: InboxScreen; notices: TicketNotice[]; countedAt: number }
const watch = async (who: Client): Promise<Watched> => {
  const screen = await openInboxScreen({ base: app.url, token: who.key, filters })
  const notices: TicketNotice[] = []
  screen.socket.on("ticket", (notice: TicketNotice) => notices.push(notice))
  after(screen.close)
  return { who, screen, notices, countedAt: screen.countedAt() }
}
const watchers = [await watch(root), await watch(ana), await watch(bruno), await watch(sol)]

const move = (id: string, teamId: string) =>
  acting(app, async (act) => assign(act, await lockTicket(act, id), { teamId, agentId: null }))
let markers = 0
/** Each socket receives in the order of the log: one that has received the last event has received all before. */
async function caughtUp() {
  const { ticket } = await source.says(`+57300900${String(++markers).padStart(4, "0")}`)
  await waitUntil("all deadlines are counted", async () => {
    const { rows } = await app.db.pool.query(`select from event_readers r, event_readers s where r.name = 'sla'
      and s.name = 'sequencer' and r.position = s.position and not exists (select from sla_recomputations)
      and not exists (select from events where position is null)`)
    return rows.length > 0
  })
  for (const [nth, teamId] of [teams[1]!, teams[0]!].entries()) {
    await move(ticket!.id, teamId)
    const receives = watchers.filter(
      ({ screen: { viewer } }) => viewer.role === "admin" || viewer.teams.some((it) => it.id === teamId),
    )
    await waitUntil("all have received it", async () =>
      receives.every(({ notices }) => notices.some(({ row }) => row?.id === ticket!.id && row.version === nth + 2)),
    )
  }
}

const nth = fc.nat({ max: 7 })
const acts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("says" as const), nth }) },
  fc.record({ kind: fc.constant("assign" as const), nth, to: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constant("status" as const), nth, to: fc.constantFrom("open", "pending", "closed") }),
  fc.record({ kind: fc.constant("fields" as const), nth, to: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constantFrom("reply" as const, "note" as const, "read" as const), nth }),
  fc.record({ kind: fc.constant("snooze" as const), nth, on: fc.boolean() }),
)
type Step = typeof acts extends fc.Arbitrary<infer T> ? T : never

async function run(step: Step, run: number): Promise<void> {
  const { ticket } = await source.says(
    `+5730010${String(run % 100).padStart(2, "0")}${String(step.nth).padStart(3, "0")}`,
    {
      text: `hola ${step.nth}`,
      name: `Cliente ${step.nth}`,
    },
  )
  const at = `/tickets/${ticket!.id}`
  if (step.kind === "assign") {
    const body = [
      { agentId: ana.userId },
      { agentId: null },
      { teamId: teams[0] },
      { teamId: teams[1], agentId: null },
      { agentId: bruno.userId, override: "ayuda" },
      { agentId: root.userId, override: "ayuda" },
    ][step.to]
    await root.call("PUT", `${at}/assignment`, body)
  }
  if (step.kind === "status") await root.call("PUT", `${at}/status`, { status: step.to })
  if (step.kind === "fields") {
    const bodies = [
      { priority: "urgent" },
      { priority: "low" },
      { tags: ["vip"] },
      { tags: [] },
      { categoryIds: [category] },
      { categoryIds: [] },
    ]
    await root.call("PATCH", at, bodies[step.to])
  }
  if (step.kind === "reply") await root.call("POST", `${at}/messages`, { content: "Ya vamos" })
  if (step.kind === "note") await root.call("POST", `${at}/messages`, { content: "nota", isInternal: true })
  if (step.kind === "read") await root.call("POST", `${at}/read`)
  if (step.kind === "snooze" && step.on)
    await root.call("PUT", `${at}/snooze`, { until: new Date(Date.now() + 3_600_000) })
  if (step.kind === "snooze" && !step.on) await root.call("DELETE", `${at}/snooze`)
}

/** What a row shows: not what only its reader has, nor what no row shows. */
const shown = (items: object[]) =>
  items.map((item) => {
    const {
      can: _can,
      customFields: _fields,
      links: _links,
      createdById: _by,
      sla,
      ...rest
    } = item as Record<string, unknown>
    return { ...rest, sla: withoutMinutes(sla as ListedTicket["sla"]) }
  })

/** What was sent goes on: the screen counts the minutes that are left by its own clock. */
const withoutMinutes = (sla: ListedTicket["sla"]) =>
  sla && { ...sla, targets: sla.targets.map(({ minutesRemaining: _m, percentRemaining: _p, ...target }) => target) }

async function compare(watched: Watched): Promise<void> {
  const { who, screen } = watched
  for (const filter of filters) {
    const search = new URLSearchParams(
      Object.entries({ ...filter, limit: "50" }).flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      ),
    )
    const { body } = await who.call("GET", `/tickets?${search}`)
    const { pages } = screen.list(filter)
    const loaded = pages.flatMap(({ items }) => items)
    const fresh = body["items"] as object[]
    const why = `${screen.viewer.role} ${JSON.stringify(filter)}`
    assert.deepEqual(shown(loaded.slice(0, fresh.length)), shown(fresh), why)
    if (body["nextCursor"] === null) assert.equal(loaded.length, fresh.length, why)
    assert.equal(pages[0]!.total, body["total"], why)
  }
  const [shownCounts, freshCounts] = [
    () => withoutSnoozed(screen.counts()),
    async () => withoutSnoozed((await who.call("GET", "/tickets/counts")).body),
  ]
  // What was answered while something changed may hold the change already, and is asked for again.
  if (screen.countedAt() !== watched.countedAt)
    await waitUntil("the counts are right again", async () => isDeepStrictEqual(shownCounts(), await freshCounts()))
  assert.deepEqual(shownCounts(), await freshCounts(), screen.viewer.role)
  watched.countedAt = screen.countedAt()
}

const withoutSnoozed = ({ snoozed: _snoozed, ...counts }: object & { snoozed?: unknown }): object => counts

test("after any history every open inbox shows what a fresh request answers, and was sent only what it may show, once", async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 5, maxLength: 25 }), async (steps) => {
      runs++
      for (const { notices } of watchers) notices.length = 0
      for (const step of steps) await run(step, runs)
      await caughtUp()
      for (const watched of watchers) {
        const { notices, screen } = watched
        const rows = notices.filter(({ row }) => row !== undefined)
        assert.deepEqual(
          rows.filter(({ row }) => !maySee(row!, screen.viewer)),
          [],
        )
        assert.equal(new Set(rows.map(({ ticketId, eventId }) => `${ticketId} ${eventId}`)).size, rows.length)
        await compare(watched)
      }
    }),
    { numRuns: 6 },
  )
})
