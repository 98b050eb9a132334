// A03, for visitors: the files that the desk sends into a chat are for its visitor alone.
import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { createConnection } from "#connections/index.ts"
import { insertUpload } from "#files/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { chatRoutes } from "./chat-routes.ts"
import { chatFileRoutes } from "./file-routes.ts"

const desk = await openDesk((app, kit) => {
  chatRoutes(app, kit)
  chatFileRoutes(app, kit)
  replyRoutes(app, kit)
})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
const makeChat = () =>
  acting(desk, (act) => createConnection(act, desk.secrets, { kind: "webchat", name: newId("chat"), settings: {} }))
const chat = await makeChat()

async function call(token: string | null, path: string, payload?: object) {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const method = payload ? "POST" : "GET"
  return desk.app.inject({ method, url: `/chat/${path}`, headers, ...(payload && { payload }) })
}
async function visitor(connection = chat) {
  const { token } = (await call(null, `${connection}/visitor`, {})).json<{ token: string }>()
  await call(token, `${connection}/messages`, { clientId: newId("cli").slice(4), text: "hola" })
  const { rows } = await desk.db.pool.query("select id from tickets order by created_at desc, id desc limit 1")
  return { token, ticketId: String(rows[0].id) }
}
async function upload(bytes: string, mimeType = "text/html") {
  const stored = await desk.storage.put(Readable.from([Buffer.from(bytes)]), 1_000)
  return acting(desk, (act) => insertUpload(act, { fileName: "guía.html", mimeType, userId: ana.userId }, stored))
}
const send = async (ticketId: string, id: string, more: object = {}) => {
  const answer = await ana.call("POST", `/tickets/${ticketId}/messages`, { content: "", attachmentIds: [id], ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
}
type Conversation = { messages: { content: string; files: { id: string }[] }[] }

test("a visitor is shown what the desk sent them, and gets it as a download that runs nothing", async () => {
  const carla = await visitor()
  const id = await upload("<script>1</script>")
  await send(carla.ticketId, id)
  const { messages } = (await call(carla.token, `${chat}/conversation`)).json<Conversation>()
  assert.deepEqual(messages.at(-1)!.files, [{ id, name: "guía.html", mimeType: "text/html", size: 18 }])
  const got = await call(carla.token, `${chat}/files/${id}`)
  assert.deepEqual([got.statusCode, got.body], [200, "<script>1</script>"])
  assert.equal(got.headers["content-type"], "application/octet-stream")
  assert.match(String(got.headers["content-disposition"]), /^attachment;/)
  assert.match(String(got.headers["content-security-policy"]), /sandbox/)
})

test("nobody else gets it: not another visitor, not through another chat, not a stranger", async () => {
  const other = await makeChat()
  const [carla, damian, elsewhere] = [await visitor(), await visitor(), await visitor(other)]
  const id = await upload("para Carla")
  await send(carla.ticketId, id)
  const tries = [
    await call(damian.token, `${chat}/files/${id}`),
    await call(elsewhere.token, `${other}/files/${id}`),
    await call(carla.token, `${chat}/files/${newId("att")}`),
  ]
  for (const { statusCode, body } of tries) {
    assert.equal(statusCode, 404)
    assert.equal((JSON.parse(body) as { code: string }).code, "not_found")
  }
  for (const token of [null, "vis_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", elsewhere.token])
    assert.equal((await call(token, `${chat}/files/${id}`)).statusCode, 401)
})

test("a note's file and one that was never sent are not there for the visitor", async () => {
  const carla = await visitor()
  const [noted, unsent] = [await upload("entre nosotros"), await upload("todavía no")]
  await send(carla.ticketId, noted, { isInternal: true })
  for (const id of [noted, unsent]) assert.equal((await call(carla.token, `${chat}/files/${id}`)).statusCode, 404)
  const conversation = await call(carla.token, `${chat}/conversation`)
  assert.doesNotMatch(conversation.body, new RegExp(`${noted}|${unsent}`))
})
