import assert from "node:assert/strict"
import { test } from "node:test"
import { connectionsWithCalendar, createConnection } from "#connections/index.ts"
import type { Act } from "#kernel/act.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { acting, call, type Client, member } from "#test/desks/test-desk.ts"
import { office, openCalendarDesk, refused, rules } from "#test/desks/calendar-desk.ts"
import { deleteCalendar } from "./change-calendars.ts"
import { openCalendars } from "./open-now-and-next-opening.ts"
import { workingCalendars } from "./cached-working-calendars.ts"
import { addMissingHolidays } from "./compute-missing-holidays-job.ts"

const { desk, admin, agent, make, rows, everything } = await openCalendarDesk()
const lead = await member(desk, { email: "sol@example.com", name: "Sol", role: "lead" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })

test("strangers and customers are refused, staff ask the clock, admins write", async () => {
  const { id } = await make()
  const asked = {
    "/due": { start: "2026-11-29T15:00:00Z", minutes: 60 },
    "/minutes": { start: "2026-11-29T15:00:00Z", end: "2026-11-30T15:00:00Z" },
  }
  const questions: [method: "GET" | "POST", url: string, body?: object][] = [
    ["GET", "/calendars"],
    ["GET", `/calendars/${id}`],
    ...Object.entries(asked).map(
      ([path, body]) => ["POST", `/calendars/${id}${path}`, body] as ["POST", string, object],
    ),
  ]
  const acts: ["GET" | "POST" | "PATCH" | "DELETE", string, object?][] = [
    ["GET", "/calendars/holiday-countries"],
    ["POST", "/calendars/preview", { ...rules, minutes: 60 }],
    ["POST", "/calendars", { name: "Soporte", ...rules }],
    ["PATCH", `/calendars/${id}`, { name: "Otra" }],
    ["DELETE", `/calendars/${id}`],
  ]
  const answered = async (who: Client, [method, url, body]: (typeof acts)[number]) =>
    (await who.call(method, url, body)).status
  for (const one of [...questions, ...acts]) {
    assert.equal((await call(desk.app, one[0], one[1], one[2])).status, 401, one[1])
    assert.equal(await answered(customer, one), 403, one[1])
  }
  for (const who of [agent, lead]) {
    for (const one of questions) assert.equal(await answered(who, one), 200, one[1])
    for (const one of acts) assert.equal(await answered(who, one), 403, one[1])
  }
})

test("a calendar keeps what it was given; what is left out stays", async () => {
  const holidays = [
    { date: "2026-12-24", name: " Nochebuena ", yearly: true },
    { date: "2026-12-31", name: "Inventario" },
  ]
  const made = await make({ holidays })
  assert.deepEqual(made.holidays, [
    { date: "2026-12-24", name: "Nochebuena", yearly: true },
    { date: "2026-12-31", name: "Inventario", yearly: false },
  ])
  assert.deepEqual([made.intervals, made.holidayCountry, made.holidayRegion], [office, null, null])
  const { body } = await admin.call("PATCH", `/calendars/${made.id}`, { timezone: "Europe/Madrid" })
  const { updatedAt: _, ...kept } = made
  assert.partialDeepStrictEqual(body, { ...kept, timezone: "Europe/Madrid" })
  assert.deepEqual((await agent.call("GET", `/calendars/${made.id}`)).body, body)
  await admin.call("PATCH", `/calendars/${made.id}`, { intervals: office, holidays: made.holidays })
  const told = await rows("select data from events where subject_id = $1 order by id", [made.id])
  assert.deepEqual(told, [{ data: { change: "created" } }, { data: { change: "changed", fields: ["timezone"] } }])
})

test("the clock counts the calendar's own time, its holidays and those of its country", async () => {
  const { id } = await make({
    holidays: [{ date: "2020-12-24", name: "Nochebuena", yearly: true }],
    holidayCountry: "CO",
  })
  const due = async (start: string, minutes: number) =>
    (await agent.call("POST", `/calendars/${id}/due`, { start, minutes })).body["dueAt"]
  assert.equal(await due("2026-11-27T23:30:00Z", 60), "2026-11-30T15:00:00.000Z", "Friday evening")
  assert.equal(await due("2026-12-07T22:30:00Z", 60), "2026-12-09T14:30:00.000Z", "8 December is a holiday")
  assert.equal(
    await due("2026-12-23T22:30:00Z", 60.5),
    "2026-12-28T14:30:30.000Z",
    "24 December every year, and Christmas",
  )
  const minutes = async (start: string, end: string) =>
    (await agent.call("POST", `/calendars/${id}/minutes`, { start, end })).body["minutes"]
  assert.equal(await minutes("2026-12-07T22:30:00Z", "2026-12-09T14:30:00Z"), 60)
  assert.equal(await minutes("2026-12-07T22:59:30-00:00", "2026-12-07T18:59:30-05:00"), 0.5)
})

test("a calendar that changes while it is read is not remembered with the rules of another version", async () => {
  const { id } = await make({ timezone: "Asia/Tokyo" })
  const setZone = (timezone: string) => rows("update calendars set timezone = $2 where id = $1", [id, timezone])
  let isRead = false
  const changing = desk.db.kysely.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (!isRead) await setZone("Asia/Seoul")
      isRead = true
      return result
    },
  })
  await workingCalendars(changing, [id])
  await setZone("Asia/Tokyo")
  assert.equal((await workingCalendars(desk.db.kysely, [id])).get(id)!.timezone, "Asia/Tokyo")
})

test("the regions of a country have holidays of their own", async () => {
  const { id } = await make({ timezone: "Europe/Madrid", holidayCountry: "ES", holidayRegion: "ES-MD" })
  const inMadrid = (await admin.call("GET", `/calendars/${id}`)).body
  assert.equal(inMadrid["holidayRegion"], "MD")
  const dueAt = async () =>
    (await agent.call("POST", `/calendars/${id}/due`, { start: "2026-05-01T22:00:00Z", minutes: 60 })).body["dueAt"]
  const names = (region: string) =>
    rows("select name from public_holidays where country = 'ES' and region = $1 and date = '2026-09-11'", [region])
  await admin.call("PATCH", `/calendars/${id}`, { holidayRegion: "CT" })
  assert.deepEqual([(await names("MD")).length, (await names("CT")).length], [0, 1])
  assert.equal(await dueAt(), "2026-05-04T08:00:00.000Z")
  const elsewhere = await admin.call("PATCH", `/calendars/${id}`, { holidayCountry: "CO" })
  assert.deepEqual([elsewhere.body["holidayCountry"], elsewhere.body["holidayRegion"]], ["CO", null])
})

test("a region is found however it is written, and kept as its country's list has it", async () => {
  for (const asked of ["Aitutaki", "aitutaki", "CK-AITUTAKI"]) {
    const { holidayRegion } = await make({ timezone: "Pacific/Rarotonga", holidayCountry: "CK", holidayRegion: asked })
    assert.equal(holidayRegion, "Aitutaki")
  }
})

test("holidays of a country are computed for the years around, and one more each year", async () => {
  await rows("delete from public_holidays")
  await make({ holidayCountry: "CO" })
  const years = async () =>
    (
      await rows(
        "select distinct extract(year from date)::int as y from public_holidays where country = 'CO' order by y",
      )
    ).map(({ y }) => Number(y))
  assert.deepEqual(
    await years(),
    Array.from({ length: 16 }, (_, n) => 2021 + n),
  )
  await acting(desk, addMissingHolidays)
  assert.equal((await years()).at(-1), 2036)
  await acting({ ...desk, now: () => new Date("2027-01-01T03:23:00Z") }, addMissingHolidays)
  assert.deepEqual([(await years())[0], (await years()).at(-1)], [2021, 2037])
})

test("intervals that overlap are united, not refused; from an evening into a morning is one of them", async () => {
  const over = [
    { day: 1, from: "09:00", to: "13:00" },
    { day: 1, from: "12:00", to: "18:00" },
    { day: 1, from: "22:00", to: "06:00" },
    { day: 2, from: "05:00", to: "24:00" },
  ]
  const { id } = await make({ intervals: over })
  const span = { start: "2026-11-30T05:00:00Z", end: "2026-12-07T05:00:00Z" }
  assert.equal((await agent.call("POST", `/calendars/${id}/minutes`, span)).body["minutes"], (9 + 2 + 24) * 60)
})

test("a preview says what would be due, and the next holidays, and keeps nothing", async () => {
  await rows("delete from public_holidays")
  const before = await everything()
  const holidays = [
    { date: "2024-02-29", name: "Bisiesto", yearly: true },
    { date: "2026-11-23", name: "Aniversario" },
    { date: "2026-12-08", name: "Velitas" },
    { date: "2020-01-01", name: "Pasado" },
  ]
  const { status, body } = await admin.call("POST", "/calendars/preview", {
    ...rules,
    holidays,
    holidayCountry: "CO",
    minutes: 60,
  })
  // It is Sunday, 22 November, 4 h in Bogotá.
  const next = { opensAt: "2026-11-24T14:00:00.000Z", isOpen: false, dueAt: "2026-11-24T15:00:00.000Z" }
  assert.partialDeepStrictEqual({ status, ...body }, { status: 200, ...next })
  const shown = (body["nextHolidays"] as { date: string; name: string }[]).map(({ date, name }) => `${date} ${name}`)
  assert.deepEqual(shown.slice(0, 4), [
    "2026-11-23 Aniversario",
    "2026-12-08 Velitas",
    "2026-12-25 Navidad",
    "2027-01-01 Año Nuevo",
  ])
  assert.equal(shown.length, 8)
  assert.deepEqual(await everything(), before)
  const { body: alone } = await admin.call("POST", "/calendars/preview", { ...rules, holidays, minutes: 60 })
  assert.deepEqual(
    (alone["nextHolidays"] as { date: string }[]).map(({ date }) => date),
    ["2026-11-23", "2026-12-08", "2028-02-29", "2032-02-29"],
  )
})

test("a connection names a calendar that exists, which stays as long as it does", async () => {
  const { id } = await make({ name: "Nocturno" })
  const unknown = await admin.call("POST", "/connections", { kind: "api", name: "Puerta", calendarId: "cal_none" })
  refused(unknown, "calendarId", "unknown")
  const { body: made } = await admin.call("POST", "/connections", { kind: "api", name: "Puerta", calendarId: id })
  refused(
    await admin.call("PATCH", `/connections/${String(made["id"])}`, { calendarId: "cal_none" }),
    "calendarId",
    "unknown",
  )
  const used = await admin.call("DELETE", `/calendars/${id}`)
  assert.deepEqual([used.status, used.body["code"]], [409, "in_use"])
  assert.match(String(used.body["detail"]), /connection Puerta/)
  assert.deepEqual(used.body["usedBy"], [{ kind: "connection", id: made["id"], name: "Puerta" }])
  assert.equal((await admin.call("DELETE", `/connections/${String(made["id"])}`)).status, 204)
  assert.equal((await admin.call("DELETE", `/calendars/${id}`)).status, 204)
  assert.equal((await admin.call("GET", `/calendars/${id}`)).status, 404)
})

test("of a removal and a connection that names the calendar at once, one is refused", async () => {
  const { id } = await make({ name: "Disputado" })
  const connect = (act: Act) => createConnection(act, desk.secrets, { kind: "api", name: "Rápida", calendarId: id })
  const remove = (act: Act) => deleteCalendar(act, id, [connectionsWithCalendar])
  await assert.rejects(
    runConcurrently(desk, connect, () => acting(desk, remove)),
    { code: "in_use" },
  )
  await rows("update connections set calendar_id = null")
  const late = (act: Act) => createConnection(act, desk.secrets, { kind: "api", name: "Tardía", calendarId: id })
  await assert.rejects(
    runConcurrently(desk, remove, () => acting(desk, late)),
    { code: "invalid" },
  )
})

test("the list goes by name, page after page", async () => {
  await rows("delete from calendars")
  for (const name of ["zeta", "Ábaco", "Yema", "beta"]) await make({ name })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await agent.call("GET", `/calendars?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`)
    seen.push(...(body["items"] as { name: string }[]).map(({ name }) => name))
    cursor = body["nextCursor"] as string | null
    assert.equal(body["total"], 4)
  } while (cursor !== null)
  assert.deepEqual(
    seen,
    (await rows("select name from calendars order by lower(name), id")).map(({ name }) => name),
  )
})

test("which calendars are open is one statement for all, and what another server changes counts at once", async () => {
  const ids = [(await make()).id, (await make()).id]
  const at = new Date("2026-11-30T15:00:00Z")
  const day = at.toISOString().slice(0, 10)
  const open = async () => [...(await openCalendars(counting, ids, at))].toSorted()
  let statements = 0
  const counting = desk.db.kysely.withPlugin({
    transformQuery: ({ node }) => (statements++, node),
    transformResult: async ({ result }) => result,
  })
  await open()
  statements = 0
  assert.deepEqual([await open(), statements], [ids.toSorted(), 1])
  await rows("update calendars set holidays = $1, holiday_country = null where id = $2", [
    JSON.stringify([{ date: day, name: "Cerrado", yearly: false }]),
    ids[0],
  ])
  assert.deepEqual(await open(), [ids[1]])
  await rows("update calendars set holiday_country = 'XX', holiday_region = null where id = $1", [ids[1]])
  assert.deepEqual(await open(), [ids[1]])
  await rows("insert into public_holidays values ('XX', '', $1, 'Fiesta')", [day])
  assert.deepEqual(await open(), [])
})
