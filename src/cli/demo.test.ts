import { openFileStorage } from "#kernel/storage/file-storage.ts"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { inTransaction } from "#kernel/act.ts"
import { createServer } from "#kernel/http/server.ts"
import { createLog } from "#kernel/log.ts"
import { openDatabase } from "#kernel/db.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { chatRoutes } from "#channels/webchat/entry-points/chat-routes.ts"
import { signIn } from "#people/sign-in/sign-in.ts"
import { writeReply } from "#replies/index.ts"
import { listQuery } from "#tickets/api-contract.ts"
import { lockTicket } from "#tickets/index.ts"
import { listTickets } from "#tickets/list/list-tickets.ts"
import { testDatabase } from "#test/database.ts"
import { rowsOfDemoMailbox } from "#test/desks/rows-of-demo-mailbox.ts"
import { dataFolder } from "#test/server-process.ts"
import { fillDesk } from "./demo.ts"
import { startDemoMailServer } from "#demo/mail/mail-server.ts"
import { createSeededRandom } from "#demo/seeded-random.ts"
import { seedWorkspace } from "#demo/seed-workspace.ts"
import { scheduleScenes } from "#demo/build-three-months-of-scenes.ts"
import type { CreatedIds } from "#demo/scene-context.ts"
import type { Workspace } from "#demo/seeded-workspace-type.ts"
import { chatAsVisitors } from "#demo/chat-visitor.ts"
import { examine } from "./doctor/check-invariants.ts"

const storage = openFileStorage(dataFolder())
const outside = { channelApis: {}, outbound: createOutbound({ allowPrivate: [] }), storage }

const { url } = await testDatabase()
const secrets = createSecrets("a secret for tests only")
const said: string[] = []
const wish = {
  mail: await startDemoMailServer(),
  tickets: 140,
  seed: 7,
  password: "a password for tests",
  force: false,
  print: (line: string) => void said.push(line),
}
// A Wednesday, ten in the morning in Bogotá.
const now = new Date("2026-11-18T15:00:00Z")
const db = openDatabase(url)
let made: CreatedIds
let shop: Workspace

before(async () => {
  ;({ made, shop } = await fillDesk({ db, secrets, ...outside }, { ...wish, now }))
})
after(() => Promise.all([db.close(), wish.mail.close()]))

const ask = async <Row = Record<string, unknown>>(sql: string) => (await db.pool.query(sql)).rows as Row[]
const words = async (sql: string) => (await ask<{ word: string }>(sql)).map(({ word }) => word)
const count = async (sql: string) => (await ask<{ n: number }>(`select count(*) as n from ${sql}`))[0]!.n

test("it says how many tickets and messages there are", async () => {
  const [tickets, messages] = [await count("tickets"), await count("messages")]
  assert.equal(said.at(-1), `The desk holds ${tickets} tickets with ${messages} messages.`)
})

test("the desk shows every phase, the kinds of tickets, and every way a message finds its ticket", async () => {
  assert.deepEqual(await words("select distinct phase as word from tickets order by 1"), [
    "active",
    "closed",
    "new",
    "resolved",
    "waiting",
  ])
  assert.deepEqual(await words("select distinct kind as word from tickets order by 1"), [
    "conversation",
    "incident",
    "mirrored",
    "support",
  ])
  const codes = await words("select distinct why->>'code' as word from events where why is not null")
  const printed = [
    "joined_active",
    "created_no_ticket",
    "created_window_passed",
    "reopened_in_window",
    "reopened_group",
    "attached_acknowledgement",
    "attached_late",
  ]
  assert.deepEqual(
    printed.filter((code) => !codes.includes(code)),
    [],
  )
})

test("both languages, other scripts, long texts and long names occur", async () => {
  assert.ok((await count("messages where content ~* '(pedido|gracias|envío)'")) > 20)
  assert.ok((await count("messages where content ~* '(order|shipping|thank)'")) > 5)
  for (const script of ["[\u0600-\u06ff]", "[\u0590-\u05ff]", "[\u{1f300}-\u{1faff}]"]) {
    assert.ok((await count(`messages where content ~ '${script}'`)) > 0, script)
  }
  assert.ok((await count("messages where length(content) > 800")) > 0)
  assert.ok((await count("contacts where length(name) > 100")) > 0)
})

test("groups, notes, drafts, unread, unassigned, reopened, campaign answers and a failed reply occur", async () => {
  for (const sql of [
    "tickets where is_group and phase = 'active' and reopen_count = 1",
    "messages where is_internal",
    "drafts",
    "tickets where unread_messages > 0 and assignee_id is not null",
    "tickets where unread_messages > 0 and assignee_id is null",
    "tickets where kind = 'conversation' and reopen_count > 0",
    "tickets where campaign_shipment_id is not null and message_count > 1",
    "tickets where campaign_shipment_id is not null and message_count = 1 and phase = 'closed'",
    "messages where delivery_state = 'failed'",
    "tickets where priority = 'urgent'",
    "ticket_categories",
    "tickets where cardinality(tags) > 0",
  ]) {
    assert.ok((await count(sql)) > 0, sql)
  }
})

test("a mailbox occurs, and a number of WhatsApp: ticks, a failed send, a closed window, a notice that reached most", async () => {
  for (const sql of [
    ...rowsOfDemoMailbox,
    "messages m join connections c on c.id = m.connection_id where c.kind = 'whatsapp' and m.delivery_state = 'read'",
    "messages m join connections c on c.id = m.connection_id where c.kind = 'whatsapp' and m.delivery_code in (131000, 131026)",
    "campaigns where status = 'done' and template is not null",
    "campaign_shipments s join messages m on m.id = s.message_id where m.delivery_state = 'failed'",
    "campaign_shipments s join tickets t on t.id = s.ticket_id where t.message_count > 1",
    "templates where status = 'APPROVED'",
  ]) {
    assert.ok((await count(sql)) > 0, sql)
  }
})

test("what staff keep at hand occurs, and is used: fields, texts, macros, views, rules, who is there", async () => {
  for (const sql of [
    "tickets where custom_fields ? 'pedido' and custom_fields ? 'motivo'",
    "tickets where custom_fields ? 'prometido'",
    "saved_replies where language = 'en'",
    "macro_runs r join tickets t on t.id = r.ticket_id where 'falta-foto' = any(t.tags)",
    "messages where content like 'Lamentamos lo ocurrido, Esteban.%'",
    "(select from views where visibility <> 'all' having count(distinct visibility) = 2) of_one_and_of_a_team",
    "assignment_rules where name ~ '→'",
    "(select from events where kind = 'automation.applied' having count(distinct why ->> 'code') = 3) of_each_trigger",
    "automation_rules r where r.actions #>> '{0,type}' = 'reply' and not exists (select from saved_replies where id = r.actions #>> '{0,value}')",
    "presence where status = 'online'",
    "contacts where tier = 'Mayorista'",
    "surveys where score = 5 and comment is not null",
    "tickets where survey_score < 3 and status = 'closed'",
    "connections where survey",
    "connections where out_of_hours_text is not null and calendar_id is not null",
    "users where calendar_id is not null and role = 'agent'",
    "sla_policies where is_default and calendar_id is not null and visible_to_customer",
    "sla_policies where not is_default and calendar_id is null",
    "(select from notifications where kind ~ '^sla_' and read_at is null having count(distinct kind) = 2) of_both",
  ]) {
    assert.ok((await count(sql)) > 0, sql)
  }
})

test("deadlines occur as every chip shows them", async () => {
  const query = listQuery.parse({ limit: "100", sort: "slaDueAt" })
  const { items } = await listTickets({ db, now: () => now }, shop.people.alma, query)
  const chips = new Set<string>(items.flatMap(({ sla }) => sla?.targets.map(({ state }) => state) ?? []))
  for (const state of ["on_track", "warning", "breached", "paused", "met"]) assert.ok(chips.has(state), state)
})

test("tickets that are snoozed, merged, split and linked occur, and a customer with tickets of their own", async () => {
  for (const sql of [
    `tickets where snoozed_until > '${now.toISOString()}'`,
    "tickets m join tickets t on t.id = m.merged_into where t.message_count > 3",
    "ticket_links where type = 'split'",
    "ticket_links where type = 'conversation'",
    "ticket_links l join tickets t on t.id = l.to_id where l.type = 'follow_up' and t.active",
    "tickets where phase = 'resolved' and resolution is not null",
    "notifications where kind = 'mentioned' and read_at is null",
    "notifications where read_at is not null",
    "agreement_evidence where agreement_id is null",
    "agreements a, agreements b, agreements c where a.state = 'awaiting' and b.state = 'disagreed' and c.state = 'escalated'",
  ]) {
    assert.ok((await count(sql)) > 0, sql)
  }
  const own = "tickets t join users u on u.contact_id = t.contact_id where u.email = 'carla@example.com'"
  assert.deepEqual(await words(`select distinct t.status as word from ${own} order by 1`), [
    "closed",
    "open",
    "resolved",
  ])
})

test("one cause explains most of the incidents, the others each have their own", async () => {
  const groups = await ask<{ n: number }>(
    "select count(*) as n from incidents group by trigger, failure_code order by 1 desc",
  )
  assert.ok(groups[0]!.n >= 40 && groups.length >= 3, JSON.stringify(groups))
})

test("what was made holds every promise, as the doctor sees it, and nothing is left in the queue", async () => {
  const seen = await examine({ db, secrets, patienceMs: 1_000 })
  assert.deepEqual(
    seen.checks.filter(({ ok }) => !ok),
    [],
  )
  assert.equal(await count("queue.job"), 0)
  assert.equal(await count("messages where delivery_state = 'queued'"), 0)
  assert.equal(await count("sends where state in ('queued', 'sending')"), 0)
  assert.equal(
    await count(
      "(select thread_key from tickets where active and thread_key is not null group by 1 having count(*) > 1) twice",
    ),
    0,
  )
})

test("it is as large as asked for, three months deep and alive today; numbers rise with time and nothing is of tomorrow", async () => {
  assert.equal(await count("tickets where kind <> 'incident'"), made.tickets.size)
  assert.ok(Math.abs(made.tickets.size - wish.tickets) <= 15, `${made.tickets.size} tickets`)
  const at = now.toISOString()
  assert.ok((await count(`tickets where created_at < '${at}'::timestamptz - interval '60 days'`)) > 5)
  assert.ok((await count(`tickets where last_message_at > '${at}'::timestamptz - interval '1 hour'`)) >= 5)
  assert.equal(await count(`messages where sent_at > '${at}'`), 0)
  assert.equal(
    await count(
      "(select number, lag(number) over (order by created_at, number) as before from tickets) n where before > number",
    ),
    0,
  )
})

test("the same seed gives the same stories", () => {
  const printed = (seed: number) => scheduleScenes(createSeededRandom(seed), 120, now)
  assert.deepEqual(printed(3), printed(3))
  assert.notDeepEqual(printed(3), printed(4))
})

test("the cast can sign in with the password, each in their role", async () => {
  const rows = await ask<{ email: string; role: string }>("select email, role from users order by email")
  const roles = rows.map(({ email, role }) => `${email.split("@")[0]} ${role}`)
  assert.deepEqual(roles, ["alma admin", "ana agent", "bruno agent", "carla user", "sol lead", "teo agent"])
  const kit = { db, now: () => now }
  for (const { email } of rows) await signIn(kit, { email, password: wish.password, replaces: null })
  await assert.rejects(signIn(kit, { email: rows[0]!.email, password: "another password", replaces: null }))
})

test("the desk is in a country, whose numbers people write without a code; one that has its own stays there", async () => {
  const country = () => words("select value #>> '{}' as word from settings where name = 'desk.country'")
  assert.deepEqual(await country(), ["CO"])
  const acts = "select kind as word from admin_acts where subject_id = 'desk.country'"
  assert.deepEqual(await words(acts), ["setting.changed"])
  await ask(`update settings set value = '"MX"' where name = 'desk.country'`)
  await seedWorkspace(db, secrets, { ...wish, now: new Date(now.getTime() + 30_000) })
  assert.deepEqual(await country(), ["MX"])
})

test("a desk that has tickets is left alone, unless --force says otherwise", async () => {
  const again = { ...wish, tickets: 30, seed: 8, now: new Date(now.getTime() + 60_000) }
  const [kit, before] = [{ db, secrets, ...outside }, await count("tickets")]
  await assert.rejects(fillDesk(kit, again), /has tickets already/)
  assert.equal(await count("tickets"), before)
  const mailboxes = () => words("select enabled::text as word from connections where kind = 'email'")
  await assert.rejects(fillDesk(kit, { ...again, force: true, print: () => assert.fail("cut off") }), /cut off/)
  assert.deepEqual(await mailboxes(), ["false"], "its servers end with the command")
  await fillDesk(kit, { ...again, force: true })
  assert.deepEqual(await mailboxes(), ["true"])
  assert.ok((await count("tickets")) > before)
  const tables = ["users", "custom_fields", "assignment_rules", "automation_rules"]
  assert.deepEqual(await Promise.all(tables.map((table) => count(table))), [6, 3, 2, 4])
})

test("the visitor comes in through the chat's own API and answers each answer", async () => {
  const kit = { db, secrets, now: () => new Date(), ...outside }
  const app = createServer({ log: createLog("silent"), authenticate: async () => null, trustedProxies: [] })
  chatRoutes(app, { ...kit, publicUrl: "http://hilo.test", mailIsSet: false })
  after(() => app.close())
  const stop = new AbortController()
  const said: string[] = []
  let answered: Promise<unknown> = Promise.resolve()
  const print = (line: string) => {
    said.push(line)
    if (said.length === 1) answered = answerNora()
    if (/[Gg]racias|espero/.test(line) || said.length > 50) stop.abort()
  }
  const address = await app.listen({ port: 0, host: "127.0.0.1" })
  await chatAsVisitors({ url: address, chat: shop.connections.chat, signal: stop.signal, print, pauseMs: 50 })
  await answered
  assert.equal(said.at(-1), "Nora Aguilar: ¡Ah, qué rápido! Gracias")
  assert.equal(await count("tickets t join contacts c on c.id = t.contact_id where c.name = 'Nora Aguilar'"), 1)
})

/** Ana answers the visitor's first message as she would from the inbox. */
async function answerNora() {
  const [row] = await ask<{ id: string }>(
    "select t.id from tickets t join messages m on m.ticket_id = t.id where m.content like 'Hola, ¿hay alguien%' and t.active",
  )
  const who = shop.people.ana
  await inTransaction(db, { actor: who, now: new Date() }, async (act) =>
    writeReply(act, who, await lockTicket(act, row!.id), { content: "¡Hola, Nora! Aquí estoy." }),
  )
}
