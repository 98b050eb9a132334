// Two servers with one mailbox, killed at any step of fetching, receiving and sending: each mail is there once, and each answer left at
// most once. A few rounds in the suite. A hundred: HILO_ROUNDS=100 node bin/node.mjs test/stories/mails-through-server-kills.test.ts
// HILO_SEED=NUMBER has others killed at other instants.
import assert from "node:assert/strict"
import { EventEmitter, once } from "node:events"
import { after, test } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { openDatabase } from "#kernel/db.ts"
import { createSeededRandom } from "../../demo/seeded-random.ts"
import { testDatabase } from "../database.ts"
import { imapPassword, imapUser, startImapServer } from "../fakes/imap-server.ts"
import { rawMail } from "../fakes/raw-mail.ts"
import { startSubmissionServer } from "../fakes/submission-server.ts"
import { seed } from "../fast-check-seed.ts"
import { ask, dataFolder, type Hilo, keyFor, startHilo, waitUntil } from "../server-process.ts"
import { checkMails, type SentMail } from "./check-mails-after-kills.ts"
import { checkLog } from "./check-after-kills.ts"
import { createSender, longEnoughMs } from "./retrying-senders-by-api-and-webhook.ts"

const rounds = Number(process.env["HILO_ROUNDS"] ?? 3)
// Apart, so that who is killed when does not follow from who happened to write.
const [random, fate] = [createSeededRandom(seed), createSeededRandom(seed + 1)]

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 3 })
after(() => db.close())
const [imap, smtp] = [await startImapServer(), await startSubmissionServer(imapPassword)]

// Servers that share a database share their files.
const folder = dataFolder()
const start = (port?: number) => startHilo({ databaseUrl, folder }, port)
const servers: Hilo[] = [await start(), await start()]
const key = await keyFor({ databaseUrl }, "admin")
const { write } = createSender(
  servers.map(({ url }) => url),
  key,
)

/** Says when a mail is asked for, and when one has arrived that is sent. */
const steps = new EventEmitter()
imap.onAsked((bytes) => void (bytes.includes("BODY.PEEK[]") && steps.emit("fetch")))

async function connect(): Promise<string> {
  smtp.deliver = ({ raw }) => void imap.deliver(raw, new Date())
  const call = async (method: string, path: string, body: object) => {
    const answer = await ask(servers[0]!.url, key, method, path, body)
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    return answer.body
  }
  const at = (port: number) => ({ host: "127.0.0.1", port, security: "none", user: imapUser })
  const mailServers = { imap: at(imap.port), smtp: at(smtp.port) }
  const settings = { address: imapUser, auth: "password", password: imapPassword, ...mailServers }
  const made = await call("POST", "/connections", { kind: "email", name: "Soporte", greeting: "Recibido", settings })
  const { state } = await call("POST", `/connections/${String(made["id"])}/verification`, {})
  assert.equal(state, "verified")
  smtp.mails.splice(0)
  smtp.deliver = () => void steps.emit("send")
  const looked = async () => (await db.pool.query("select from mailboxes where checked_at is not null")).rowCount === 1
  await waitUntil("the mailbox was looked at", looked)
  return String(made["id"])
}

/** The power goes, and what the dead server held is free as it will be in a while. */
async function dies(n: number) {
  await servers[n]!.kill()
  await db.pool.query("update mailboxes set leased_until = '-infinity'")
  servers[n] = await start(Number(new URL(servers[n]!.url).port))
}

/** An instant by chance: after some time, or in the middle of a mail that is fetched or sent. */
function instant(): () => Promise<unknown> {
  const [step, times, ms] = [fate.pick(["time", "fetch", "send"]), fate.whole(1, 4), fate.between(0, 500)]
  if (step === "time") return () => pause(ms)
  const nth = async () => {
    for (let n = 0; n < times; n++) await once(steps, step)
    await pause(fate.pick([0, 0, 5, 20]))
  }
  // The other server may have done it all before.
  return () => Promise.race([nth(), pause(5_000)])
}

test(`a mailbox of two servers that are killed at random for ${rounds} rounds loses nothing and sends nothing twice (HILO_SEED=${seed})`, async (t) => {
  const connectionId = await connect()
  const received: SentMail[] = []
  const replied: { messageId: string; content: string }[] = []

  /** A mail that begins a conversation, or one that answers: the one before it, an answer of ours, or to its address. */
  const writes = () => {
    const one = random.chance(0.5) && received.length > 0 ? random.pick(received) : null
    // Of an address the twenty-first mail of an hour is quarantined.
    const isLong = received.filter(({ conversation }) => conversation === one?.conversation).length >= 15
    const last = isLong ? null : one
    const n = received.length
    const conversation = last?.conversation ?? n
    const ours = smtp.mails.findLast(({ to }) => to[0] === `p${conversation}@example.org`)
    const ways = ours ? (["theirs", "ours", "token"] as const) : (["theirs"] as const)
    const way = last === null ? "new" : random.pick(ways)
    const mail = { id: `m${n}@example.org`, from: `Persona ${conversation} <p${conversation}@example.org>` }
    const header = (name: string) => (ours && smtp.header(ours, name)) ?? ""
    const idsIn = (text: string) => [...text.matchAll(/<([^>]+)>/g)].map(([, id]) => id!)
    // As programs do: what is answered, behind all that was before it.
    const before = received.filter((one) => one.conversation === conversation).map(({ id }) => id)
    const joins = {
      new: {},
      theirs: { inReplyTo: last?.id ?? "", references: before },
      ours: {
        inReplyTo: idsIn(header("Message-ID"))[0] ?? "",
        references: idsIn(header("References") + header("Message-ID")),
      },
      token: { to: header("Reply-To") },
    }[way]
    imap.deliver(rawMail({ ...mail, ...joins, subject: `Correo ${n}`, text: `Texto ${n}` }), new Date())
    received.push({ id: mail.id, conversation })
  }
  const greeted = async () => {
    const text = "select m.ticket_id as id from messages m where m.content = 'Recibido' and m.delivery_state = 'sent'"
    return (await db.pool.query<{ id: string }>(text)).rows.map(({ id }) => id)
  }
  const reply = async (tickets: string[]) => {
    const content = `respuesta ${replied.length} ${random.whole(0, 1e9)}`
    const { id } = await write("POST", `/tickets/${random.pick(tickets)}/messages`, { content })
    replied.push({ messageId: id, content })
  }

  for (let n = 0; n < 4; n++) writes()
  await waitUntil("there are tickets to answer", async () => (await greeted()).length >= 3)
  const killed = [0, 0]
  for (let round = 1; round <= rounds; round++) {
    const tickets = await greeted()
    const victims = fate.pick([[0], [1], [0, 1]])
    const killing = victims.map(async (n) => {
      await instant()()
      await dies(n)
      killed[n]!++
    })
    for (let n = random.whole(4, 8); n > 0; n--) writes()
    const answering = Promise.all([0, 1].map(async () => reply(tickets).then(() => reply(tickets))))
    await Promise.all([answering, ...killing])
  }

  // Nobody is at work: what dead servers had begun is judged as their leases run out, which is now.
  await Promise.all(servers.map((server) => server.kill()))
  await db.pool.query("update sends set claimed_at = claimed_at - interval '2 minutes' where state = 'sending'")
  await db.pool.query("update sends set next_at = now() where state = 'queued'")
  await db.pool.query("update webhook_deliveries set next_at = now() where state = 'stored'")
  await db.pool.query("update mailboxes set leased_until = '-infinity', next_try_at = '-infinity'")
  await db.pool.query("update queue.job set state = 'retry', start_after = now() where state in ('active', 'retry')")
  for (const n of [0, 1]) servers[n] = await start(Number(new URL(servers[n]!.url).port))
  await waitUntil("all mails are there", async () => (await left(received.length)) === 0, longEnoughMs)
  await checkLog(db, servers)
  const figures = await checkMails(db, { connectionId, received, replied, submitted: smtp.mails })
  t.diagnostic(JSON.stringify({ rounds, killed, ...figures }))
})

/** Mails that are not messages yet, messages to send, events to place and to react to, jobs to do: at one instant. */
async function left(mails: number): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(
    `select greatest(0, $1 - (select count(distinct mail_id) from message_mails where mail_id is not null and raw_sha256 is not null))
      + (select count(*) from webhook_deliveries where state = 'stored')
      + (select count(*) from sends where state in ('queued', 'sending'))
      + (select count(*) from events where position is null)
      + (select count(*) from event_readers where position < (select max(position) from events))
      + (select count(*) from queue.job where state in ('created', 'retry', 'active')
          and name not like '%.dead' and name not like '\\_\\_%' and start_after < now() + interval '1 hour') as n`,
    [mails],
  )
  return rows[0]!.n
}
