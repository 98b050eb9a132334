// Joined together must be as if each had come alone, and nobody may keep the others waiting.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { transition, lockTicket } from "#tickets/index.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { type MessageSource, openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { waitUntil } from "#test/server-process.ts"
import { fc } from "#test/fast-check-seed.ts"
import type { ReceivedMessage } from "../inbound-message.ts"
import { queueByThread } from "../queue-by-thread.ts"

const desk = await openDesk(() => {})
const elsewhere = openDatabase(desk.db.url, { max: 2 })
after(() => elsewhere.close())
const rows = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows

let people = 0
const somebody = () => `+5730070${String(++people).padStart(5, "0")}`

/** People who are in conversation on the connection. */
async function crowd(connection: MessageSource, size: number) {
  const numbers = Array.from({ length: size }, somebody)
  const tickets = await Promise.all(numbers.map(async (who) => (await connection.says(who)).ticket!.id))
  return numbers.map((who, n) => ({ who, ticketId: tickets[n]! }))
}

const closeTicket = (id: string) =>
  acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
/** How many transactions wrote them. */
async function commitsOf(answers: ReceivedMessage[]): Promise<number> {
  const [spent] = await rows(
    "select count(distinct xmin::text)::int as commits from events where kind = 'message.received' and subject_id = any($1)",
    answers.map(({ message }) => message!.id),
  )
  return spent.commits
}

test("messages that come at once share their transactions", async () => {
  const connection = await openMessageSource(desk)
  const talking = await crowd(connection, 10)
  const answers = await Promise.all(talking.map(({ who }) => connection.says(who)))
  assert.deepEqual(new Set(answers.map(({ decision }) => decision.action)), new Set(["joined"]))
  const commits = await commitsOf(answers)
  assert.ok(commits < answers.length, `${commits} commits`)
})

test("messages written at once add up as if they had come one after the other", async () => {
  const what = fc.record({ who: fc.nat(3), sentAt: fc.option(fc.integer({ min: -90, max: 0 })), again: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(what, { minLength: 2, maxLength: 14 }), async (story) => {
      const connection = await openMessageSource(desk)
      const talking = await crowd(connection, 4)
      const says = story.map(({ who, sentAt, again }, n) => {
        const at = sentAt === null ? null : new Date(desk.clock.now.getTime() + sentAt * 1_000)
        const said = { text: `mensaje ${n}`, sentAt: at, externalId: `x${n}` }
        return Array.from({ length: again ? 2 : 1 }, () => connection.says(talking[who]!.who, said))
      })
      const answers = await Promise.all(says.flat())
      assert.equal(answers.filter(({ decision }) => decision.action === "joined").length, story.length)
      for (const [who, { ticketId }] of talking.entries()) {
        const mine = story.filter((one) => one.who === who)
        const { count, unread } = await storedTicket(desk, ticketId)
        assert.deepEqual([count, unread], [1 + mine.length, 1 + mine.length])
        const [span] = await rows(
          `select t.first_message_at = min(m.sent_at) and t.last_message_at = max(m.sent_at)
             and count(distinct m.position) = count(*) as holds
           from tickets t join messages m on m.ticket_id = t.id where t.id = $1 group by t.id`,
          ticketId,
        )
        assert.equal(span.holds, true)
        const said = await rows(
          "select content from messages where ticket_id = $1 order by position offset 1",
          ticketId,
        )
        const texts = story.flatMap((one, n) => (one.who === who ? `mensaje ${n}` : []))
        assert.deepEqual(
          said.map(({ content }) => content),
          texts,
        )
      }
    }),
    { numRuns: 20 },
  )
})

test("a closed thread, a disabled connection and somebody new among them get what they would get alone", async () => {
  const [connection, shut] = [await openMessageSource(desk), await openMessageSource(desk)]
  const talking = await crowd(connection, 3)
  const back = await crowd(connection, 1)
  await closeTicket(back[0]!.ticketId)
  await rows("update connections set enabled = false where id = $1", shut.id)
  const answers = await Promise.allSettled([
    ...[...talking, ...back].map(({ who }) => connection.says(who)),
    connection.says(somebody()),
    shut.says(talking[0]!.who),
  ])
  const became = answers.map((one) => (one.status === "fulfilled" ? one.value.decision.action : one.reason.code))
  assert.deepEqual(became, ["joined", "joined", "joined", "reopened", "created", "connection_disabled"])
})

test("of messages that find their conversation closed at once the first reopens it, and the others join in one transaction", async () => {
  const connection = await openMessageSource(desk)
  const [back] = await crowd(connection, 1)
  await closeTicket(back!.ticketId)
  const texts = Array.from({ length: 10 }, (_, n) => `mensaje ${n}`)
  // One that is refused keeps none of them back.
  const refused = assert.rejects(connection.says(back!.who, { assigneeId: "usr_nobody" }), { code: "invalid" })
  const answers = await Promise.all(texts.map((text) => connection.says(back!.who, { text })))
  await refused
  const became = answers.map(({ decision }) => decision.action)
  assert.deepEqual(became, ["reopened", ...texts.slice(1).map(() => "joined")])
  const said = await rows(
    "select content from messages where ticket_id = $1 order by position offset 1",
    back!.ticketId,
  )
  assert.deepEqual([said.map(({ content }) => content), await commitsOf(answers)], [texts, 2])
})

test("what can never be joined in one statement is not asked for again and again", async () => {
  const received = { decision: { action: "joined" } } as ReceivedMessage
  let asked = 0
  const reception = {
    join: async () => {
      asked++
      return null
    },
    write: async () => received,
  }
  await Promise.all(Array.from({ length: 20 }, () => queueByThread(desk.db, "of a merged ticket", reception)))
  assert.equal(asked, 19)
})

test("what has waited for its thread too long is refused though the first hangs, and is never received", async (t) => {
  const patient = openDatabase(desk.db.url, { max: 2, bounds: { lock_timeout: 0, statement_timeout: 0 } })
  t.after(() => patient.close())
  const [held] = await crowd(await openMessageSource(desk), 1)
  const holder = await elsewhere.pool.connect()
  await holder.query("begin")
  await holder.query("select from tickets where id = $1 for update", [held!.ticketId])
  const hang = () => patient.pool.query("select from tickets where id = $1 for update", [held!.ticketId])
  const written: string[] = []
  const write = async (text: string) => {
    written.push(text)
    return { decision: { action: "joined" } } as ReceivedMessage
  }
  const says = (thread: string, text: string, way: Partial<Parameters<typeof queueByThread>[2]> = {}) =>
    queueByThread(desk.db, thread, { join: async () => null, write: () => write(text), waitMs: 20, ...way })
  const hangs = says("hangs", "first", { write: () => hang().then(() => write("first")) })
  const opens = says("opened", "first there")
  const isAskedAbout = says("opened", "asked about", { join: () => hang().then(() => null) })
  const waiting = [says("hangs", "second"), says("hangs", "third")]
  const answers = await Promise.allSettled([opens, ...waiting])
  await holder.query("commit")
  holder.release()
  answers.push(...(await Promise.allSettled([isAskedAbout, hangs])))
  await says("hangs", "fourth")
  const became = answers.map((one) => (one.status === "fulfilled" ? "received" : one.reason.extra.retryAfterSeconds))
  assert.deepEqual(became, ["received", 1, 1, 1, "received"])
  assert.deepEqual(written, ["first there", "first", "fourth"])
})

test("whose ticket somebody holds waits alone, and then joins", async () => {
  const connection = await openMessageSource(desk)
  const [held, ...others] = await crowd(connection, 4)
  const holder = await elsewhere.pool.connect()
  await holder.query("begin")
  await holder.query("select from tickets where id = $1 for update", [held!.ticketId])
  let isIn = false
  const waiting = connection.says(held!.who).finally(() => void (isIn = true))
  const answers = await Promise.all(others.map(({ who }) => connection.says(who)))
  assert.deepEqual([answers.every(({ decision }) => decision.action === "joined"), isIn], [true, false])
  await holder.query("commit")
  holder.release()
  assert.equal((await waiting).decision.action, "joined")
})

test("what is said on a ticket that stays held is refused once the first has waited in vain, and each does not wait in turn", async (t) => {
  const own = openDatabase(desk.db.url, { max: 3, bounds: { lock_timeout: 50 } })
  t.after(() => own.close())
  let alone = 0
  const run: typeof own.run = (one) => {
    if (one.name.startsWith("intake-one-")) alone++
    return own.run(one)
  }
  const connection = await openMessageSource({ ...desk, db: { ...own, run } })
  const [held] = await crowd(connection, 1)
  const holder = await elsewhere.pool.connect()
  await holder.query("begin")
  await holder.query("select from tickets where id = $1 for update", [held!.ticketId])
  alone = 0
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => connection.says(held!.who)))
  await holder.query("rollback")
  holder.release()
  assert.deepEqual(new Set(answers.map((one) => one.status === "rejected" && one.reason.code)), new Set(["55P03"]))
  assert.ok(alone <= 2, `${alone} waited`)
})

test("a database that is away is not asked for each of one sender in turn", async () => {
  let alone = 0
  let isAway = false
  const run: typeof desk.db.run = async (one) => {
    if (one.name.startsWith("intake-one-")) alone++
    if (isAway) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })
    return desk.db.run(one)
  }
  const connection = await openMessageSource({ ...desk, db: { ...desk.db, run } })
  const [talking] = await crowd(connection, 1)
  isAway = true
  alone = 0
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => connection.says(talking!.who)))
  assert.deepEqual(
    answers.map((one) => one.status === "rejected" && one.reason.code),
    Array(6).fill("ECONNREFUSED"),
  )
  assert.ok(alone <= 2, `${alone} asked`)
})

test("one that another server receives at the same time fails no other", async () => {
  const connection = await openMessageSource(desk)
  const [raced, ...others] = await crowd(connection, 4)
  const racer = await elsewhere.pool.connect()
  await racer.query("begin")
  await racer.query(
    `insert into messages (id, connection_id, external_id, kind, direction, sender_kind, content, delivery_state, sent_at, created_at, ticket_id)
     values ('msg_raced', $1, 'raced', 'message', 'in', 'contact', 'hola', 'received', now(), now(), $2)`,
    [connection.id, raced!.ticketId],
  )
  const answers = Promise.all([
    connection.says(raced!.who, { externalId: "raced" }),
    ...others.map(({ who }) => connection.says(who)),
  ])
  await waitUntil("the batch waits for the racer", async () => {
    const [waiting] = await rows("select count(*)::int as n from pg_stat_activity where wait_event = 'transactionid'")
    return waiting.n > 0
  })
  await racer.query("commit")
  racer.release()
  const became = (await answers).map(({ decision }) => decision.action)
  assert.deepEqual(became, ["duplicate", "joined", "joined", "joined"])
  for (const { ticketId } of others) assert.equal((await storedTicket(desk, ticketId)).count, 2)
})
