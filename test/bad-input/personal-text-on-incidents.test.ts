// Nothing written on an incident's ticket may name a person: by every route that changes a ticket, in every text
// that its contract takes, in several written forms.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sanitizeAction, recordActions } from "#incidents/index.ts"
import { findPlanted, numbers, writtenForms } from "../planted-phone-numbers.ts"
import { acting } from "../desks/test-desk.ts"
import { allStoredText } from "../all-stored-text.ts"
import { changed, fieldsOf } from "./contract-fields.ts"
import { app, samples, send, ticket as conversation, withBody } from "./app-and-valid-bodies-for-all-routes.ts"

const planted = Object.values(numbers).map((make, i) => make(i * 7_919 + 13))
const isPlanted = findPlanted(planted)
const forms = Object.values(writtenForms)

async function incident(guia: string): Promise<{ id: string; number: string }> {
  const action = sanitizeAction(app.secrets, {
    actionId: `act_${guia}`,
    guia,
    type: "SEND_WHATSAPP",
    status: "FAILED",
    errorCode: 131026,
    at: app.now(),
  })
  const [told] = await acting(app, (act) => recordActions(act, [action], { depth: 1, mayStop: () => true }))
  const { rows } = await app.db.pool.query("select id, number from tickets where id = $1", [told!.ticket!.ticketId])
  return rows[0] as { id: string; number: string }
}

const one = await incident("014117806991")
const two = await incident("014117806992")

/** The sample of a route as it would be for the incident. */
function sampleFor(name: string): Record<string, unknown> {
  const sample = samples[name]!
  return "tickets" in sample ? { ...sample, tickets: [one.number] } : sample
}

test("no route that changes a ticket brings a number into an incident", async () => {
  const routes = withBody.filter(({ url }) => /^\/api\/v1\/tickets\/(:ref|bulk)/.test(url))
  let tried = 0
  for (const { name, method, url, body } of routes) {
    const address = url.replace(":ref", one.number).replace(":mode", "note").replace(":id", "msg_0")
    for (const { path, isFree, types, maxLength = 2_000 } of fieldsOf(body)) {
      if (path === "tickets" || path === "ticket" || !(isFree || types.includes("array") || types.includes("object")))
        continue
      for (let nth = 0; nth < 5; nth++) {
        const text = forms[(tried * 5 + nth) % forms.length]!(planted[tried++ % planted.length]!).slice(0, maxLength)
        const value = isFree ? `llamar al ${text}`.slice(0, maxLength) : types.includes("array") ? [text] : { x: text }
        const answer = await send(method, address, JSON.stringify(changed(sampleFor(name), path, value)))
        assert.ok(answer.status < 500, `${name} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
      }
    }
  }
  assert.ok(tried > 60, `${tried} tries`)
  for (const text of await allStoredText(app.db)) assert.equal(isPlanted(text), null, text)
})

const wanted = (method: string, path: string, body: object, status: number, code?: string) => async () => {
  const answer = await send(method, `/api/v1/tickets/${one.number}${path}`, JSON.stringify(body))
  assert.equal(answer.status, status, answer.text)
  if (code !== undefined) assert.equal(answer.body.code, code)
}
const phone = "+57 300 123 4567"

test("its subject cannot be changed", wanted("PATCH", "", { subject: "Otro" }, 400))
test("it has no free fields", wanted("PATCH", "", { customFields: { order: "1" } }, 400))
test("a tag with a number is refused", wanted("PATCH", "", { tags: [phone] }, 400))
test(
  "a note with a number is refused whole",
  wanted("POST", "/messages", { content: `llamar al ${phone}`, isInternal: true }, 400),
)
test(
  "a note without one is taken",
  wanted("POST", "/messages", { content: "llamar a la oficina", isInternal: true }, 201),
)
test("nobody can be answered on it", wanted("POST", "/messages", { content: "hola" }, 409, "undeliverable"))
test("a draft with a number is refused", wanted("PUT", "/drafts/note", { content: phone }, 400))
test("a solution with a number is refused, and the step with it", async () => {
  const move = (body: object) => send("PUT", `/api/v1/tickets/${two.number}/status`, JSON.stringify(body))
  assert.equal((await move({ status: "in_progress" })).status, 200)
  assert.equal((await move({ status: "resolved", resolution: `llamé al ${phone}` })).status, 400)
  const after = (await send("GET", `/api/v1/tickets/${two.number}`)).body
  assert.deepEqual([after["status"], after["resolution"]], ["in_progress", null])
})
test("it is not merged, neither way", async () => {
  for (const [from, into] of [
    [one.number, two.number],
    [one.number, conversation.number],
    [conversation.number, one.number],
  ]) {
    const answer = await send("POST", `/api/v1/tickets/${from}/merge`, JSON.stringify({ into, override: "porque sí" }))
    assert.ok([400, 409].includes(answer.status), answer.text)
  }
})
test("it may be linked to a conversation, and shows of it no more than its number and subject", async () => {
  const link = { type: "related", ticket: conversation.number }
  await wanted("POST", "/links", link, 201)()
  const { body } = await send("GET", `/api/v1/tickets/${one.number}`)
  const [linked] = body["links"] as { ticket: object }[]
  assert.deepEqual(Object.keys(linked!.ticket).toSorted(), ["id", "number", "status", "subject"])
})

test("a macro whose tags hold a number does nothing to an incident", async () => {
  const actions = [
    { type: "priority", value: "medium" },
    { type: "addTags", value: [`llamar al ${phone}`] },
  ]
  const macro = await send("POST", "/api/v1/macros", JSON.stringify({ name: "Con número", visibility: "all", actions }))
  assert.equal(macro.status, 201, macro.text)
  const answer = await send(
    "POST",
    `/api/v1/tickets/${two.number}/macro`,
    JSON.stringify({ macroId: macro.body["id"] }),
  )
  assert.equal(answer.status, 400, answer.text)
  const { body } = await send("GET", `/api/v1/tickets/${two.number}`)
  assert.deepEqual([body["priority"], body["tags"]], ["high", []])
})
