// One message is a batch of one: however the same messages are cut into batches, and whichever server receives which of
// them, the rows are the same.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { system } from "#kernel/act.ts"
import { inPipeline } from "#kernel/database/pipeline.ts"
import { openDatabase } from "#kernel/db.ts"
import { contactRoutes, identityOf } from "#contacts/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { type Desk, member, openDesk } from "#test/desks/test-desk.ts"
import { fc } from "#test/fast-check-seed.ts"
import type { InboundMessage } from "./inbound-message.ts"
import { readIntakeSettings } from "./intake-settings.ts"
import { receiveBatch } from "./receive-batch.ts"
import { receiveMessage } from "./receive-message.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  contactRoutes(app, kit)
})
const other = { ...desk, db: openDatabase(desk.db.url, { waitMs: 0 }) }
after(() => other.db.close())
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows

const pasts = [
  "none",
  "active",
  "closed",
  "long_closed",
  "blocked",
  "led",
  "led_resolved",
  "led_waiting",
  "snoozed",
] as const
type Past = (typeof pasts)[number]
type Said = {
  who: number
  group: boolean
  connection: number
  direction: "in" | "out"
  kind: InboundMessage["kind"]
  text: string
  /** Seconds before now; null: it says no time. */
  ago: number | null
  shipment: string | null
  bot: boolean
  file: boolean
  /** This one is the n-th again. */
  again: number | null
  about: number
}

const people = 4
const farewell = "¡Hasta luego!"
const story = fc.record({
  pasts: fc.array(fc.constantFrom<Past>(...pasts), { minLength: people, maxLength: people }),
  said: fc.array(
    fc.record<Said>({
      who: fc.nat(people - 1),
      group: fc.constantFrom(false, false, false, true),
      connection: fc.constantFrom(0, 0, 1),
      direction: fc.constantFrom("in", "in", "in", "out"),
      kind: fc.constantFrom("message", "message", "message", "message", "message", "message", "reaction", "system"),
      text: fc.constantFrom("hola", "hola", "gracias", "BAJA", "ALTA", farewell),
      ago: fc.option(fc.constantFrom(0, 1, 1, 60, 3_000, 3_601, 90_000), { freq: 3 }),
      shipment: fc.constantFrom(null, null, null, "A", "B"),
      bot: fc.constantFrom(false, false, false, true),
      file: fc.constantFrom(false, false, true),
      again: fc.option(fc.nat(12), { freq: 8 }),
      about: fc.nat(12),
    }),
    { minLength: 2, maxLength: 14 },
  ),
  /** After how many messages each batch ends, and which server receives it. */
  cuts: fc.array(fc.record({ size: fc.integer({ min: 1, max: 8 }), server: fc.nat(1) }), {
    minLength: 14,
    maxLength: 14,
  }),
})

let last = 0
/** A world of its own: connections, people and what was before. */
async function createTelling() {
  const n = ++last
  const first = await openMessageSource(desk, { reopenWindowMinutes: 120, farewellText: farewell })
  const second = await openMessageSource(desk, { reopenWindowMinutes: 30, reopenFrom: "closure" })
  return { n, sources: [first, second], phones: Array.from({ length: people }, (_, i) => `+57301${n + 1000}${i}00`) }
}
type Telling = Awaited<ReturnType<typeof createTelling>>

const done = async (method: "PUT" | "POST" | "PATCH", url: string, body: object) => {
  const answer = await root.call(method, url, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const hour = 3_600_000

/** What was before, on both connections: the long ago first. */
async function live({ sources, phones }: Telling, all: Past[], isLongAgo: boolean) {
  for (const [who, past] of all.entries()) {
    if (past === "none" || (past === "long_closed") !== isLongAgo) continue
    for (const [c, { says }] of sources.entries()) {
      const label = `past ${who} ${c}`
      const begin = new Date(desk.clock.now.getTime() - hour)
      await says(phones[who]!, { externalId: `${label} a`, name: `Persona ${who}`, sentAt: begin })
      const { ticket } = await says(phones[who]!, { externalId: `${label} b`, sentAt: desk.clock.now })
      await settle(ticket!.id, past, phones[who]!)
    }
  }
}

async function settle(id: string, past: Past, phone: string) {
  if (past === "closed" || past === "long_closed") await done("PUT", `/tickets/${id}/status`, { status: "closed" })
  if (past === "snoozed")
    await done("PUT", `/tickets/${id}/snooze`, { until: new Date(desk.clock.now.getTime() + 9 * hour) })
  if (past === "blocked") {
    const [row] = await query("select contact_id as contact from tickets where id = $1", id)
    await done("PATCH", `/contacts/${String(row.contact)}`, { blocked: true })
  }
  if (!past.startsWith("led")) return
  const into = await done("POST", "/tickets", { subject: "Caso", contact: { phone } })
  await done("POST", `/tickets/${id}/merge`, { into: into["id"] })
  const status = { led: null, led_resolved: "resolved", led_waiting: "pending" }[past as "led"]
  if (status) await done("PUT", `/tickets/${String(into["id"])}/status`, { status })
}

function inboundsOf({ n, sources, phones }: Telling, said: Said[]): InboundMessage[] {
  const one = (i: number): InboundMessage => {
    const { who, group, connection, direction, kind, text, ago, shipment, bot, file, again } = said[i]!
    if (again !== null && again < i) return one(again)
    const connectionId = sources[connection]!.id
    const talk = { identity: identityOf(`G${n}`, { kind: "group", scope: connectionId })!, name: "Grupo" }
    return {
      connectionId,
      externalId: `said ${i}`,
      kind,
      direction,
      person: { identity: identityOf(phones[who]!, { scope: connectionId })!, name: `Persona ${who}` },
      group: group ? talk : null,
      address: group ? `G${n}` : phones[who]!,
      position: 10 ** 12 * (n + 1) + i,
      text,
      ...(file && { files: [{ providerId: `f${i}`, mimeType: "image/png", fileName: "f.png", sha256: null }] }),
      sentAt: ago === null ? null : new Date(desk.clock.now.getTime() - ago * 1_000),
      replyTo: kind === "message" ? null : aboutOf(said, i),
      categoryIds: null,
      campaignShipmentId: shipment,
      assigneeId: null,
      bot,
    }
  }
  return said.map((_, i) => one(i))
}

/** What a notice is about: an earlier message of the same conversation, or one that nobody knows. */
function aboutOf(said: Said[], i: number): string {
  const { who, group, connection, about } = said[i]!
  const isSame = (one: Said) => one.connection === connection && one.group === group && (group || one.who === who)
  const earlier = said.slice(0, i).flatMap((one, n) => (isSame(one) ? [n] : []))
  return `said ${earlier[about % earlier.length] ?? "elsewhere"}`
}

/** As deliveries are processed: together what can be, and the rest one after the other. */
async function takeIn(server: Desk, batch: InboundMessage[]) {
  const how = { now: desk.now(), rules: await readIntakeSettings(server.db) }
  const settled = await inPipeline(server.db, (run) => receiveBatch(run, batch, how))
  for (const inbound of batch) if (!settled.has(inbound)) await receiveMessage(server, system, inbound)
}

/** All rows that tell of it. Ids, numbers and addresses of this telling become words that every telling shares. */
async function rowsOf({ n, sources, phones }: Telling): Promise<string[]> {
  const connectionIds = sources.map(({ id }) => id)
  const contacts = await query(
    `select c.id, c.name, c.is_group, c.blocked, json_agg(json_build_object('kind', i.kind, 'value', i.value, 'wants',
       i.wants_marketing, 'at', i.marketing_said_at, 'by', i.marketing_said_by, 'proof', i.proof, 'sure', i.confirmed_for = c.id) order by i.value) as identities
     from contacts c join contact_identities i on i.contact_id = c.id where i.value = any($1) or i.scope = any($2) group by c.id`,
    phones,
    connectionIds,
  )
  const contactIds = contacts.map(({ id }) => id as string)
  const tickets = await query(
    `select t.id, t.number, t.kind, t.status, t.active, t.contact_id, t.connection_id, t.is_group, t.assignee_id, t.team_id,
       t.unread_messages, t.message_count, t.first_message_at, t.last_message_at, t.updated_at, t.closed_at, t.resolved_at,
       t.reopen_count, t.cycle, t.version, t.snoozed_until, t.campaign_shipment_id, t.thread_key, t.merged_into,
       t.created_by_kind, t.created_by_id,
       (select json_agg(l.to_id) from ticket_links l where l.from_id = t.id and l.type <> 'merged') as links
     from tickets t where t.contact_id = any($1)`,
    contactIds,
  )
  const messages = await query(
    `select m.id, m.external_id, m.connection_id, m.ticket_id, m.origin_ticket_id, m.kind, m.direction, m.sender_kind, m.sender_id,
       m.content, m.contact_id, m.identity_id, m.address, m.sent_at, m.delivery_state, row_number() over (order by m.position) as place, m.reply_to,
       (select string_agg(f.provider_id || f.state, ' ') from attachments f where f.message_id = m.id) as files
     from messages m where m.ticket_id = any($1) order by m.position`,
    tickets.map(({ id }) => id),
  )
  const events = await query(
    `select ticket_id, kind, subject_id, actor_kind, actor_id, data, why, team_id, assignee_id from events
     where ticket_id = any($1) or subject_id = any($2) order by id`,
    tickets.map(({ id }) => id),
    contactIds,
  )
  const identities = await query("select id, value from contact_identities where contact_id = any($1)", contactIds)
  const words = new Map<string, string>()
  const name = (id: string, word: string) => words.set(id, word)
  connectionIds.forEach((id, i) => name(id, `connection ${i}`))
  phones.forEach((phone, i) => name(phone, `phone ${i}`))
  name(`G${n}`, "group")
  for (const { id, identities: all } of contacts) name(id, `contact of ${words.get(all[0].value)} ${all.length}`)
  for (const { id, value } of identities) name(id, `identity ${words.get(value)}`)
  for (const m of messages) name(m.id, `${words.get(m.connection_id)} ${m.external_id}`)
  // A ticket is named by the message that opened it; a support ticket by what came first on it.
  for (const t of tickets) {
    const opening = messages.find(({ ticket_id, origin_ticket_id: origin }) => (origin ?? ticket_id) === t.id)
    const word = `${t.kind} of ${opening ? words.get(opening.id) : (words.get(t.contact_id) ?? "nobody")} ${t.merged_into ? "merged" : ""}`
    name(t.id, word)
    name(t.number, word)
  }
  const pattern = new RegExp(
    [...words.keys()]
      .toSorted((a, b) => b.length - a.length)
      .map((key) => RegExp.escape(key))
      .join("|"),
    "g",
  )
  const said = (row: object) => JSON.stringify(row).replace(pattern, (key) => words.get(key)!)
  const stories = [...Map.groupBy(events, (e) => e.ticket_id ?? e.subject_id).values()]
  const rows = [...contacts, ...tickets, ...messages].map(said)
  return [...rows, ...stories.map((all) => all.map(said).join("\n"))]
}

function assertSame(rows: string[], expected: string[]) {
  const without = (all: string[], others: string[]) => all.filter((row) => !others.includes(row)).toSorted()
  assert.deepEqual(without(rows, expected), without(expected, rows))
  assert.equal(rows.length, expected.length)
}

/** Two tellings with the same past, at the same time. */
async function createTwins(all: Past[]) {
  const twins = [await createTelling(), await createTelling()] as const
  for (const one of twins) await live(one, all, true)
  desk.clock.pass(5 * hour)
  for (const one of twins) await live(one, all, false)
  desk.clock.pass(hour)
  return twins
}

type Cut = { size: number; server: number }

async function takeInBatches(inbounds: InboundMessage[], cuts: readonly Cut[]) {
  const rest = [...inbounds]
  for (const { size, server } of cuts) await takeIn(server === 0 ? desk : other, rest.splice(0, size))
}

test(
  "any cut of the same messages into batches, on two servers, gives the same rows",
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ pasts: all, said, cuts }) => {
        const [alone, cut] = await createTwins(all)
        for (const inbound of inboundsOf(alone, said)) await receiveMessage(desk, system, inbound)
        await takeInBatches(inboundsOf(cut, said), cuts)
        assertSame(await rowsOf(cut), await rowsOf(alone))
      }),
      { numRuns: Number(process.env["HILO_SPLIT_RUNS"] ?? 25) },
    )
  },
)

test("so do two servers at once, when each person's messages keep their order", { timeout: 240_000 }, async () => {
  // Nothing of the one half is about the other.
  const apart = story.map(({ said, ...more }) => ({
    ...more,
    said: said.map((one) => ({ ...one, group: false, kind: "message" as const })),
  }))
  await fc.assert(
    fc.asyncProperty(apart, async ({ pasts: all, said, cuts }) => {
      const [alone, cut] = await createTwins(all)
      for (const inbound of inboundsOf(alone, said)) await receiveMessage(desk, system, inbound)
      const written = inboundsOf(cut, said)
      const half = (n: number) => written.filter(({ address }) => cut.phones.indexOf(address) % 2 === n)
      await Promise.all([takeInBatches(half(0), cuts), takeInBatches(half(1), cuts.toReversed())])
      assertSame(await rowsOf(cut), await rowsOf(alone))
    }),
    { numRuns: Number(process.env["HILO_SPLIT_RUNS"] ?? 10) },
  )
})
