// Outside systems as admins link them: what is kept, what is shown, what is refused.
import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { agreementRoutes } from "../register-all-routes.ts"
import { linkSystem } from "./change-linked-systems.ts"

const desk = await openDesk(agreementRoutes)
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const lead = await member(desk, { email: "sol@example.com", name: "Sol", role: "lead" })
const path = "/links/systems"
const isp = { baseUrl: "https://isp.example.com/", auth: "basic", key: "key-of-splynx", secret: "secret-of-splynx" }
const link = (kind: string, name: string, settings: object) => admin.call("POST", path, { kind, name, settings })
async function linked(kind: string, name: string, settings: object): Promise<string> {
  const { status, body } = await link(kind, name, settings)
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}

test("only admins see or change them", async () => {
  for (const [method, address, body] of [
    ["GET", path],
    ["GET", `${path}/sys_none`],
    ["POST", path, { kind: "splynx", name: "x", settings: isp }],
    ["PATCH", `${path}/sys_none`, {}],
    ["DELETE", `${path}/sys_none`],
  ] as const)
    assert.equal((await lead.call(method, address, body)).status, 403, method)
})

test("its secrets are sealed, and no answer or audit has them", async () => {
  const { status, body } = await link("splynx", "Splynx", isp)
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(body["settings"], { baseUrl: "https://isp.example.com", auth: "basic" })
  assert.deepEqual((body["secretsSet"] as string[]).toSorted(), ["key", "secret"])
  const one = `${path}/${String(body["id"])}`
  const changed = await admin.call("PATCH", one, { name: "Splynx 2", settings: { key: null, secret: null } })
  assert.equal(changed.status, 400, "basic without a key")
  const admins = { auth: "admin", login: "hilo", password: "a long password", key: null, secret: null }
  const other = await admin.call("PATCH", one, { settings: admins })
  assert.deepEqual([other.status, other.body["secretsSet"]], [200, ["password"]])
  const stored = await desk.db.pool.query("select to_jsonb(s)::text as text from linked_systems s")
  const audited = await desk.db.pool.query("select to_jsonb(a)::text as text from admin_acts a")
  const texts = [...stored.rows, ...audited.rows].map(({ text }) => String(text)).join()
  for (const secret of [isp.key, isp.secret, admins.password]) assert.ok(!texts.includes(secret), secret)
})

const faults: [name: string, kind: string, settings: object, field: string][] = [
  ["a key of seven characters", "splynx", { ...isp, key: "1234567" }, "settings.key"],
  ["a secret of 501", "splynx", { ...isp, secret: "s".repeat(501) }, "settings.secret"],
  ["basic without its secret", "splynx", { ...isp, secret: undefined }, "settings.secret"],
  ["a sign-in without a password", "splynx", { ...isp, auth: "admin", login: "hilo" }, "settings.password"],
  ["a way that is none", "splynx", { ...isp, auth: "digest" }, "settings.auth"],
  ["no address", "splynx", { ...isp, baseUrl: undefined }, "settings.baseUrl"],
  ["another protocol", "splynx", { ...isp, baseUrl: "ftp://isp.example.com" }, "settings.baseUrl"],
  ["plain http to the internet", "splynx", { ...isp, baseUrl: "http://isp.example.com" }, "settings.baseUrl"],
  ["credentials in the address", "splynx", { ...isp, baseUrl: "https://a:b@isp.example.com" }, "settings.baseUrl"],
  ["a setting of nobody", "splynx", { ...isp, colour: "red" }, "settings.colour"],
  ["a connection that is not there", "splynx", { ...isp, noticeConnectionId: "con_x" }, "settings.noticeConnectionId"],
  ["a bearer of seven characters", "gestionreal", { bearer: "1234567" }, "settings.bearer"],
  ["no network", "gestionreal", { allowIps: ["10.0.0.0/99"] }, "settings.allowIps.0"],
  ["a Splynx that is not there", "gestionreal", { splynxSystemId: "sys_x" }, "settings.splynxSystemId"],
]
test("what is missing or wrong is refused by its name", async () => {
  for (const [name, kind, settings, field] of faults) {
    const { status, body } = await link(kind, "Otro", settings)
    const paths = (body["errors"] as { path: string }[] | undefined)?.map((error) => error.path)
    assert.deepEqual([status, paths], [400, [field]], name)
  }
  const taken = await link("gestionreal", "splynx 2", {})
  assert.deepEqual([taken.status, taken.body["code"]], [201, undefined], "the refused change renamed nothing")
  assert.equal((await link("gestionreal", "SPLYNX 2", {})).body["code"], "duplicate_entry")
})

test("plain http goes to addresses of one's own network", async () => {
  for (const [i, baseUrl] of ["http://127.0.0.1:8080", "http://10.1.2.3", "http://splynx", "http://isp.lan"].entries())
    await linked("splynx", `Local ${i}`, { ...isp, baseUrl })
})

test("one that another names stays, until that is gone", async () => {
  const [work, record] = [await linked("splynx", "Norte", isp), await linked("gestionreal", "GR Norte", {})]
  assert.equal((await admin.call("PATCH", `${path}/${record}`, { settings: { splynxSystemId: work } })).status, 200)
  const refused = await admin.call("DELETE", `${path}/${work}`)
  assert.deepEqual([refused.status, refused.body["code"]], [409, "in_use"])
  assert.equal((await admin.call("DELETE", `${path}/${record}`)).status, 204)
  assert.equal((await admin.call("DELETE", `${path}/${work}`)).status, 204)
  assert.equal((await admin.call("GET", `${path}/${work}`)).status, 404)
  const { items } = (await admin.call("GET", `${path}?limit=100`)).body as { items: { id: string }[] }
  assert.ok(!items.some(({ id }) => id === work || id === record))
})

test("one that another is just being paired with stays", async () => {
  const work = await linked("splynx", "Sur", isp)
  const { removal } = await acting(desk, async (act) => {
    await linkSystem(act, desk, { kind: "gestionreal", name: "GR Sur", settings: { splynxSystemId: work } })
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    const removal = admin.call("DELETE", `${path}/${work}`)
    await waitUntil("the removal waits", async () => (await desk.db.pool.query(waits)).rowCount === 1)
    return { removal }
  })
  assert.deepEqual([(await removal).status, (await removal).body["code"]], [409, "in_use"])
})
