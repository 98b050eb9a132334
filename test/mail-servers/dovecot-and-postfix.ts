// A mailbox on servers as people have them: `npm run test:mail-servers`. Hilo runs as its users run it, and customers write by Postfix.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { ImapFlow } from "imapflow"
import { createTransport } from "nodemailer"
import { openDatabase } from "#kernel/db.ts"
import { testDatabase } from "../database.ts"
import { rawMail, type TestMail } from "../fakes/raw-mail.ts"
import { ask, keyFor, startHilo, waitUntil } from "../server-process.ts"
import { mailboxPassword, startMailServers } from "./start-mail-servers.ts"

const servers = await startMailServers()
const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 2 })
after(() => db.close())
const hilo = await startHilo({ databaseUrl })
const key = await keyFor({ databaseUrl }, "admin")
const us = "soporte@example.com"
const serverAt = (port: number) => ({ host: "127.0.0.1", port, security: "none", user: us })

const rows = async (text: string, ...values: unknown[]) => (await db.pool.query(text, values)).rows
async function call(method: string, path: string, body?: object) {
  const answer = await ask(hilo.url, key, method, path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}

/** A customer's mail, by their own account at the provider. */
async function write(from: string, mail: TestMail) {
  const auth = { user: from, pass: mailboxPassword }
  const transport = createTransport({ host: "127.0.0.1", port: servers.smtpPort, ignoreTLS: true, auth })
  const raw = rawMail({ to: us, ...mail, from })
  await transport.sendMail({ envelope: { from, to: mail.to ?? us }, raw: raw.replaceAll("\n", "\r\n") })
  transport.close()
}

async function inMailboxOf(user: string): Promise<string[]> {
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: servers.imapPort,
    secure: false,
    auth: { user, pass: mailboxPassword },
    logger: false,
  })
  await client.connect()
  try {
    await client.mailboxOpen("INBOX", { readOnly: true })
    const found = await client.fetchAll("1:*", { source: true })
    return found.map(({ source }) => source!.toString())
  } finally {
    await client.logout()
  }
}

const messages = (text: string) =>
  rows("select id, ticket_id, direction from messages where content like $1 order by position", `%${text}%`)
const received = (text: string) =>
  waitUntil(`"${text}" is received`, async () => (await messages(text)).length > 0, 30_000)

async function connect(settings: object) {
  const ways = { imap: serverAt(servers.imapPort), smtp: serverAt(servers.smtpPort) }
  const all = { address: us, ...ways, auth: "password", password: mailboxPassword, ...settings }
  const { id } = await call("POST", "/connections", { kind: "email", name: "Soporte", settings: all })
  return { id: String(id), verified: await call("POST", `/connections/${String(id)}/verification`, {}) }
}

test("a mailbox proves itself: both ways, addresses with a plus, ids that survive", async () => {
  const { verified } = await connect({})
  assert.equal(verified["state"], "verified", JSON.stringify(verified))
  const { in: reads, out, plusAddress, idSurvives } = verified["learnt"] as Record<string, unknown>
  assert.deepEqual([reads, out, plusAddress, idSurvives], [true, true, true, true])
})

test("a mail is a ticket, its answer arrives in its thread, and what answers that by the address alone joins", async () => {
  await write("carla@example.org", { id: "one@carla", subject: "Sin señal", text: "No hay señal en casa" })
  await received("No hay señal")
  const [{ ticket_id: ticketId }] = await messages("No hay señal")
  await call("POST", `/tickets/${ticketId}/messages`, { content: "Lo **vemos** enseguida" })
  let mails: string[] = []
  const hasCome = async () => (mails = await inMailboxOf("carla@example.org")).length > 0
  await waitUntil("the answer is in her mailbox", hasCome, 30_000)
  const header = (name: string) =>
    new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(mails[0]!)?.[1]?.replaceAll(/\r\n[ \t]+/g, " ")
  assert.match(header("In-Reply-To")!, /one@carla/)
  assert.equal(header("Subject"), "=?UTF-8?Q?Re=3A_Sin_se=C3=B1al?=")
  const token = /[^\s<]+\+[a-z2-7]{42}@example\.com/.exec(header("Reply-To")!)![0]
  await write("carla@example.org", { id: "two@carla", to: token, subject: "Gracias", text: "Sigue sin volver" })
  await received("Sigue sin volver")
  assert.equal((await messages("Sigue sin volver"))[0].ticket_id, ticketId)
})

test("what comes back fails the answer that it is about, and no ticket begins", async () => {
  await write("nadie@refused.example", { id: "lost@nadie", text: "Escribo desde una casilla rara" })
  await received("casilla rara")
  const [{ ticket_id: ticketId }] = await messages("casilla rara")
  const { id } = await call("POST", `/tickets/${ticketId}/messages`, { content: "¿Nos lee?" })
  const [{ n: before }] = await rows("select count(*)::int as n from tickets")
  const state = async () =>
    (await rows("select delivery_state as is, delivery_reason as why from messages where id = $1", id))[0]
  await waitUntil("the answer has failed", async () => (await state()).is === "failed", 30_000)
  assert.equal((await state()).why, "mail_address")
  assert.deepEqual(await rows("select count(*)::int as n from tickets"), [{ n: before }])
})

test("a server that is started anew is read on, and mails that other programs read or remove do no harm", async () => {
  await servers.restartDovecot()
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: servers.imapPort,
    secure: false,
    auth: { user: us, pass: mailboxPassword },
    logger: false,
  })
  await client.connect()
  await client.mailboxOpen("INBOX")
  await client.messageFlagsAdd("1:*", ["\\Seen"])
  await client.messageDelete("1:2")
  await client.append("INBOX", rawMail({ id: "read@dani", from: "dani@example.org", text: "Ya la leyeron" }), [
    "\\Seen",
  ])
  await client.logout()
  await received("Ya la leyeron")
  assert.deepEqual(await rows("select reason from failed_deliveries"), [])
})
