// A03: whose a file is, who gets it, and what a browser may do with it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { can, createTeam } from "#people/index.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { settingsRoutes } from "#settings/index.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { filesOf } from "./attachment-store.ts"
import { fileRoutes } from "./file-routes.ts"
import { replyRoutes } from "#replies/index.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
  settingsRoutes(app, kit, can.manageSettings)
})
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true }))
const admin = await member(desk, { email: "sol@example.com", name: "Sol", role: "admin" })
const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const damian = await member(desk, { email: "damian@example.com", name: "Damián", role: "user" })

const png = Buffer.from("\x89PNG\r\n\x1a\n rest", "latin1")

type UploadOptions = { bytes?: Buffer; type?: string; name?: string; headers?: object }

function send(
  { key }: Client,
  { bytes = Buffer.from("hola"), type = "text/plain", name = "nota.txt", headers }: UploadOptions,
) {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return desk.app.inject({
    method: "POST",
    url: "/api/v1/attachments",
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--b--\r\n")]),
    headers: { "content-type": "multipart/form-data; boundary=b", authorization: `Bearer ${key}`, ...headers },
  })
}

async function upload(who: Client, bytes?: Buffer, type?: string, name?: string) {
  const answer = await send(who, { ...(bytes && { bytes }), ...(type && { type }), ...(name && { name }) })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ id: string; mimeType: string }>()
}

const download = (who: Client | null, id: string) =>
  desk.app.inject({ url: `/api/v1/attachments/${id}`, headers: who ? { authorization: `Bearer ${who.key}` } : {} })

async function ticketOf(who: Client, more: object = {}) {
  const { status, body } = await who.call("POST", "/tickets", { subject: "Factura", description: "Hola", ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["number"])
}

const write = (who: Client, number: string, attachmentIds: string[], more: object = {}) =>
  who.call("POST", `/tickets/${number}/messages`, { content: "va", attachmentIds, ...more })

test("A03: another's upload cannot be sent by anybody, and its owner keeps it", async () => {
  const { id } = await upload(carla)
  const theirs = await ticketOf(damian)
  const tries = [
    await write(damian, theirs, [id]),
    await write(admin, theirs, [id]),
    await write(admin, theirs, [id], { isInternal: true }),
    await damian.call("POST", "/tickets", { subject: "Mía", attachmentIds: [id] }),
    await admin.call("POST", "/tickets", { subject: "Mía", attachmentIds: [id] }),
  ]
  for (const { status, body } of tries) assert.deepEqual([status, body["code"]], [404, "not_found"])
  for (const who of [damian, admin, agent]) assert.equal((await download(who, id)).statusCode, 404)
  assert.equal((await download(carla, id)).body, "hola")
  const said = await write(damian, theirs, ["att_0198c0ffee"])
  assert.equal(said.status, 404, "one that never was is answered alike")
  const own = await ticketOf(carla)
  assert.equal((await write(carla, own, [id])).status, 201)
})

test("A03: a file that was sent stays with its message, also for the one who sent it", async () => {
  const { id } = await upload(carla)
  const [first, second] = [await ticketOf(carla, { attachmentIds: [id] }), await ticketOf(carla)]
  assert.equal((await write(carla, second, [id])).status, 404)
  assert.equal((await carla.call("POST", "/tickets", { subject: "Otra", attachmentIds: [id] })).status, 404)
  const { body } = await carla.call("GET", `/tickets/${first}/messages`)
  const [opening] = body["items"] as { attachments: { id: string }[] }[]
  assert.deepEqual(
    opening!.attachments.map((file) => file.id),
    [id],
  )
})

test("A03: a file is there for users who see its ticket; one of a note for staff only", async () => {
  const { id } = await upload(carla)
  const number = await ticketOf(carla, { attachmentIds: [id] })
  const { id: noted } = await upload(admin)
  assert.equal((await write(admin, number, [noted], { isInternal: true })).status, 201)
  const answers = async (file: string) =>
    Promise.all([null, damian, carla, agent, admin].map(async (who) => (await download(who, file)).statusCode))
  assert.deepEqual(await answers(id), [401, 404, 200, 404, 200])
  assert.deepEqual(await answers(noted), [401, 404, 404, 404, 200])
})

test("A03: a user who reads what came from their merged ticket gets its files, and no others", async () => {
  const [mine, theirs] = [await upload(carla), await upload(damian)]
  const own = await ticketOf(carla, { attachmentIds: [mine.id] })
  const other = await ticketOf(damian, { attachmentIds: [theirs.id] })
  const answer = await admin.call("POST", `/tickets/${own}/merge`, { into: other, override: "una empresa" })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { body } = await carla.call("GET", `/tickets/${own}/messages`)
  const shown = (body["items"] as { attachments: { id: string }[] }[]).flatMap(({ attachments }) => attachments)
  assert.deepEqual(
    shown.map(({ id }) => id),
    [mine.id],
  )
  assert.deepEqual(
    [(await download(carla, mine.id)).statusCode, (await download(carla, theirs.id)).statusCode],
    [200, 404],
  )
})

test("A18: what a computer would run is not taken, however its name is dressed up; which endings is a setting", async () => {
  const names = [
    "factura.exe",
    "factura.pdf.EXE",
    "factura.exe.",
    "factura.exe . ",
    "factura.e\u200bxe",
    "a\\b\\c.bat",
    "factura.exe::$DATA",
  ]
  for (const name of names) assert.equal((await send(carla, { name })).statusCode, 400, name)
  for (const name of ["exe", "exe.pdf", "instalar.exe.txt"]) assert.equal((await send(carla, { name })).statusCode, 201)
  await admin.call("PUT", "/settings/attachments.refused", { value: ["txt"] })
  assert.equal((await send(carla, { name: "factura.exe" })).statusCode, 201)
  const { errors } = (await send(carla, { name: "nota.txt" })).json<{ errors: { path: string }[] }>()
  assert.deepEqual(
    errors.map(({ path }) => path),
    ["file"],
  )
  await admin.call("PUT", "/settings/attachments.refused", { value: [] })
})

test("the same upload sent again under its key is one file, another one under it is refused", async () => {
  const again = { headers: { "idempotency-key": "una" } }
  const [first, second] = [await send(carla, again), await send(carla, again)]
  assert.deepEqual([first.statusCode, second.statusCode, second.body], [201, 201, first.body])
  assert.equal((await send(carla, { ...again, bytes: Buffer.from("adiós") })).statusCode, 422)
  assert.equal((await send(damian, again)).json<{ id: string }>().id === first.json<{ id: string }>().id, false)
})

test("a text shows pictures of its own ticket, and to a customer none of a note", async () => {
  const picture = async (who: Client) => (await upload(who, png, "image/png", "foto.png")).id
  const [sent, along, noted, elsewhere] = [
    await picture(carla),
    await picture(admin),
    await picture(admin),
    await picture(carla),
  ]
  const number = await ticketOf(carla, { attachmentIds: [sent] })
  await ticketOf(carla, { attachmentIds: [elsewhere] })
  await write(admin, number, [noted], { isInternal: true })
  const all = [sent, along, noted, elsewhere]
  const content = `${all.map((id) => `![foto](/api/v1/attachments/${id})`).join(" ")} <img src="https://example.com/x.png">`
  const shown = (message: Record<string, unknown>) =>
    [...String(message["contentHtml"]).matchAll(/<img src="([^"]+)"/g)].map(([, src]) => src!.split("/").at(-1))
  assert.deepEqual(shown((await write(admin, number, [along], { content })).body), [sent, along])
  assert.deepEqual(shown((await write(admin, number, [], { content, isInternal: true })).body), [sent, along, noted])
  const { items } = (await carla.call("GET", `/tickets/${number}/messages`)).body as {
    items: { contentHtml: string }[]
  }
  assert.deepEqual(shown(items.at(-1)!), [sent, along], "as it is shown")
})

test("a picture is what its bytes say, and nothing else is shown in place", async () => {
  const uploads: [type: string, bytes: Buffer, kept: string, shown: boolean][] = [
    ["image/png", png, "image/png", true],
    ["text/html", png, "image/png", true],
    ["image/png", Buffer.from("<script>alert(1)</script>"), "application/octet-stream", false],
    ["IMAGE/JPEG", Buffer.from("<svg onload=alert(1)>"), "application/octet-stream", false],
    ["image/webp", Buffer.from("RIFF....WEBPVP8 "), "image/webp", true],
    ["image/svg+xml", Buffer.from("<svg onload=alert(1)>"), "image/svg+xml", false],
    ["text/html", Buffer.from("<script>alert(1)</script>"), "text/html", false],
    ["x\u007f/evil", Buffer.from("x"), "application/octet-stream", false],
  ]
  for (const [type, bytes, kept, isShown] of uploads) {
    const { id, mimeType } = await upload(carla, bytes, type)
    assert.equal(mimeType, kept, type)
    const { headers } = await download(carla, id)
    assert.equal(headers["content-type"], isShown ? kept : "application/octet-stream")
    assert.match(String(headers["content-disposition"]), isShown ? /^inline;/ : /^attachment;/)
    assert.equal(headers["content-security-policy"], "sandbox; default-src 'none'")
    assert.equal(headers["x-content-type-options"], "nosniff")
  }
})

test("files stand in the order in which they were chosen, in whatever order their uploads ended", async () => {
  const names = ["tres.txt", "uno.txt", "dos.txt"]
  const uploads = new Map<string, string>()
  for (const name of names) uploads.set(name, (await upload(carla, undefined, undefined, name)).id)
  const chosen = ["uno.txt", "dos.txt", "tres.txt"]
  const number = await ticketOf(carla, { attachmentIds: chosen.map((name) => uploads.get(name)!) })
  const again = ["b.txt", "a.txt"]
  const [a, b] = [
    await upload(admin, undefined, undefined, "a.txt"),
    await upload(admin, undefined, undefined, "b.txt"),
  ]
  const { status, body: written } = await write(admin, number, [b.id, a.id])
  assert.equal(status, 201)
  const { body } = await carla.call("GET", `/tickets/${number}/messages`)
  const shown = (body["items"] as { id: string; attachments: { name: string }[] }[]).map(({ attachments }) =>
    attachments.map(({ name }) => name),
  )
  assert.deepEqual(shown, [chosen, again])
  const id = String(written["id"])
  assert.deepEqual(
    (await filesOf(desk.db, [id])).get(id)!.map(({ fileName }) => fileName),
    again,
    "as they are sent",
  )
})
