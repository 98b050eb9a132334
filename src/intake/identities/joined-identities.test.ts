// People who turn out to be one: whatever became of their threads before, from then on each leads to one ticket.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { splitWebhook } from "#channels/whatsapp/parse-webhook.ts"
import { receivingAccounts } from "#connections/index.ts"
import { activeOf, transition, insertTickets, lockTicket, mergeTickets } from "#tickets/index.ts"
import { rootOf } from "#tickets/merge/ticket-holding-thread.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { webhook } from "#test/fakes/graph-api.ts"
import { fc } from "#test/fast-check-seed.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { receiveElement, toRequest } from "#incoming-webhooks/process-webhook-element.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

type Step = { who: 0 | 1; at: 0 | 1; does: "writes" | "is closed" | "is led to a support ticket" | "is led elsewhere" }
const step = fc.record<Step>({
  who: fc.constantFrom(0, 1),
  at: fc.constantFrom(0, 1),
  does: fc.constantFrom("writes", "writes", "writes", "is closed", "is led to a support ticket", "is led elsewhere"),
})
/** How it turns out: one webhook carries both addresses, alone or between what each says by one of them. */
type Way = "alone" | "one by one" | "in one batch"
type Story = { steps: Step[]; at: 0 | 1; way: Way }
const story = fc.record<Story>({
  steps: fc.array(step, { minLength: 2, maxLength: 9 }),
  at: fc.constantFrom(0, 1),
  way: fc.constantFrom("alone", "one by one", "in one batch"),
})

let runs = 0

/** Two people, known by a phone and by an id, on two numbers of one account. */
async function world() {
  const n = String(++runs).padStart(4, "0")
  const people = [{ phone: `5730099${n}0` }, { bsuid: `CO.77${n}` }] as const
  const connections = [await openNumber(desk), await openNumber(desk)] as const
  const values = [`+5730099${n}0`, `CO.77${n}`] as const
  const contactOf = async (who: 0 | 1): Promise<string | undefined> =>
    (await rows("select contact_id as id from contact_identities where value = $1", values[who]))[0]?.id
  const hears = async (at: 0 | 1, ...said: object[]) => {
    desk.clock.pass(60_000)
    assert.equal(await connections[at].hears(...said), 200)
    await processWebhooks(desk)
  }
  const message = (person: object) => from(person, text("hola", desk.clock.now))
  const activeAt = async (who: 0 | 1, at: 0 | 1) => {
    const contact = await contactOf(who)
    return contact === undefined ? null : activeOf(desk.db.kysely, `${connections[at].id}:${contact}`)
  }
  return { people, doors: connections, contactOf, hears, message, activeAt }
}
type World = Awaited<ReturnType<typeof world>>
type Said = ReturnType<World["message"]>

async function support(contactId: string): Promise<string> {
  const id = newId("tkt")
  const made = {
    kind: "support",
    status: "open",
    channel: "phone",
    createdByKind: "system",
    createdById: null,
  } as const
  await acting(desk, (act) => insertTickets(act, [{ id, contactId, ...made }]))
  return id
}

async function take({ people, hears, message, activeAt, contactOf }: World, { who, at, does }: Step) {
  if (does === "writes") return hears(at, message(people[who]))
  desk.clock.pass(60_000)
  const active = await activeAt(who, at)
  if (!active) return
  if (does === "is closed")
    return acting(desk, async (act) => void (await transition(act, await lockTicket(act, active.id), { to: "closed" })))
  const other = does === "is led elsewhere" ? await activeAt(who, at === 0 ? 1 : 0) : null
  const into = other?.id ?? (await support((await contactOf(who))!))
  if (into === active.id) return
  await acting(desk, async (act) => mergeTickets(act, await lockTicket(act, active.id), await lockTicket(act, into)))
}

async function turnsOut({ people, doors: connections, hears, message }: World, at: 0 | 1, way: Way, first: Said) {
  const both = message({ ...people[0], ...people[1] })
  const said = way === "alone" ? [both] : [first, both, message(people[1])]
  if (way === "in one batch") return hears(at, ...said)
  const all = await receivingAccounts(desk)
  const connection = all.find(({ id }) => id === connections[at].id)!
  for (const element of said.flatMap((one) => splitWebhook(webhook(one))))
    await receiveElement(desk, toRequest(element, connection, all, { now: desk.now() }))
}

const [one, other] = [0, 1] as const
/** Cases that chance found. */
const found: Record<string, Story> = {
  "the first message of the webhook reopens a ticket: of the two that are active then the older stays": {
    steps: [
      { who: one, at: 1, does: "writes" },
      { who: other, at: 1, does: "writes" },
      { who: one, at: 0, does: "writes" },
      { who: one, at: 1, does: "is closed" },
    ],
    at: 1,
    way: "in one batch",
  },
  "a thread was led to a ticket which becomes one with an older one": {
    steps: [
      { who: other, at: 0, does: "writes" },
      { who: one, at: 1, does: "writes" },
      { who: one, at: 0, does: "writes" },
      { who: one, at: 1, does: "is led elsewhere" },
    ],
    at: 0,
    way: "alone",
  },
  "of two threads that were led away, the older one's leads to a ticket that is over": {
    steps: [
      { who: other, at: 1, does: "writes" },
      { who: other, at: 1, does: "is led to a support ticket" },
      { who: other, at: 1, does: "is closed" },
      { who: one, at: 1, does: "writes" },
      { who: one, at: 1, does: "is led to a support ticket" },
    ],
    at: 0,
    way: "alone",
  },
  "of two threads that were led away, the older one's leads to a conversation of another connection": {
    steps: [
      { who: one, at: 0, does: "writes" },
      { who: one, at: 1, does: "writes" },
      { who: one, at: 1, does: "is led elsewhere" },
      { who: other, at: 1, does: "writes" },
      { who: other, at: 1, does: "is led to a support ticket" },
    ],
    at: 0,
    way: "alone",
  },
}

/** The ticket on which it was said. */
const ticketsOf = async ({ messages: [said] }: Said): Promise<string[]> =>
  (await rows("select coalesce(origin_ticket_id, ticket_id) as id from messages where external_id = $1", said!.id)).map(
    (one) => one.id,
  )

test("who turns out to be one person has one ticket on each thread, whatever their threads led to", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ steps, at, way }) => {
      const here = await world()
      for (const one of steps) await take(here, one)
      const before = await Promise.all(
        ([0, 1] as const).map(async (connection) =>
          [await here.activeAt(0, connection), await here.activeAt(1, connection)].flatMap((one) => one?.id ?? []),
        ),
      )
      const first = here.message(here.people[0])
      await turnsOut(here, at, way, first)
      // What was said before it was known who they are went by the rules: it may have reopened a ticket, or begun one.
      before[at]!.push(...(await ticketsOf(first)))
      const contact = await here.contactOf(0)
      assert.equal(contact, await here.contactOf(1))
      for (const [connection, known] of before.entries()) {
        const now = await activeOf(desk.db.kysely, `${here.doors[connection]!.id}:${contact}`)
        // A conversation that is another connection's stays that one's, where the thread has another ticket to lead to.
        const own = await rows(
          "select id from tickets where id = any($1) and (kind = 'support' or connection_id = $2)",
          known,
          here.doors[connection]!.id,
        )
        const kept = own.length > 0 ? own.map(({ id }) => id) : known
        const roots = await Promise.all(kept.map((id) => rootOf(desk.db.kysely, id)))
        const still = await rows("select id from tickets where id = any($1) and active", roots)
        assert.deepEqual(
          still.map(({ id }) => id),
          known.length > 0 ? [now?.id] : [],
          JSON.stringify({ door: connection, known, now }),
        )
      }
      const lost = await rows(
        `select t.id from tickets t where t.contact_id = $1 and t.kind = 'conversation' and t.active
           group by t.id, t.thread_key having t.thread_key is distinct from max(t.connection_id) || ':' || $1::text`,
        contact,
      )
      assert.deepEqual(lost, [])
      for (const person of here.people) await here.hears(at, here.message(person))
      const [heard] = await rows(
        "select count(distinct ticket_id)::int as n from (select ticket_id from messages where contact_id = $1 order by position desc limit 2) m",
        contact,
      )
      assert.equal(heard.n, 1)
    }),
    { numRuns: 40, examples: Object.values(found).map((one) => [one]) },
  )
})
