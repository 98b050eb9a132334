// Whatever happens to tickets, calendars and policies, each deadline stands where a walk by minutes says.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openSlaDesk } from "../desks/sla-desk.ts"
import { seed } from "../fast-check-seed.ts"
import { chanceOf } from "../seeded-random.ts"
import * as model from "./deadlines-model.ts"

const it = await openSlaDesk()
const { desk, root, ours, done, opened, setStatus } = it
const { next, pick } = chanceOf(seed)
const upTo = (most: number) => Math.floor(next() * (most + 1))
const priorities = ["low", "medium", "high", "urgent"]

const firstDay = Date.parse("2026-11-22")
const someWeek = () =>
  Array.from({ length: 3 + upTo(5) }, () => {
    const hour = upTo(20)
    const clock = (n: number) => `${String(n).padStart(2, "0")}:00`
    return { day: upTo(6), from: clock(hour), to: clock(hour + 1 + upTo(23 - hour)) }
  })
const someHolidays = () =>
  Array.from({ length: upTo(2) }, () => new Date(firstDay + upTo(6) * 86_400_000).toISOString().slice(0, 10))
const someTargets = () => {
  const byPriority = () => Object.fromEntries(priorities.map((priority) => [priority, 5 * (1 + upTo(120))]))
  return { first_response: byPriority(), next_response: byPriority(), resolution: byPriority() }
}
type Targets = ReturnType<typeof someTargets>
const asPolicy = ({ first_response: firstResponse, next_response: nextResponse, resolution }: Targets) => {
  return { firstResponse, nextResponse, resolution }
}

async function begin() {
  const [intervals, holidays, targets] = [someWeek(), someHolidays(), someTargets()]
  const timezone = pick(["America/Bogota", "Europe/Madrid", "Asia/Kathmandu"])
  const named = holidays.map((date) => ({ date, name: "Festivo" }))
  const rules = { name: "Oficina", timezone, intervals, holidays: named }
  const calendarId = String((await done(root.call("POST", "/calendars", rules)))["id"])
  const policyId = await it.policy({ calendarId, targets: asPolicy(targets) })
  const world: model.ModelDesk = {
    calendar: { timezone, intervals, holidays: new Set(holidays) },
    targets,
    tickets: [],
  }
  return { world, calendarId, policyId }
}
type Life = Awaited<ReturnType<typeof begin>>

const now = () => desk.clock.now.getTime()
const writes = (id: string) => it.fromEva(id)

/** Each does something to the desk and the same to the model. */
const steps: Record<string, (life: Life, ticket: model.ModelTicket) => Promise<unknown>> = {
  "the customer writes": async (_life, ticket) => {
    await writes(ticket.id)
    model.customerWrites(ticket, now())
  },
  "an agent answers": async ({ world }, ticket) => {
    await it.answer(ticket.id)
    model.answer(world, ticket, now())
  },
  "it waits for the customer": async (_life, ticket) => {
    if (ticket.status !== "open") return
    await setStatus(ticket.id, "pending")
    model.wait(ticket, true, now())
  },
  "it goes on": async (_life, ticket) => {
    if (ticket.status !== "pending") return
    await setStatus(ticket.id, "open")
    model.wait(ticket, false, now())
  },
  "it is resolved": async ({ world }, ticket) => {
    if (ticket.status === "resolved") return
    await setStatus(ticket.id, "resolved")
    model.resolve(world, ticket, now())
  },
  "its priority changes": async (_life, ticket) => {
    ticket.priority = pick(priorities)
    await done(root.call("PATCH", `/tickets/${ticket.id}`, { priority: ticket.priority }))
  },
  "it is merged into another": async ({ world }, ticket) => {
    const targets = world.tickets.filter((one) => one !== ticket && !one.mergedInto && one.status !== "resolved")
    if (ticket.status === "resolved" || ticket.brought.length > 0 || targets.length === 0) return
    const target = pick(targets)
    await done(root.call("POST", `/tickets/${ticket.id}/merge`, { into: target.id }))
    model.merge(ticket, target, now())
  },
  "a merge is undone": async (_life, ticket) => {
    const source = ticket.brought.at(-1)
    if (!source || ticket.status === "resolved") return
    await done(root.call("DELETE", `/tickets/${source.id}/merge`))
    model.undo(source, now())
  },
  "the calendar changes": async ({ world, calendarId }) => {
    const [intervals, holidays] = [someWeek(), someHolidays()]
    const named = holidays.map((date) => ({ date, name: "Festivo" }))
    await done(root.call("PATCH", `/calendars/${calendarId}`, { intervals, holidays: named }))
    world.calendar = { ...world.calendar, intervals, holidays: new Set(holidays) }
  },
  "the policy changes": async ({ world, policyId }) => {
    world.targets = someTargets()
    await done(root.call("PATCH", `/sla-policies/${policyId}`, { targets: asPolicy(world.targets) }))
  },
  "another ticket is opened": async ({ world }) => {
    const { id } = await opened({ teamId: ours })
    model.open(world, id, now())
  },
}
const often = ["the customer writes", "an agent answers", "it waits for the customer", "it goes on"]

async function compare({ world }: Life, story: string[]) {
  await it.followed()
  for (const ticket of world.tickets.filter(({ mergedInto }) => !mergedInto)) {
    const expected = model.shown(world, ticket, now())
    const sla = await it.sla(ticket.id)
    const found = sla && {
      state: sla.state,
      targets: sla.targets.map(({ metric, state, minutesRemaining }) => ({ metric, state, minutesRemaining })),
    }
    assert.deepEqual(
      found,
      expected,
      `${ticket.id} at ${desk.clock.now.toISOString()}, seed ${seed}: ${story.join(" · ")}`,
    )
  }
}

const lives = Number(process.env["HILO_MODEL_RUNS"] ?? 8)

test(`deadlines agree with a walk by minutes (${lives} lives)`, { timeout: 60_000 + lives * 10_000 }, async () => {
  for (let n = 0; n < lives; n++) {
    desk.clock.now = new Date(firstDay + upTo(2_880) * model.minute)
    const life = await begin()
    const story: string[] = []
    await steps["another ticket is opened"]!(life, life.world.tickets[0]!)
    for (let step = 0; step < 30; step++) {
      const ticket = pick(life.world.tickets.filter(({ mergedInto }) => !mergedInto))
      const what = pick([...Object.keys(steps), ...often, ...often])
      story.push(`${what} (${ticket.id.slice(-4)})`)
      await steps[what]!(life, ticket)
      await compare(life, story)
      const minutes = pick([0, 1, 5, 30, 120, 480])
      story.push(`${minutes} min`)
      desk.clock.pass(minutes * model.minute)
      await compare(life, story)
    }
    await everyAlarmOnce(life)
    await done(root.call("DELETE", `/sla-policies/${life.policyId}?heir=none`))
    await it.followed()
  }
})

/** Of each target and due time a warning at most and a breach at most. */
async function everyAlarmOnce({ world }: Life) {
  const twice = await it.rows(
    `select e.data ->> 'targetId' as id, e.kind, e.data ->> 'dueAt' as due from events e
      where e.ticket_id = any($1) and e.kind in ('ticket.sla_warned', 'ticket.sla_breached')
      group by 1, 2, 3 having count(*) > 1`,
    [world.tickets.map(({ id }) => id)],
  )
  assert.deepEqual(twice, [])
}
