// The result of a batch must be as if each message had come alone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { inPipeline } from "#kernel/database/pipeline.ts"
import { splitWebhook } from "#channels/whatsapp/parse-webhook.ts"
import { receivingAccounts } from "#connections/index.ts"
import { openDatabase } from "#kernel/db.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { webhook } from "#test/fakes/graph-api.ts"
import { fc } from "#test/fast-check-seed.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import type { InboundMessage } from "./inbound-message.ts"
import { receiveElement, toRequest } from "#incoming-webhooks/process-webhook-element.ts"
import { readIntakeSettings } from "./intake-settings.ts"
import { receiveBatch } from "./receive-batch.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const minutes = (n: number) => new Date(desk.clock.now.getTime() + n * 60_000)

type Said = {
  who: number
  by: "phone" | "bsuid" | "both"
  group: boolean
  file: boolean
  at: number
  again: number | null
}
const said = fc.record<Said>({
  who: fc.nat(3),
  by: fc.constantFrom("phone", "bsuid", "both"),
  group: fc.boolean(),
  file: fc.boolean(),
  at: fc.integer({ min: -300, max: -1 }),
  again: fc.option(fc.nat(9), { freq: 6 }),
})

let runs = 0
const image = (id: string) => ({ id, mime_type: "image/png", caption: id })

/** The webhooks of one story; persons, groups and messages of two tellings never meet. A repeat is the whole message again. */
function entriesOf(story: Said[], telling: string, series = ""): object[] {
  const one = (n: number): object => {
    const { who, by, group, file, at, again } = story[n]!
    if (again !== null && again < n) return one(again)
    const person = {
      ...(by !== "bsuid" && { phone: `5730${telling}${who}` }),
      ...(by !== "phone" && { bsuid: `CO.${telling}${who}` }),
      name: `Persona ${who}`,
    }
    const words = file
      ? { type: "image", image: image(`mensaje ${n}`), timestamp: text("", minutes(at)).timestamp }
      : text(`mensaje ${n}`, minutes(at))
    return from(person, { ...words, id: `wamid.${telling}.${series}.${n}`, ...(group && { group_id: `G${telling}` }) })
  }
  return story.map((_, n) => one(n))
}

// A ticket is described with those that were merged into it: which of two that began at one instant stays, is left open.
async function seen(connectionId: string) {
  const tickets = await rows(
    `select t.status, t.is_group, t.unread_messages, t.message_count, t.first_message_at, t.last_message_at,
       t.created_by_kind, t.assignee_id, t.team_id, c.name,
       (select string_agg(i.kind, ' ' order by i.kind) from contact_identities i where i.contact_id = c.id) as known_by,
       (select string_agg(concat_ws(' ', e.kind, e.data->>'direction', e.why->>'code', e.actor_kind), ', ' order by e.kind desc, e.why->>'code')
          from events e join tickets s on s.id = e.ticket_id where t.id in (s.id, s.merged_into)) as story
     from tickets t join contacts c on c.id = t.contact_id where t.connection_id = $1 and t.merged_into is null order by c.name, t.is_group, t.status, known_by, t.first_message_at, story`,
    connectionId,
  )
  const messages = await rows(
    `select m.content, m.sent_at, m.direction, m.delivery_state, c.name, t.is_group,
       (select string_agg(f.provider_id || f.state, ' ') from attachments f where f.message_id = m.id) as files
     from messages m join tickets t on t.id = m.ticket_id join contacts c on c.id = m.sender_id
     where m.connection_id = $1 order by m.content, m.id`,
    connectionId,
  )
  return { tickets, messages }
}

const one = { who: 0, by: "both", group: false, file: false, at: -1, again: null } as const satisfies Said
/** Found by chance: what a person wrote alone and what they wrote in a group is one person's. */
const inGroupAndAlone: Said[] = [
  { ...one, who: 2, by: "phone" },
  { ...one, by: "phone" },
  one,
  { ...one, who: 2, group: true },
  { ...one, group: true },
  { ...one, by: "phone" },
]

test("a batch leaves what the same messages leave one after the other: new people, groups, files, repeats", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 14 }), async (story) => {
      const [first, second] = [String(1000 + ++runs * 2), String(1001 + runs * 2)]
      const [together, alone] = [await openNumber(desk), await openNumber(desk)]
      for (const value of entriesOf(story, first)) await together.hears(value)
      await processWebhooks(desk)
      const connections = await receivingAccounts(desk)
      const connection = connections.find(({ id }) => id === alone.id)!
      for (const element of entriesOf(story, second).flatMap((value) => splitWebhook(webhook(value))))
        await receiveElement(desk, toRequest(element, connection, connections, { now: desk.now() }))
      assert.deepEqual(await seen(together.id), await seen(alone.id))
    }),
    { numRuns: 20, examples: [[inGroupAndAlone]] },
  )
})

/** All messages of these values, as intake gets them. */
async function inboundsOf(connectionId: string, values: object[]): Promise<InboundMessage[]> {
  const connections = await receivingAccounts(desk)
  const connection = connections.find(({ id }) => id === connectionId)!
  return values.flatMap((value) =>
    splitWebhook(webhook(value)).flatMap((element) => {
      const wanted = toRequest(element, connection, connections, { now: desk.now() })
      return wanted.type === "message" ? [wanted.inbound] : []
    }),
  )
}

async function receiveAll(inbounds: InboundMessage[]) {
  const how = { now: desk.now(), rules: await readIntakeSettings(desk.db) }
  return inPipeline(desk.db, (run) => receiveBatch(run, inbounds, how))
}

test("first messages, files and groups are all in with the batch; nothing is left to be looked at alone", async () => {
  const number = await openNumber(desk)
  const story: Said[] = Array.from({ length: 12 }, (_, n) => {
    return { who: n % 4, by: "both", group: n % 3 === 0, file: n % 2 === 0, at: n - 20, again: null }
  })
  const inbounds = await inboundsOf(number.id, entriesOf(story, "77"))
  const settled = await receiveAll(inbounds)
  assert.equal(settled.size, 12)
  const again = await receiveAll(inbounds)
  assert.equal(again.size, 12)
  const { messages, tickets } = await seen(number.id)
  assert.deepEqual([messages.length, tickets.length], [12, 5])
})

test("a thread with a history, a disabled connection and a person with half-known addresses are left for the rule", async () => {
  const number = await openNumber(desk)
  const one = (more: Partial<Said>): Said => ({
    who: 0,
    by: "phone",
    group: false,
    file: false,
    at: -5,
    again: null,
    ...more,
  })
  let series = 0
  const take = async (story: Said[]) => {
    const inbounds = await inboundsOf(number.id, entriesOf(story, "88", String(++series)))
    return (await receiveAll(inbounds)).size
  }
  assert.equal(await take([one({})]), 1)
  assert.equal(await take([one({ by: "both" })]), 0)
  assert.equal(await take([one({ at: -4 })]), 1)
  await desk.db.pool.query("update tickets set status = 'closed', closed_at = now() where connection_id = $1", [
    number.id,
  ])
  assert.equal(await take([one({ at: -3 })]), 0)
  await desk.db.pool.query("update connections set enabled = false where id = $1", [number.id])
  assert.equal(await take([one({ who: 2 })]), 0)
})

test("of a person whom somebody holds the first message and what follows it are left, and nobody else's", async () => {
  const [before, number] = [await openNumber(desk), await openNumber(desk)]
  await receiveAll(await inboundsOf(before.id, entriesOf([one], "55", "before")))
  const story: Said[] = [one, { ...one, who: 1 }, one, { ...one, who: 1 }]
  const inbounds = await inboundsOf(number.id, entriesOf(story, "55"))
  const holder = await desk.db.pool.connect()
  try {
    await holder.query("begin")
    const held = `select from contacts where id in (select contact_id from tickets where connection_id = $1) for update`
    assert.equal((await holder.query(held, [before.id])).rowCount, 1)
    assert.deepEqual([...(await receiveAll(inbounds))], [inbounds[1], inbounds[3]])
  } finally {
    await holder.query("rollback")
    holder.release()
  }
  assert.equal((await receiveAll(inbounds)).size, 4)
  const { tickets } = await seen(number.id)
  assert.deepEqual(
    tickets.map((ticket) => ticket.message_count),
    [2, 2],
  )
})

test("many new people at once on two servers: each is one contact with one ticket and all their messages", async () => {
  const number = await openNumber(desk)
  const story = Array.from({ length: 200 }, (_, n): Said => {
    return { who: n % 40, by: n % 2 ? "both" : "phone", group: false, file: n % 5 === 0, at: -200 + n, again: null }
  })
  for (const value of entriesOf(story, "66")) await number.hears(value)
  const other = { ...desk, db: openDatabase(desk.db.url) }
  try {
    await Promise.all([processWebhooks(desk), processWebhooks(other), processWebhooks(desk), processWebhooks(other)])
    desk.clock.pass(20_000)
    await processWebhooks(desk)
  } finally {
    await other.db.close()
  }
  const { tickets, messages } = await seen(number.id)
  assert.deepEqual([tickets.length, messages.length], [40, 200])
  assert.deepEqual([...new Set(tickets.map((t) => `${t.unread_messages} ${t.message_count}`))], ["5 5"])
})
