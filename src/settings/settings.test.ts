import assert from "node:assert/strict"
import { test } from "node:test"
import { getCountries } from "libphonenumber-js/min"
import { countries } from "#kernel/supported-phone-countries.ts"
import { changeSetting } from "./change-setting.ts"
import { readSetting } from "./read-setting.ts"
import { settingsRoutes } from "./routes.ts"
import { settings, settingNames } from "./setting-definitions.ts"
import { can } from "#people/index.ts"
import { acting, call, member, openDesk } from "#test/desks/test-desk.ts"

const desk = await openDesk((app, kit) => settingsRoutes(app, kit, can.manageSettings))
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })

test("every default is a value the setting takes", () => {
  for (const name of settingNames)
    assert.deepEqual(settings[name].type.parse(settings[name].fallback), settings[name].fallback)
})

test("a desk may be in every country whose numbers can be read", () => {
  assert.deepEqual(countries, getCountries())
})

test("strangers and agents are refused", async () => {
  for (const [method, url] of [
    ["GET", "/settings"],
    ["GET", "/settings/language"],
    ["PUT", "/settings/language"],
  ] as const) {
    assert.equal((await call(desk.app, method, url, method === "PUT" ? { value: "en" } : undefined)).status, 401)
    assert.equal((await agent.call(method, url, method === "PUT" ? { value: "en" } : undefined)).status, 403)
  }
  assert.equal(await readSetting(desk.db, "language"), "es")
})

test("a setting changes for readers at once, and the log says so", async () => {
  assert.deepEqual(await readSetting(desk.db, "support.reopenDays"), 14)
  const put = await admin.call("PUT", "/settings/support.reopenDays", { value: 3 })
  assert.equal(put.status, 200)
  assert.partialDeepStrictEqual(put.body, { name: "support.reopenDays", value: 3, default: 14 })
  assert.equal(await readSetting(desk.db, "support.reopenDays"), 3)
  assert.deepEqual((await admin.call("GET", "/settings/support.reopenDays")).body, put.body)
  const list = await admin.call("GET", "/settings")
  assert.deepEqual(
    (list.body["items"] as { name: string }[]).map((item) => item.name),
    settingNames,
  )
  const events = await desk.db.kysely
    .selectFrom("events")
    .select(["subjectId", "data", "actorId"])
    .where("kind", "=", "setting.changed")
    .execute()
  assert.deepEqual(events, [
    { subjectId: "support.reopenDays", data: { name: "support.reopenDays" }, actorId: admin.userId },
  ])
})

test("the list has pages, and names what it does not know", async () => {
  const names = (list: { body: Record<string, unknown> }) =>
    (list.body["items"] as { name: string }[]).map((item) => item.name)
  const first = await admin.call("GET", "/settings?limit=2")
  const second = await admin.call("GET", `/settings?limit=100&cursor=${String(first.body["nextCursor"])}`)
  assert.deepEqual([...names(first), ...names(second)], settingNames)
  assert.equal(first.body["total"], settingNames.length)
  assert.equal(second.body["nextCursor"], null)
  const wrong: [string, string][] = [
    ["limit", "0"],
    ["limit", "101"],
    ["cursor", "zzz"],
    ["cursor", "WyJ4Il0"],
    ["colour", "1"],
  ]
  for (const [name, value] of wrong) {
    const { status, body } = await admin.call("GET", `/settings?${name}=${value}`)
    assert.equal(status, 400, name)
    assert.equal(JSON.stringify(body).includes(name), true, name)
  }
})

test("a transaction sees its own change, and nobody else before it ends", async () => {
  await acting(desk, async (act) => {
    await changeSetting(act, "timezone", "Europe/Madrid")
    assert.equal(await readSetting(act, "timezone"), "Europe/Madrid")
    assert.equal(await readSetting(desk.db, "timezone"), "America/Bogota")
  })
})

test("an unknown name is not found", async () => {
  for (const name of ["nonsense", "constructor", "__proto__", "toString", "language%20"]) {
    assert.equal((await admin.call("GET", `/settings/${name}`)).status, 404, name)
    assert.equal((await admin.call("PUT", `/settings/${name}`, { value: 1 })).status, 404, name)
  }
})

test("a wrong value is refused, names value and changes nothing", async () => {
  const wrong: Record<string, unknown[]> = {
    language: ["fr", 1, null, {}, undefined],
    "desk.country": ["co", "Colombia", "XX", "", 57],
    timezone: ["Mars/Olympus", "", "+01:00", 1],
    "support.reopenDays": [-1, 1.5, "7", null, 1e9],
    acknowledgements: [[], {}, { es: [], en: [""] }, { es: [], en: [], fr: [] }, { es: ["x".repeat(51)], en: [] }],
  }
  const before = (await desk.db.pool.query("select * from settings")).rows
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const { status, body } = await admin.call("PUT", `/settings/${name}`, { value })
      const paths = ((body["errors"] ?? []) as { path: string }[]).map((error) => error.path.split(".")[0])
      assert.ok(
        status === 400 && paths.length > 0 && paths.every((path) => path === "value"),
        `${name}: ${JSON.stringify(value)}: ${paths.join()}`,
      )
    }
  }
  assert.equal((await admin.call("PUT", "/settings/language", { value: "en", other: 1 })).status, 400)
  assert.deepEqual((await desk.db.pool.query("select * from settings")).rows, before)
})

test("a stored value that no longer fits counts as not set", async () => {
  await acting(desk, async (act) => {
    await act.tx
      .insertInto("settings")
      .values({ name: "language", value: JSON.stringify("klingon") })
      .execute()
    assert.equal(await readSetting(act, "language"), "es")
  })
})
