// Which way a survey goes, who gets none and why, and that nobody but the customer ever has the link.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { conversationOf } from "#channels/webchat/entry-points/read-conversation.ts"
import { changeConnection } from "#connections/index.ts"
import { newId } from "#kernel/ids.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { createTeam } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { type MessageSource, openMessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { acting, call } from "#test/desks/test-desk.ts"
import { approvedTemplate } from "#test/fakes/graph-api.ts"
import { surveyJobs, surveyRoutes } from "./index.ts"

const { desk, ana, graph, work, connect } = await openSending(ticketRoutes, contactRoutes, surveyRoutes)
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
const [job] = surveyJobs(desk, desk.publicUrl)
const look = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows
const day = 24 * 3_600_000
let people = 0
const newPhone = () => `+5730066${String(++people).padStart(5, "0")}`

async function react() {
  const ends = await look(
    `select id as "eventId", ticket_id as "ticketId" from events where kind in ('ticket.resolved', 'ticket.closed') order by id`,
  )
  const payloads = ends.map((end) => ({ ...end, depth: 0, subjectId: null }))
  const due = await desk.db.kysely.transaction().execute((tx) => job!.worthwhile!(tx, payloads))
  // A job may be done again.
  for (const payload of [...due, ...due]) await job!.run(payload)
  await work()
}
const move = async (id: string, status: string) =>
  assert.equal((await ana.call("PUT", `/tickets/${id}/status`, { status })).status, 200)
/** How the question left, or why it did not. */
const becauseOf = async (id: string) => {
  const rows = await look(
    "select kind, data, why ->> 'code' as code from events where ticket_id = $1 and kind like 'survey.%' order by id",
    [id],
  )
  return rows.map(({ kind, data, code }) => (kind === "survey.sent" ? data.way : code))
}
async function closed(id: string) {
  await move(id, "closed")
  await react()
  return becauseOf(id)
}
const writes = async (source: MessageSource, more: object = {}, who = newPhone()) =>
  (await source.says(who, { as: "phone", ...more })).ticket!.id
const token = /\/s\/([0-9a-f]{36})\b/
const answer = (secret: string) => call(desk.app, "POST", `/surveys/${secret}`, { score: 5 })
/** Everything that the database holds, as text. */
async function stored(): Promise<string> {
  const tables = await look("select table_name as name from information_schema.tables where table_schema = 'public'")
  const texts = await Promise.all(
    tables.map(({ name }) => look(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`)),
  )
  return texts.map(([row]) => row.text as string).join(" ")
}

test("in a chat its visitor alone reads the link; staff, the API and a copy of the database have none", async () => {
  const chat = await openMessageSource(desk, { kind: "webchat", survey: true })
  const id = (await chat.says("vis_1", { as: "visitor" })).ticket!.id
  assert.deepEqual(await closed(id), ["text"])
  const seen = (await conversationOf(desk, chat.id, "vis_1")).messages.at(-1)!
  const [, secret] = token.exec(seen.content) ?? []
  assert.ok(secret)
  assert.match(String(seen.contentHtml), new RegExp(`href="http://hilo.test/s/${secret}"`))
  const { body } = await ana.call("GET", `/tickets/${id}/messages`)
  assert.doesNotMatch(JSON.stringify(body), token)
  assert.match(JSON.stringify(body), /que solo tiene el cliente/)
  assert.equal((await stored()).includes(secret), false)
  assert.equal((await answer(secret)).status, 200)
})

test("a question that another secret sealed takes nothing from the rest of the chat but its link", async () => {
  const chat = await openMessageSource(desk, { kind: "webchat", survey: true })
  const id = (await chat.says("vis_9", { as: "visitor", text: "hola" })).ticket!.id
  assert.deepEqual(await closed(id), ["text"])
  await look("update messages set sealed_content = 'AAAA' where ticket_id = $1 and sealed_content is not null", [id])
  const { messages } = await conversationOf(desk, chat.id, "vis_9")
  assert.equal(messages[0]!.content, "hola")
  assert.doesNotMatch(messages.at(-1)!.content, token)
})

test("inside the reply window it is a text, with the link that works", async () => {
  const number = await connect()
  await acting(desk, (act) => changeConnection(act, desk.secrets, number.id, { survey: true }))
  assert.deepEqual(await closed(await writes(number)), ["text"])
  const { body } = graph.accepted.at(-1)!.body["text"] as { body: string }
  const [, secret] = token.exec(body) ?? []
  assert.equal((await answer(secret!)).status, 200)
  assert.equal((await stored()).includes(secret!), false)
})

test("outside of it a template with one gap asks: in its text the link, behind its button's address the end of it", async () => {
  const number = await connect()
  const button = { type: "BUTTONS", buttons: [{ type: "URL", text: "Opinar", url: "http://hilo.test/s/{{1}}" }] }
  const plain = approvedTemplate("encuesta", "¿Cómo te fue? {{1}}")
  const behindButton = {
    ...approvedTemplate("boton", "¿Cómo te fue?"),
    components: [{ type: "BODY", text: "¿Cómo te fue?" }, button],
  }
  graph.templates = [plain, behindButton, approvedTemplate("dos", "{{1}} y {{2}}")]
  await ana.call("POST", `/connections/${number.id}/templates/sync`, {})
  const use = (name: string | null) => {
    const surveyTemplate = name === null ? null : { name, language: "es" }
    return acting(desk, (act) => changeConnection(act, desk.secrets, number.id, { survey: true, surveyTemplate }))
  }
  const afterwards = async () => {
    const id = await writes(number)
    desk.clock.pass(day + 1)
    return closed(id)
  }
  await use(null)
  assert.deepEqual(await afterwards(), ["survey_window_closed"])
  for (const name of ["dos", "borrada"]) {
    await use(name)
    assert.deepEqual(await afterwards(), ["survey_template_unfit"])
  }
  assert.equal(graph.accepted.length, 0)
  const secrets = []
  for (const name of ["encuesta", "boton"]) {
    await use(name)
    assert.deepEqual(await afterwards(), ["template"])
    const { components } = graph.accepted.at(-1)!.body["template"] as {
      components: { parameters: { text: string }[] }[]
    }
    const { text } = components[0]!.parameters[0]!
    secrets.push(name === "boton" ? text : token.exec(text)![1]!)
  }
  for (const secret of secrets) {
    assert.equal((await stored()).includes(secret), false)
    assert.equal((await answer(secret)).status, 200)
  }
  // One that failed is sent again as the template it was, though the window is closed.
  const [last] = await look(
    "select m.id, m.ticket_id from messages m join sends s on s.message_id = m.id and s.sealed_template is not null limit 1",
  )
  await look("update sends set state = 'failed' where message_id = $1", [last.id])
  await look("update messages set delivery_state = 'failed', delivery_reason = 'temporary' where id = $1", [last.id])
  const { status, body } = await ana.call("POST", `/tickets/${last.ticket_id}/messages/${last.id}/retry`, {})
  assert.equal(status, 200, JSON.stringify(body))
})

test("a support ticket without an e-mail asks where its customer last wrote, else nowhere", async () => {
  const chat = await openMessageSource(desk, { kind: "webchat" })
  const conversation = (await chat.says("vis_2", { as: "visitor" })).ticket!
  const opened = await ana.call("POST", "/tickets", { subject: "Caja", conversationId: conversation.id })
  await move(String(opened.body["id"]), "resolved")
  await react()
  assert.deepEqual(await becauseOf(String(opened.body["id"])), ["text"])
  assert.match((await conversationOf(desk, chat.id, "vis_2")).messages.at(-1)!.content, token)
  const silent = await ana.call("POST", "/tickets", { subject: "Caja", contact: { phone: newPhone() } })
  await move(String(silent.body["id"]), "resolved")
  await react()
  assert.deepEqual(await becauseOf(String(silent.body["id"])), ["survey_unreachable"])
})

test("merged sources, campaigns, groups and people who are blocked are asked nothing, and the log says why", async () => {
  const source = await openMessageSource(desk, { survey: true })
  const person = newPhone()
  const [target, merged] = [await writes(source, {}, person), newPhone()]
  const other = await writes(source, {}, merged)
  assert.equal((await ana.call("POST", `/tickets/${other}/merge`, { into: target, override: "one firm" })).status, 200)
  await react()
  assert.deepEqual(await becauseOf(other), ["survey_merged"])
  assert.deepEqual(await closed(await writes(source, { campaignShipmentId: "shp_x" })), ["survey_campaign"])
  assert.deepEqual(await closed(await writes(source, { group: "familia" })), ["survey_group"])
  const blocked = await writes(source)
  await look("update contacts set blocked = true where id = (select contact_id from tickets where id = $1)", [blocked])
  assert.deepEqual(await closed(blocked), ["survey_blocked"])
})

test("incidents are never asked about, and a desk that wants no surveys sends none", async () => {
  const incident = newId("tkt")
  await look(
    `insert into tickets (id, kind, status, channel, last_message_at, created_by_kind, created_at, updated_at)
      values ($1, 'incident', 'in_progress', 'api', now(), 'system', now(), now())`,
    [incident],
  )
  for (const status of ["resolved", "closed"]) await move(incident, status)
  await react()
  assert.deepEqual(await becauseOf(incident), [])
  await acting(desk, (act) => changeSetting(act, "support.survey", false))
  const { body } = await ana.call("POST", "/tickets", { subject: "Caja", contact: { email: "eva@example.com" } })
  await move(String(body["id"]), "resolved")
  await react()
  assert.deepEqual(await becauseOf(String(body["id"])), [])
})

test("a survey answers nothing: it is no first response and wakes nobody", async () => {
  const source = await openMessageSource(desk, { survey: true })
  const id = await writes(source)
  await move(id, "closed")
  const stamp = () =>
    look("select status, version, updated_at, first_response_at, unread_messages from tickets where id = $1", [id])
  const before = await stamp()
  desk.clock.pass(1_000)
  await react()
  assert.deepEqual([await becauseOf(id), await stamp()], [["text"], before])
})

test("who wants no marketing gets no survey by a template of that kind", async () => {
  const number = await connect()
  graph.templates = [approvedTemplate("promo", "¿Cómo te fue? {{1}}", { category: "MARKETING" })]
  await ana.call("POST", `/connections/${number.id}/templates/sync`, {})
  const surveyTemplate = { name: "promo", language: "es" }
  await acting(desk, (act) => changeConnection(act, desk.secrets, number.id, { survey: true, surveyTemplate }))
  const [willing, unwilling] = [await writes(number), await writes(number)]
  await look(
    `update contact_identities set wants_marketing = false, marketing_said_at = now(), marketing_said_by = 'word' where id = (select identity_id from messages where ticket_id = $1 limit 1)`,
    [unwilling],
  )
  desk.clock.pass(day + 1)
  assert.deepEqual([await closed(willing), await closed(unwilling)], [["template"], ["survey_unreachable"]])
})
