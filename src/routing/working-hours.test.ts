// Who is outside their working hours is given nothing new, and what waits is given out at the instant at which hours begin.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createCalendar } from "#calendars/index.ts"
import { routingTimer } from "#routing/index.ts"
import { openRoutingDesk } from "#test/desks/routing-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { clockChanges, randomCalendars } from "#test/random-calendars.ts"
import { isOpenAt, type SlowCalendar } from "#test/reference-business-clock.ts"
import { chanceOf } from "#test/seeded-random.ts"
import { seed } from "#test/fast-check-seed.ts"

const minute = 60_000
const day = 1_440 * minute
const desk = await openRoutingDesk()
const { admin } = desk
const chance = chanceOf(seed)
const { pick } = chance
const { upTo, someCalendar } = randomCalendars(chance)
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

const week = (from: string, to: string) => [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ day: weekday, from, to }))

/** Rules as they are stored; of a year that has every day, for holidays of every year. */
const stored = ({ timezone, intervals, holidays }: SlowCalendar) => ({
  timezone,
  intervals,
  holidays: [...holidays].map((date) => ({
    name: "Cerrado",
    date: date.length === 5 ? `2028-${date}` : date,
    yearly: date.length === 5,
  })),
})
const open = (calendar: SlowCalendar) =>
  acting(desk, (act) => createCalendar(act, { name: "Turno", ...stored(calendar) }))
const setHours = async (userId: string, calendarId: string | null) =>
  assert.equal((await admin.call("PATCH", `/users/${userId}`, { calendarId })).status, 200)
const bogota = (from: string, to: string) => ({
  timezone: "America/Bogota",
  intervals: week(from, to),
  holidays: new Set<string>(),
})
const owner = async (id: string) => (await desk.ticket(id)).assignee?.id ?? null

/** When routing is to be woken next, by its timer. */
async function nextDue(): Promise<number> {
  const [{ due }] = await rows(`select (${routingTimer.dueSql}) as due`)
  return due === null ? Infinity : (due as Date).getTime()
}

test("new tickets go to those within their hours; what somebody has stays theirs, and why is said", async () => {
  desk.clock.now = new Date("2026-11-23T22:00:00Z")
  const team = await desk.team("Turnos")
  const [ana, bruno] = [await desk.agent("Ana", [team]), await desk.agent("Bruno", [team])]
  await setHours(ana.userId, await open(bogota("09:00", "18:00")))
  const first = await desk.opened({ teamId: team })
  await desk.routed()
  assert.equal(await owner(first.id), ana.userId, "17:00 in Bogotá")
  desk.clock.pass(60 * minute)
  const [second, third] = [await desk.opened({ teamId: team }), await desk.opened({ teamId: team })]
  await desk.routed()
  assert.deepEqual(
    [await owner(second.id), await owner(third.id)],
    [bruno.userId, bruno.userId],
    "at 18:00 Ana goes home",
  )
  assert.equal(await owner(first.id), ana.userId)
  const [why] = await desk.why(second.id)
  assert.equal(why!.rejected.find(({ candidate }) => candidate === ana.userId)?.because, "outside their working hours")
  await bruno.call("PUT", "/me/presence", { status: "away" })
  const fourth = await desk.opened({ teamId: team })
  await desk.routed()
  assert.match((await desk.why(fourth.id)).at(-1)!.because, /nobody of the team is online within their working hours/)
})

test("what was closed and comes back outside its agent's hours goes by the rules", async () => {
  desk.clock.now = new Date("2026-11-24T20:00:00Z")
  const team = await desk.team("Vuelta")
  const [ana, bruno] = [await desk.agent("Ana", [team]), await desk.agent("Bruno", [team], { presence: "busy" })]
  await setHours(ana.userId, await open(bogota("09:00", "18:00")))
  const { id } = await desk.opened({ teamId: team })
  await desk.routed()
  assert.equal(await owner(id), ana.userId)
  await admin.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  desk.clock.now = new Date("2026-11-25T01:00:00Z")
  await admin.call("PUT", `/tickets/${id}/status`, { status: "open" })
  await desk.routed()
  assert.equal(await owner(id), bruno.userId)
})

test("a calendar that is changed, chosen or taken away counts at once", async () => {
  desk.clock.now = new Date("2026-11-26T04:00:00Z")
  const team = await desk.team("Cambio")
  const ana = await desk.agent("Ana", [team])
  const night = await open(bogota("22:00", "06:00"))
  const office = await open(bogota("09:00", "18:00"))
  await setHours(ana.userId, office)
  const { id } = await desk.opened({ teamId: team })
  await desk.routed()
  assert.equal(await owner(id), null, "23:00 in Bogotá")
  await setHours(ana.userId, night)
  await desk.routed()
  assert.equal(await owner(id), ana.userId)
  await setHours(ana.userId, office)
  const next = await desk.opened({ teamId: team })
  await desk.routed()
  assert.equal(await owner(next.id), null)
  await setHours(ana.userId, null)
  await desk.routed()
  assert.equal(await owner(next.id), ana.userId)
})

type Shift = { userId: string; calendar: SlowCalendar | null; isThere: boolean; capacity: number }

for (const [n, [timezone, change]] of clockChanges.entries())
  test(`nobody off duty gets new work and none waits for somebody on duty: ${timezone}, ${change}`, async () => {
    await endEarlierShifts()
    const around = Date.parse(change)
    desk.clock.now = new Date(around - day)
    const teamId = await desk.team(`Equipo ${n}`)
    const shifts: Shift[] = []
    for (let k = 0; k < 3; k++) {
      const capacity = 1 + upTo(1)
      const { userId } = await desk.agent(`Agente ${k}`, [teamId], { capacity, presence: null })
      const calendar = k === 2 && n % 3 === 0 ? null : someCalendar(pick([timezone, pick(clockChanges)[0]]), around)
      if (calendar) await setHours(userId, await open(calendar))
      shifts.push({ userId, calendar, isThere: false, capacity })
    }
    for (const shift of shifts) await appear(shift)
    await desk.routed()
    const check = watch(teamId, shifts, `${timezone} ${change}, seed ${seed}`)
    for (let step = 0; step < 12; step++) {
      const what = pick(["ticket", "ticket", "close", "presence"])
      if (what === "ticket") await desk.opened({ teamId })
      if (what === "close") await closeOne(teamId)
      if (what === "presence") await appear(pick(shifts))
      await desk.routed()
      await check()
      await pass(upTo(480), check)
    }
  })

/** They leave when they were there. */
async function appear(shift: Shift) {
  shift.isThere = !shift.isThere
  await rows("delete from presence where user_id = $1", shift.userId)
  if (shift.isThere)
    await rows("insert into presence (user_id, connected_until) values ($1, '2100-01-01')", shift.userId)
}

async function closeOne(teamId: string) {
  const [ticket] = await rows(
    "select id from tickets where team_id = $1 and active and assignee_id is not null limit 1",
    teamId,
  )
  if (ticket) await admin.call("PUT", `/tickets/${ticket.id}/status`, { status: "closed" })
}

/** Routing runs when its timer says so, and at no other time. */
async function pass(minutes: number, check: () => Promise<void>) {
  const until = Math.floor(desk.now().getTime() / minute) * minute + minutes * minute
  for (;;) {
    const due = await nextDue()
    if (due > until) break
    assert.ok(due > desk.now().getTime(), "what was due has been done")
    desk.clock.now = new Date(due)
    await desk.routed()
    await check()
  }
  desk.clock.now = new Date(Math.max(until, desk.now().getTime()))
  await check()
}

/** Judges, by the slow clock, what routing did since the last look, and what it has left. */
function watch(teamId: string, shifts: Shift[], where: string) {
  const before = new Map<string, string | null>()
  return async () => {
    const at = Math.floor(desk.now().getTime() / minute) * minute
    const isOn = ({ calendar, isThere }: Shift) => isThere && (calendar === null || isOpenAt(calendar, at))
    const tickets = await rows("select id, assignee_id from tickets where team_id = $1 and active", teamId)
    for (const { id, assignee_id: agent } of tickets) {
      if (agent !== null && agent !== before.get(id))
        assert.ok(
          isOn(shifts.find(({ userId }) => userId === agent)!),
          `${where}: ${agent} at ${new Date(at).toISOString()}`,
        )
      before.set(id, agent)
    }
    const waits = tickets.some((ticket) => ticket.assignee_id === null)
    const load = (userId: string) => tickets.filter((ticket) => ticket.assignee_id === userId).length
    const idle = shifts.find((shift) => isOn(shift) && load(shift.userId) < shift.capacity)
    assert.ok(!waits || !idle, `${where}: ${JSON.stringify(idle)} at ${new Date(at).toISOString()}`)
  }
}

/** Else their calendars would wake routing too. */
async function endEarlierShifts() {
  await rows("update users set calendar_id = null")
  await rows("delete from presence")
  await desk.routed()
}
