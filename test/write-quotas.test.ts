// What one who is signed in may write in an hour: nobody fills a desk, on however many servers they try at once.
import assert from "node:assert/strict"
import { test } from "node:test"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { createServer } from "#kernel/http/server.ts"
import { createLog } from "#kernel/log.ts"
import { can, createTeam, enforceWriteQuota } from "#people/index.ts"
import { fileRoutes } from "#files/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { acting, call, type Client, type Desk, member, openDesk } from "./desks/test-desk.ts"

function register(app: Desk["app"], kit: Desk) {
  enforceWriteQuota(app, kit.db)
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
  messageRoutes(app, kit)
  settingsRoutes(app, kit, can.manageSettings)
}

const desk = await openDesk(register)
const second = createServer({
  log: createLog("silent"),
  authenticate: desk.authentication.authenticate,
  trustedProxies: [],
})
register(second, desk)
await second.ready()
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true }))
const admin = await member(desk, { email: "sol@example.com", name: "Sol", role: "admin" })
let people = 0
const somebody = (role: "user" | "agent") =>
  member(desk, { email: `somebody${++people}@example.com`, name: "Somebody", role })
const allow = (quotas: object) =>
  admin.call("PUT", "/settings/quotas", {
    value: { customerTickets: 10, customerMessages: 60, customerUnsentMegabytes: 200, staffWrites: 100_000, ...quotas },
  })

/** Half of them at one server, half at the other, all at once. */
async function atOnce(who: Client, times: number, url: string, body: (n: number) => object) {
  const headers = { authorization: `Bearer ${who.key}` }
  const answers = await Promise.all(
    Array.from({ length: times }, (_, n) => call(n % 2 ? desk.app : second, "POST", url, body(n), headers)),
  )
  return Object.groupBy(answers, ({ status }) => status)
}

test("a customer opens ten tickets an hour, however many are tried at once, and learns when to come back", async () => {
  const carla = await somebody("user")
  const answers = await atOnce(carla, 40, "/tickets", (n) => ({ subject: `Factura ${n}`, description: "Hola" }))
  assert.deepEqual([answers[201]!.length, answers[429]!.length], [10, 30])
  const wait = Number(answers[429]![0]!.headers["retry-after"])
  assert.ok(wait > 3_000 && wait <= 3_600, String(wait))
  assert.equal(
    (await (await somebody("user")).call("POST", "/tickets", { subject: "Otra", description: "x" })).status,
    201,
  )
})

test("what was refused counts for none of a customer's messages, whatever the refusal", async () => {
  await allow({ customerMessages: 12 })
  const [carla, dora] = [await somebody("user"), await somebody("user")]
  const { body: ticket } = await carla.call("POST", "/tickets", { subject: "Factura", description: "Hola" })
  const { body: foreign } = await dora.call("POST", "/tickets", { subject: "Otra", description: "Hola" })
  const url = `/tickets/${String(ticket["number"])}/messages`
  const refused = [
    await atOnce(carla, 12, url, () => ({ nothing: true })),
    await atOnce(carla, 12, url, () => ({ content: "nota", isInternal: true })),
    await atOnce(carla, 12, `/tickets/${String(foreign["id"])}/messages`, () => ({ content: "hola" })),
  ]
  assert.deepEqual(
    refused.map((answers) => Object.keys(answers)),
    [["400"], ["403"], ["404"]],
  )
  const answers = await atOnce(carla, 20, url, (n) => ({ content: `mensaje ${n}` }))
  assert.deepEqual(counted(answers), { 201: 12, 429: 8 })
  await allow({})
})

const counted = (answers: Record<number, unknown[] | undefined>) =>
  Object.fromEntries(Object.entries(answers).map(([status, all]) => [status, all!.length]))

test("a ticket that was refused, for its fields or for the quota itself, counts for none of the ten", async () => {
  await allow({ customerTickets: 2 })
  const carla = await somebody("user")
  const ask = async (body: object) => (await carla.call("POST", "/tickets", body)).status
  const good = { subject: "Factura", description: "Hola" }
  const asked = [{ nothing: true }, { ...good, tags: ["vip"] }, good, { ...good, subject: "" }, good, good, good]
  const statuses: number[] = []
  for (const body of asked) statuses.push(await ask(body))
  assert.deepEqual(statuses, [400, 403, 201, 400, 201, 429, 429])
  await allow({ customerTickets: 3 })
  assert.deepEqual([await ask(good), await ask(good)], [201, 429])
  await allow({})
})

test("tries are bounded too: a client refused again and again gets 429 before anything is looked at", async () => {
  await allow({ customerMessages: 2 })
  const carla = await somebody("user")
  const { body: ticket } = await carla.call("POST", "/tickets", { subject: "Factura", description: "Hola" })
  const url = `/tickets/${String(ticket["number"])}/messages`
  const answers = await atOnce(carla, 30, url, () => ({ nothing: true }))
  assert.ok(answers[429]!.length >= 11, `${answers[429]!.length}`)
  assert.ok((answers[400]?.length ?? 0) + answers[429]!.length === 30)
  assert.equal((await carla.call("POST", url, { content: "hola" })).status, 429)
  await allow({})
})

test("files that a customer has not sent yet are bounded, also when many come at once; sending them makes room", async () => {
  await allow({ customerUnsentMegabytes: 3 })
  const carla = await somebody("user")
  const { body: ticket } = await carla.call("POST", "/tickets", { subject: "Fotos", description: "Hola" })
  const upload = (n: number) => {
    const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${n}.bin"\r\nContent-Type: text/plain\r\n\r\n`
    return (n % 2 ? desk.app : second).inject({
      method: "POST",
      url: "/api/v1/attachments",
      payload: Buffer.concat([Buffer.from(head), Buffer.alloc(900_000, n), Buffer.from("\r\n--b--\r\n")]),
      headers: { "content-type": "multipart/form-data; boundary=b", authorization: `Bearer ${carla.key}` },
    })
  }
  const answers = await Promise.all(Array.from({ length: 9 }, (_, n) => upload(n)))
  const taken = answers.filter(({ statusCode }) => statusCode === 201).map((one) => one.json<{ id: string }>().id)
  assert.ok(taken.length >= 1 && taken.length <= 3, `${taken.length}`)
  assert.ok(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 429))
  while ((await upload(7)).statusCode === 201);
  const url = `/tickets/${String(ticket["number"])}/messages`
  assert.equal((await carla.call("POST", url, { content: "van", attachmentIds: taken })).status, 201)
  assert.equal((await upload(8)).statusCode, 201)
  await allow({})
})

test("staff and keys have a wide quota of their own; messages handed in by a connection do not count", async () => {
  await allow({ staffWrites: 5 })
  const ana = await somebody("agent")
  const answers = await atOnce(ana, 20, "/tickets", (n) => ({ subject: `Caja ${n}` }))
  assert.ok(answers[201]!.length <= 5 && answers[429]!.length >= 15)
  const handedIn = await atOnce(ana, 10, "/connections/con_none/messages", () => ({}))
  assert.equal(handedIn[429], undefined)
  assert.equal((await ana.call("GET", "/tickets")).status, 200)
  await allow({})
})

test("what one server has taken and not spent keeps nobody from writing at another", async () => {
  await allow({ staffWrites: 20 })
  const ana = await somebody("agent")
  const headers = { authorization: `Bearer ${ana.key}` }
  const writesAt = async (app: Desk["app"], times: number) => {
    const statuses: number[] = []
    for (let n = 0; n < times; n++)
      statuses.push((await call(app, "POST", "/tickets", { subject: `Caja ${n}` }, headers)).status)
    return statuses
  }
  assert.deepEqual(await writesAt(desk.app, 5), Array(5).fill(201))
  assert.deepEqual(await writesAt(second, 16), [...Array(15).fill(201), 429])
  await allow({})
})
