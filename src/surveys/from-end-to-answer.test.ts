// From the end of a ticket to the answer: who is asked, by which way, and that the link is the customer's alone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { createLog } from "#kernel/log.ts"
import { sendDueMails } from "#kernel/mail/mail-queue.ts"
import type { OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { createTeam } from "#people/index.ts"
import { replyJobs } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { type MessageSource, openMessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { acting, call, type Client, member } from "#test/desks/test-desk.ts"
import { surveyJobs, surveyRoutes } from "./index.ts"
import { surveyInvariants } from "./invariants.ts"

const { desk, ana, work } = await openSending(ticketRoutes, contactRoutes, surveyRoutes)
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
const [job] = surveyJobs(desk, desk.publicUrl)
const look = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows
const day = 24 * 3_600_000
let people = 0
const newPhone = () => `+5730055${String(++people).padStart(5, "0")}`

/** Does all that follows from every end of a ticket, and all of it once more: a job may be done again. */
async function react() {
  const ends = await look(
    `select id as "eventId", ticket_id as "ticketId" from events where kind in ('ticket.resolved', 'ticket.closed') order by id`,
  )
  const payloads = ends.map((end) => ({ ...end, depth: 0, subjectId: null }))
  const due = await desk.db.kysely.transaction().execute((tx) => job!.worthwhile!(tx, payloads))
  for (const payload of [...due, ...payloads]) await job!.run(payload)
  await work()
}
async function mails() {
  const left: OutgoingEmail[] = []
  const post = { send: async (mail: OutgoingEmail) => void left.push(mail) }
  while (await sendDueMails(desk, createLog("silent"), { post, writers: {} }));
  return left
}
const move = async (id: string, status: string, who: Client = ana) =>
  assert.equal((await who.call("PUT", `/tickets/${id}/status`, { status })).status, 200)
async function support(contact: object, more: object = {}) {
  const { status, body } = await ana.call("POST", "/tickets", { subject: "Caja rota", contact, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}
const conversation = async (source: MessageSource, who = newPhone()) => (await source.says(who)).ticket!.id
const surveysOf = async (id: string) =>
  (await ana.call("GET", `/tickets/${id}/surveys`)).body["items"] as Record<string, unknown>[]
const whyOf = async (id: string) =>
  (
    await look("select why ->> 'code' as code from events where ticket_id = $1 and kind like 'survey.%' order by id", [
      id,
    ])
  ).map(({ code }) => code as string)
const tokenIn = (text: string | undefined) => /\/s\/([0-9a-f]{36})\b/.exec(text ?? "")?.[1] ?? "none"
const answer = (token: string, body: object = { score: 4 }) => call(desk.app, "POST", `/surveys/${token}`, body)
const api = () => openMessageSource(desk, { survey: true })

test("a resolved support ticket asks its customer once, by mail, and closing it later asks nothing more", async () => {
  const id = await support({ email: "eva@example.com", name: "Eva" }, { language: "en" })
  await move(id, "resolved")
  await react()
  const [mail, ...others] = await mails()
  assert.deepEqual([mail!.to, others], ["eva@example.com", []])
  assert.match(mail!.text, /How was the help you received\?[^]*http:\/\/hilo\.test\/s\/[0-9a-f]{36}/)
  await move(id, "closed")
  await react()
  assert.deepEqual(await mails(), [])
  assert.equal((await surveysOf(id)).length, 1)
})

test("the answer stands in the thread's log, on the ticket and in lists; it wakes and touches nothing", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  const token = tokenIn((await mails())[0]?.text)
  const stamp = () =>
    look("select status, version, updated_at, unread_messages, reopen_count from tickets where id = $1", [id])
  const before = await stamp()
  const given = await answer(token, { score: 2, comment: "  Tardó mucho " })
  assert.deepEqual([given.status, given.body], [200, { score: 2, comment: "Tardó mucho" }])
  assert.deepEqual(await stamp(), before)
  assert.partialDeepStrictEqual(await surveysOf(id), [{ cycle: 1, way: "mail", score: 2, comment: "Tardó mucho" }])
  const [fact] = await look("select data, actor_kind from events where ticket_id = $1 and kind = 'survey.answered'", [
    id,
  ])
  assert.deepEqual([fact.data, fact.actor_kind], [{ score: 2 }, "contact"])
  const found = async (query: string) =>
    ((await ana.call("GET", `/tickets?${query}`)).body["items"] as { id: string; surveyScore: number | null }[])
      .filter((one) => one.id === id)
      .map((one) => one.surveyScore)
  assert.deepEqual(await found("surveyScore=1&surveyScore=2"), [2])
  assert.deepEqual(await found("surveyScore=3"), [])
  assert.equal((await ana.call("GET", "/tickets?surveyScore=6")).status, 400)
  assert.equal((await carla.call("GET", "/tickets?surveyScore=2")).status, 400, "customers do not ask for it")
})

test("a line end counts as one character, also as browsers without scripts send it", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  const [half, token] = ["x".repeat(999), tokenIn((await mails())[0]?.text)]
  const { statusCode } = await desk.app.inject({
    method: "POST",
    url: `/s/${token}`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ score: "4", comment: `${half}\r\n${half}.` }).toString(),
  })
  assert.equal(statusCode, 303)
  assert.partialDeepStrictEqual(await surveysOf(id), [{ score: 4, comment: `${half}\n${half}.` }])
})

test("the first answer stands: a second one is refused politely, also of ten at once", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  const token = tokenIn((await mails())[0]?.text)
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => answer(token, { score: (n % 5) + 1 })))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array<number>(9).fill(409)],
  )
  assert.equal(answers.find(({ status }) => status === 409)!.body["code"], "survey_answered")
  const first = answers.find(({ status }) => status === 200)!.body["score"]
  assert.equal((await surveysOf(id))[0]!["score"], first)
})

test("a link is over after thirty days, and one that was never made is no other", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  const token = tokenIn((await mails())[0]?.text)
  desk.clock.pass(30 * day)
  const [old, unknown] = [await answer(token), await answer("f".repeat(36))]
  assert.deepEqual([old.status, old.body["code"]], [404, "not_found"])
  const { requestId: _a, ...left } = old.body
  const { requestId: _b, ...right } = unknown.body
  assert.deepEqual(left, right)
})

test("guesses are counted by where they come from, and right answers are not", async () => {
  const ip = { "x-forwarded-for": "ignored" }
  const tries = await Promise.all(
    Array.from({ length: 40 }, () => call(desk.app, "POST", `/surveys/${"a".repeat(36)}`, { score: 1 }, ip)),
  )
  assert.ok(tries.filter(({ status }) => status === 429).length >= 10)
  assert.ok(Number(tries.find(({ status }) => status === 429)!.headers["retry-after"]) > 0)
  await look("delete from rate_limits")
})

test("what came back is asked about again when it ends again: one question a life", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  await move(id, "open")
  await move(id, "closed")
  await react()
  assert.deepEqual(
    (await surveysOf(id)).map(({ cycle }) => cycle),
    [1, 2],
  )
  assert.equal((await mails()).length, 2)
})

test("of many servers that do the job at once one asks", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  const [end] = await look("select id as \"eventId\" from events where ticket_id = $1 and kind = 'ticket.resolved'", [
    id,
  ])
  await Promise.all(Array.from({ length: 6 }, () => job!.run({ ...end, ticketId: id, depth: 0, subjectId: null })))
  assert.deepEqual([(await surveysOf(id)).length, (await mails()).length], [1, 1])
  assert.deepEqual(await whyOf(id), ["survey_sent"])
})

test("what came back before the job ran is not asked about", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await move(id, "open")
  await react()
  assert.deepEqual([await mails(), await surveysOf(id)], [[], []])
})

test("a conversation asks at its closing where its connection has a survey, and nowhere else", async () => {
  const [on, off] = [await api(), await openMessageSource(desk)]
  const [asked, silent] = [await conversation(on), await conversation(off)]
  for (const id of [asked, silent]) await move(id, "closed")
  await react()
  assert.deepEqual([(await surveysOf(asked)).length, (await surveysOf(silent)).length], [1, 0])
  assert.deepEqual(await whyOf(silent), [], "nothing was to be decided")
})

test("the farewell is said although the question of the same ending was faster", async () => {
  const polite = await openMessageSource(desk, { survey: true, farewellText: "Hasta pronto" })
  const id = await conversation(polite)
  await move(id, "closed")
  await react()
  const [end] = await look("select id from events where kind = 'ticket.closed' and ticket_id = $1", [id])
  const farewell = replyJobs(desk, "").find(({ name }) => name === "send-farewell")!
  for (const _ of [1, 2]) await farewell.run({ eventId: end!.id, depth: 0, ticketId: id, subjectId: null })
  const said = await look(
    "select content = 'Hasta pronto' as bye from messages where ticket_id = $1 and direction = 'out' order by position",
    [id],
  )
  assert.deepEqual(said, [{ bye: false }, { bye: true }])
})

test("an answer after a merge stands in the story where the ticket goes on, and a score is put right by the doctor", async () => {
  const [source, target] = [await support({ email: "eva@example.com" }), await support({ email: "eva@example.com" })]
  await move(source, "resolved")
  await react()
  const token = tokenIn((await mails())[0]?.text)
  assert.equal((await ana.call("POST", `/tickets/${source}/merge`, { into: target })).status, 200)
  assert.equal((await answer(token, { score: 5 })).status, 200)
  assert.partialDeepStrictEqual(await surveysOf(target), [{ score: 5, way: "mail" }])
  const facts = await look("select ticket_id from events where kind = 'survey.answered' and ticket_id = any($1)", [
    [source, target],
  ])
  assert.deepEqual(facts, [{ ticket_id: target }])
  const [check] = surveyInvariants
  const wrong = async () => (await look(String(check!.find))).length
  assert.equal(await wrong(), 0)
  await look("update tickets set survey_score = 1 where id = $1", [source])
  await look("update tickets set survey_score = 3 where id = $1", [target])
  assert.equal(await wrong(), 2)
  await acting(desk, check!.repair!)
  assert.equal(await wrong(), 0)
})

test("what is no answer is refused by its field, and the link stays open", async () => {
  const id = await support({ email: "eva@example.com" })
  await move(id, "resolved")
  await react()
  const token = tokenIn((await mails())[0]?.text)
  for (const [body, path] of [
    [{}, "score"],
    [{ score: 0 }, "score"],
    [{ score: 6 }, "score"],
    [{ score: 2.5 }, "score"],
    [{ score: "4" }, "score"],
    [{ score: null }, "score"],
    [{ score: 3, comment: "x".repeat(2_001) }, "comment"],
    [{ score: 3, comment: ["x"] }, "comment"],
    [{ score: 3, ticketId: id }, "ticketId"],
  ] as const) {
    const { status, body: problem } = await answer(token, body)
    assert.deepEqual([status, (problem["errors"] as { path: string }[])[0]!.path], [400, path], JSON.stringify(body))
  }
  assert.equal((await answer(token, { score: 3, comment: "" })).status, 200)
  assert.equal((await surveysOf(id))[0]!["comment"], null)
})
