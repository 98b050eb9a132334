import assert from "node:assert/strict"
import { createHash, randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { buffer } from "node:stream/consumers"
import { fileRoutes } from "#files/index.ts"
import { mayReadFile } from "#tickets/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { createTeam } from "#people/index.ts"
import { changeSetting, readSetting } from "#settings/index.ts"
import { clearSettingsCache } from "#settings/read-setting.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { startFakeGraphApi } from "#test/fakes/graph-api.ts"
import { from, openNumber, processWebhooks } from "#test/desks/whatsapp-number.ts"
import { fileJobs } from "./fetch-inbound-files.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const graph = await startFakeGraphApi()
const desk = await openDesk((app, kit) => {
  webhookRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
  replyRoutes(app, kit)
})
const online = { ...desk, channelApis: { whatsapp: graph.url } }
const [fetching] = fileJobs(online)
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true }))
const admin = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
const stranger = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
let files = 0

type FileOptions = { mimeType?: string; at?: string; sha256?: string; gone?: boolean; redirect?: string; name?: string }

/** Carla sends a file; `at` is where Meta says that it is, `redirect` where that leads. */
async function sent(bytes: Buffer, more: FileOptions = {}) {
  const number = await openNumber(desk)
  const id = String(7_000_000 + ++files)
  const { mimeType = "image/jpeg", at, name = "foto <1>.jpg" } = more
  const { redirect } = more
  if (!more.gone) graph.files.set(id, { bytes, mimeType, ...(at && { url: at }), ...(redirect && { redirect }) })
  const sha256 = more.sha256 ?? createHash("sha256").update(bytes).digest("base64")
  const document = { id, mime_type: mimeType, sha256, filename: name }
  await number.hears(from({ phone: `57300555${String(files).padStart(4, "0")}` }, { type: "document", document }))
  await processWebhooks(desk)
  const [message] = await rows("select id, ticket_id from messages where connection_id = $1", number.id)
  const messageId = message.id as string
  const stored = async () => (await rows("select * from attachments where message_id = $1", messageId))[0]
  const run = () => fetching!.run({ eventId: 1, depth: 0, ticketId: message.ticket_id, subjectId: messageId })
  return { messageId, ticketId: message.ticket_id as string, stored, run }
}

const get = (key: string, id: string) =>
  desk.app.inject({ url: `/api/v1/attachments/${id}`, headers: { authorization: `Bearer ${key}` } })

test("a file is promised, fetched, checked, and there for users who see the ticket", async () => {
  const bytes = randomBytes(200_000)
  const { ticketId, messageId, stored, run } = await sent(bytes)
  const announced = await rows("select kind from events where subject_id = $1 order by id", messageId)
  assert.ok(announced.some((event) => event.kind === "message.files_announced"))
  const before = await stored()
  assert.deepEqual([before.state, before.size], ["pending", null])
  assert.equal((await get(admin.key, before.id)).statusCode, 404)
  await run()
  await run()
  const file = await stored()
  assert.deepEqual([file.state, file.size], ["stored", bytes.length])
  assert.deepEqual(await buffer(desk.storage.read(file.sha256)), bytes)
  const answer = await get(admin.key, file.id)
  assert.deepEqual([answer.statusCode, answer.headers["content-type"]], [200, "image/jpeg"])
  assert.equal(answer.headers["content-security-policy"], "sandbox; default-src 'none'")
  assert.equal(answer.headers["x-content-type-options"], "nosniff")
  assert.equal(answer.headers["content-disposition"], "inline; filename*=UTF-8''foto%20%3C1%3E.jpg")
  assert.deepEqual(answer.rawPayload, bytes)
  const shown = await admin.call("GET", `/tickets/${ticketId}/messages`)
  const [message] = shown.body["items"] as { attachments: object[] }[]
  assert.deepEqual(message!.attachments, [
    { id: file.id, name: "foto <1>.jpg", mimeType: "image/jpeg", size: bytes.length, state: "stored", reason: null },
  ])
})

test("who does not see the ticket does not see its files", async () => {
  const { stored, run, ticketId } = await sent(Buffer.from("x"))
  await run()
  await desk.db.pool.query("update tickets set team_id = null where id = $1", [ticketId])
  const { id } = await stored()
  assert.equal((await get(stranger.key, id)).statusCode, 404)
  assert.equal((await get("nobody", id)).statusCode, 401)
  assert.equal((await get(admin.key, id)).statusCode, 200)
})

test("what a browser could run is only ever downloaded", async () => {
  for (const mimeType of ["text/html", "image/svg+xml", "application/pdf"]) {
    const { stored, run } = await sent(Buffer.from("<script>alert(1)</script>"), { mimeType })
    await run()
    const { headers } = await get(admin.key, (await stored()).id)
    assert.equal(headers["content-type"], "application/octet-stream", mimeType)
    assert.match(String(headers["content-disposition"]), /^attachment;/)
  }
})

test("other bytes than were sent are not taken, and nothing of them stays", async () => {
  const bytes = Buffer.from("other bytes than were sent")
  const { stored, run } = await sent(bytes, { sha256: createHash("sha256").update("abd").digest("base64") })
  await run()
  const { state, reason } = await stored()
  assert.deepEqual([state, reason], ["failed", "damaged"])
  assert.equal(await desk.storage.has(createHash("sha256").update(bytes).digest("hex")), false)
})

test("a file that Meta no longer has is said to be gone; one that cannot be reached is tried again, then given up", async () => {
  const lost = await sent(Buffer.from("abc"), { gone: true })
  await lost.run()
  assert.deepEqual((await lost.stored()).reason, "gone")
  const offline = fileJobs(desk)[0]!
  const { messageId, stored } = await sent(Buffer.from("abc"))
  await assert.rejects(
    offline.run({ eventId: 1, depth: 0, ticketId: null, subjectId: messageId }),
    /cannot be fetched yet/,
  )
  assert.equal((await stored()).state, "pending")
  await offline.gaveUp!({ eventId: 1, depth: 0, ticketId: null, subjectId: messageId })
  assert.deepEqual((await stored()).reason, "gave_up")
})

test("nothing is fetched from anywhere but the Graph host and Meta's, and the token goes nowhere else", async () => {
  const seen: unknown[] = []
  const inside = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.end("secret")
  })
  await new Promise<void>((ready) => inside.listen(0, "127.0.0.1", ready))
  after(() => inside.close())
  const { port } = inside.address() as AddressInfo
  for (const at of [
    `http://127.0.0.1:${port}/x`,
    `http://localhost:${port}/`,
    "http://169.254.169.254/",
    "file:///etc/passwd",
    "https://facebook.com.evil.test/",
    "http://lookaside.fbsbx.com/",
  ]) {
    const { stored, run } = await sent(Buffer.from("abc"), { at })
    await run()
    const { state, reason } = await stored()
    assert.deepEqual([state, reason], ["failed", "gone"], at)
  }
  assert.deepEqual(seen, [])
})

test("a redirect of the media host is never followed, wherever it leads", async () => {
  const seen: (string | undefined)[] = []
  const away = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.end("secret")
  })
  await new Promise<void>((ready) => away.listen(0, "127.0.0.1", ready))
  after(() => away.close())
  const { port } = away.address() as AddressInfo
  for (const to of [`http://127.0.0.1:${port}/x`, "http://169.254.169.254/", "/v23.0/file/other"]) {
    const { stored, run } = await sent(Buffer.from("abc"), { redirect: to })
    await assert.rejects(run(), /cannot be fetched yet/)
    assert.equal((await stored()).state, "pending", to)
    // The next try asks anew where it is: what Meta says is good for minutes only.
    delete graph.files.get(String(7_000_000 + files))!.redirect
    await run()
    assert.equal((await stored()).state, "stored", to)
  }
  assert.deepEqual(seen, [])
})

function form(name: string, type: string, bytes: Buffer, field = "file") {
  const head = `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--b--\r\n")])
}

const upload = (key: string, payload: Buffer) =>
  desk.app.inject({
    method: "POST",
    url: "/api/v1/attachments",
    payload,
    headers: { "content-type": "multipart/form-data; boundary=b", authorization: `Bearer ${key}` },
  })

test("staff upload files; until they are sent only they see them", async () => {
  const bytes = randomBytes(5_000)
  const answer = await upload(stranger.key, form("../../etc/guía.pdf", "application/pdf", bytes))
  const { id, ...file } = answer.json<{ id: string }>()
  assert.deepEqual(
    [answer.statusCode, file],
    [201, { name: "guía.pdf", mimeType: "application/pdf", size: 5_000, state: "stored", reason: null }],
  )
  assert.deepEqual((await get(stranger.key, id)).rawPayload, bytes)
  assert.equal((await get(admin.key, id)).statusCode, 404)
  assert.equal((await upload("nobody", form("a", "text/plain", bytes))).statusCode, 401)
})

test("an upload that is empty, missing or too long is refused and leaves nothing", async () => {
  const before = await rows("select count(*) as n from attachments")
  const tooLong = Buffer.alloc(25 * 1024 * 1024 + 1)
  assert.equal((await upload(admin.key, form("a.txt", "text/plain", Buffer.alloc(0)))).statusCode, 400)
  assert.equal((await upload(admin.key, Buffer.from("--b--\r\n"))).statusCode, 400)
  assert.equal((await upload(admin.key, form("a.bin", "application/x-big", tooLong))).statusCode, 413)
  assert.deepEqual(await rows("select count(*) as n from attachments"), before)
})

test("what a computer would run is kept as it came, and offered to nobody", async () => {
  for (const name of ["factura.exe", "factura.exe::$DATA", "factura\u202Efdp.exe"]) {
    const { ticketId, stored, run } = await sent(randomBytes(100), { name, mimeType: "application/pdf" })
    await run()
    const { id, state, reason, sha256, file_name } = await stored()
    assert.deepEqual([state, reason], ["failed", "refused"])
    assert.doesNotMatch(file_name as string, /\p{Cf}/u)
    assert.equal(await desk.storage.has(sha256 as string), true)
    assert.equal((await get(admin.key, id as string)).statusCode, 404)
    const { body } = await admin.call("GET", `/tickets/${ticketId}/messages`)
    const [file] = (body["items"] as { attachments: { state: string; reason: string }[] }[])[0]!.attachments
    assert.deepEqual([file!.state, file!.reason], ["failed", "refused"])
  }
})

test("what the desk refuses by its setting is refused of customers too, and what it takes is taken", async () => {
  const before = await readSetting(desk.db, "attachments.refused")
  const refuse = async (endings: string[]) => {
    await acting(desk, (act) => changeSetting(act, "attachments.refused", endings))
    clearSettingsCache(desk.db)
  }
  await refuse(["txt"])
  for (const [name, expected] of [
    ["nota.txt", ["failed", "refused"]],
    ["factura.exe", ["stored", null]],
  ] as const) {
    const { stored, run } = await sent(randomBytes(100), { name, mimeType: "application/pdf" })
    await run()
    const { state, reason } = await stored()
    assert.deepEqual([state, reason], expected, name)
  }
  await refuse(before)
})
