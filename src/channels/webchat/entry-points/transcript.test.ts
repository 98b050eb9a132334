// The transcript of a chat by mail: a visitor's words go to nobody who has not asked for them.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { changeConnection, createConnection } from "#connections/index.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { chatRoutes } from "./chat-routes.ts"

const desk = await openDesk(chatRoutes)
let chat: string
let count = 0

beforeEach(async () => {
  const settings = { kind: "webchat", name: `Chat ${++count}`, settings: {} } as const
  chat = await acting(desk, (act) => createConnection(act, desk.secrets, settings))
})

async function call(path: string, token?: string, body?: object) {
  const response = await desk.app.inject({
    method: body ? "POST" : "GET",
    url: `/chat/${chat}${path}`,
    remoteAddress: `10.2.0.${++count % 250}`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(body && { payload: body }),
  })
  return { status: response.statusCode, body: response.body ? response.json() : null }
}
async function visitor() {
  const { token, visitorId } = (await call("/visitor", undefined, {})).body as { token: string; visitorId: string }
  const say = (text: string, more: object = {}) => call("/messages", token, { clientId: "client-1", text, ...more })
  return { token, visitorId, say }
}
const mails = async () => {
  const rows = await desk.db.kysely
    .selectFrom("outgoingEmails")
    .selectAll()
    .orderBy("createdAt")
    .orderBy("id")
    .execute()
  return rows.map(({ recipient, sealed }) => ({
    recipient,
    ...(JSON.parse(desk.secrets.open(sealed!)) as { text: string }),
  }))
}

test("a transcript goes to an address only once its holder has asked for it by the link, whose mail says nothing of the chat", async () => {
  const carla = await visitor()
  await carla.say("mi clave es 1234", { name: "Carla <script>" })
  const ask = (email: string) => call("/transcript", carla.token, { email, language: "es" })
  assert.equal((await ask("nobody@example.com")).status, 202)
  assert.deepEqual(await mails(), [], "no mail server is set")
  desk.mailIsSet = true
  assert.equal((await ask("victim@example.com")).status, 202)
  assert.equal((await ask("Victim+1@example.com")).status, 202)
  const [link, ...none] = await mails()
  assert.deepEqual([link!.recipient, none.length], ["victim@example.com", 0], "once an hour")
  assert.doesNotMatch(link!.text, /1234|Carla/)
  const token = /#transcript=([\w-]+)/.exec(link!.text)![1]!
  const confirm = (text: string) => call("/transcript/confirmation", undefined, { token: text })
  assert.equal((await confirm(`${token.slice(0, -4)}AAAA`)).body.code, "link_over")
  assert.equal((await confirm(token)).status, 202)
  const [, transcript] = await mails()
  assert.match(transcript!.text, /^Tú, [^\n]+:\nmi clave es 1234\n/)
  desk.clock.pass(31 * 60_000)
  assert.equal((await confirm(token)).status, 403)
  await acting(desk, (act) => changeConnection(act, desk.secrets, chat, { settings: { transcript: false } }))
  assert.equal((await call("/conversation", carla.token)).body.connection.mailsTranscripts, false)
  desk.mailIsSet = false
})

test("an address that is proved to be the visitor's gets the transcript at once, and one that is only proved to be somebody's does not", async () => {
  desk.mailIsSet = true
  const carla = await visitor()
  await carla.say("hola")
  const own = { kind: "visitor", value: carla.visitorId } as const
  const { contactId } = await desk.db.kysely
    .selectFrom("contactIdentities")
    .select("contactId")
    .where("kind", "=", own.kind)
    .where("value", "=", own.value)
    .executeTakeFirstOrThrow()
  const email = (value: string, confirmedFor: string | null, n: number) => {
    const row = { id: `idn_mail${count}${n}`, contactId, kind: "email", scope: "", value, proof: "link" } as const
    return desk.db.kysely
      .insertInto("contactIdentities")
      .values({ ...row, confirmedFor, createdAt: desk.now() })
      .execute()
  }
  await email("carla@mine.example", contactId, 1)
  await email("only@proved.example", null, 2)
  const before = (await mails()).length
  for (const to of ["carla@mine.example", "only@proved.example"])
    await call("/transcript", carla.token, { email: to, language: "en" })
  const sent = (await mails()).slice(before).toSorted((a, b) => (a.recipient < b.recipient ? -1 : 1))
  assert.deepEqual(
    sent.map(({ recipient, text }) => [recipient, /#transcript=/.test(text)]),
    [
      ["carla@mine.example", false],
      ["only@proved.example", true],
    ],
  )
  desk.mailIsSet = false
})
