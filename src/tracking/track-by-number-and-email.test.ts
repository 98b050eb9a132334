// What number and e-mail show: every miss is the same, guesses are counted, and the story holds no word of a message.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { saveNumberAliases } from "../tickets/numbers/find-ticket-by-number-or-alias.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openTracking } from "#test/desks/tracking-desk.ts"

const { desk, ana, opened, track, look, clearLimits, moves, says, page, askLink, mails, confirm } = await openTracking()
const minute = 60_000

test("every miss is the same 404: no such number, another's e-mail, another kind, what is no number or e-mail", async () => {
  await clearLimits()
  const [mine, others] = [await opened(), await opened()]
  const mirrored = newId("tkt")
  await look(
    `insert into tickets (id, kind, status, channel, last_message_at, created_by_kind, created_at, updated_at, contact_id)
      select $1, 'mirrored', 'open', 'api', now(), 'system', now(), now(), contact_id from tickets where id = $2`,
    [mirrored, mine.id],
  )
  const [{ number }] = await look("select number from tickets where id = $1", [mirrored])
  const misses: [string, string][] = [
    ["TKT-99999", mine.email],
    [mine.number, others.email],
    [mine.number, "nobody@example.com"],
    [number, mine.email],
    [mine.number, "Ana@example.com"],
    [mine.id, mine.email],
    ["' or 1=1 --", mine.email],
    [mine.number, "%"],
    [mine.number, "not an address"],
  ]
  const answers = []
  for (const [index, [asked, email]] of misses.entries())
    answers.push(await track(asked, email, `198.51.100.${index + 1}`))
  for (const answer of answers) assert.deepEqual([answer.status, answer.body], [404, answers[0]!.body])
})

test("the story: created, first response, being worked on, resolved, reopened, closed, in order, and how it was resolved", async () => {
  await clearLimits()
  const { id, number, email } = await opened({ description: "No enciende" })
  const steps = async () => {
    const { status, body } = await track(number, email)
    assert.equal(status, 200)
    return body as { status: string; timeline: { step: string; at: string }[]; resolutionNotes: string | null }
  }
  assert.deepEqual(
    (await steps()).timeline.map(({ step }) => step),
    ["created"],
  )
  desk.clock.pass(minute)
  await says(id, "una nota", { isInternal: true })
  assert.equal((await steps()).timeline.length, 1, "a note is no step")
  await says(id, "Ya lo miro")
  desk.clock.pass(minute)
  await moves(id, "resolved", { resolution: "Se cambió la caja" })
  desk.clock.pass(minute)
  await moves(id, "open")
  desk.clock.pass(minute)
  await moves(id, "closed", { resolution: "Caja nueva" })
  const story = await steps()
  assert.deepEqual(
    story.timeline.map(({ step }) => step),
    ["created", "first_response", "in_progress", "resolved", "reopened", "closed"],
  )
  const times = story.timeline.map(({ at }) => at)
  assert.deepEqual(times, times.toSorted())
  assert.deepEqual(Object.keys(story).toSorted(), ["number", "resolutionNotes", "status", "subject", "timeline"])
  assert.deepEqual([story.status, story.resolutionNotes], ["closed", "Caja nueva"])
  assert.doesNotMatch(JSON.stringify(story), /nota|ana@|Ana|Eva|example|enciende|Ya lo miro/)
})

test("a number is read in any usual writing, the e-mail whatever its case, and any confirmed address of the contact finds it", async () => {
  await clearLimits()
  const { id, number, email } = await opened()
  const [{ contact_id: contactId }] = await look("select contact_id from tickets where id = $1", [id])
  const other = "second@example.com"
  const identities = [email, other].map((value) => ({ kind: "email", value }))
  assert.equal((await ana.call("PATCH", `/contacts/${contactId}`, { identities })).status, 200)
  await confirm(other)
  const n = String(Number(number.slice(4)))
  for (const [asked, who] of [
    [number.toLowerCase(), ` ${email.toUpperCase()} `],
    [`tkt ${n}`, other],
    [n, email],
    [`ＴＫＴ－${n}`.replace("－", "-"), email],
  ] as const)
    assert.equal((await track(asked, who, "192.0.2.9")).status, 200, asked)
})

test("an earlier number finds the ticket that has the e-mail, also when another ticket had it too", async () => {
  await clearLimits()
  const [one, two] = [await opened(), await opened()]
  const aliases = [one, two].map(({ id }) => ({ ticketId: id, alias: "ZD-4711" }))
  await acting(desk, (act) => saveNumberAliases(act, aliases))
  for (const { number, email } of [one, two]) {
    const { status, body } = await track("zd-4711", email)
    assert.deepEqual([status, body["number"]], [200, number])
  }
  assert.equal((await track("zd-4711", "nobody@example.com")).status, 404)
})

test("a conversation is tracked by its contact's confirmed e-mail, and what was merged goes on where it went", async () => {
  await clearLimits()
  const source = await openMessageSource(desk)
  const { ticket } = await source.says("+573005550101", { as: "phone" })
  const email = "wa@example.com"
  const { contact, id, number } = ticket!
  const phone = { kind: "phone", value: "+573005550101" }
  await ana.call("PATCH", `/contacts/${contact!.id}`, { identities: [phone, { kind: "email", value: email }] })
  await confirm(email)
  const target = await opened()
  await says(id, "Hola")
  desk.clock.pass(minute)
  assert.equal((await ana.call("POST", `/tickets/${id}/merge`, { into: target.id, override: "one firm" })).status, 200)
  desk.clock.pass(minute)
  await moves(target.id, "resolved", { resolution: "Para Eva" })
  const { status, body } = await track(number, email)
  assert.equal(status, 200)
  assert.deepEqual(
    (body["timeline"] as { step: string }[]).map(({ step }) => step),
    ["created", "first_response", "in_progress", "resolved"],
  )
  // It went on with somebody else, and was resolved for them.
  assert.deepEqual([body["status"], body["resolutionNotes"]], ["resolved", null])
})

test("guesses are counted by where they come from, by number and by e-mail, in parallel and on every server", async () => {
  await clearLimits()
  const status = async (number: string, email: string, from: string) => (await track(number, email, from)).status
  const many = await Promise.all(
    Array.from({ length: 30 }, (_, n) => status(`${900 + n}`, `x${n}@example.com`, `2001:db8:1:2::${n}`)),
  )
  assert.equal(many.filter((one) => one === 404).length, 10, "one /64 is one client")
  const refused = await track("1", "y@example.com", "2001:db8:1:2:ffff::1")
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers["retry-after"]) > 0)
  const spread = (n: number) => `10.1.${n >> 8}.${n & 255}`
  const ofNumber = []
  for (let n = 0; n < 31; n++) ofNumber.push(await status(n % 2 ? "TKT-00777" : "777", `z${n}@example.com`, spread(n)))
  assert.deepEqual([ofNumber.at(-2), ofNumber.at(-1)], [404, 429])
  const ofEmail = []
  for (let n = 0; n < 31; n++) ofEmail.push(await status(`${5000 + n}`, `q+${n}@example.com`, spread(100 + n)))
  assert.deepEqual([ofEmail.at(-2), ofEmail.at(-1)], [404, 429])
})

test("a stranger's guesses shut nobody out: not from where they saw it, and the mailed link stays open to its holder", async () => {
  await clearLimits()
  const { number, email } = await opened()
  const home = "198.51.100.200"
  assert.equal((await track(number, email, home)).status, 200)
  // One client alone does not use up what is left to all, however long it goes on.
  const guess = (n: number, from: string) => track(`TKT-${6000 + n}`, email, from)
  for (let minute = 0; minute < 3; minute++) {
    await look("delete from rate_limits where key like 'track_client:%'")
    await Promise.all(Array.from({ length: 10 }, (_, n) => guess(n, "2001:db8:66::1")))
  }
  assert.equal((await track(number, email, "2001:db8:66:1::1")).status, 200)
  await Promise.all(Array.from({ length: 22 }, (_, n) => guess(n, `10.2.0.${n}`)))
  // The right number tells them nothing any more, from wherever; who saw it goes on seeing it.
  assert.equal((await track(number, email, "10.3.0.1")).status, 429)
  for (let n = 0; n < 3; n++) assert.equal((await track(number, email, home)).status, 200)
  assert.equal((await track("TKT-7100", email, home)).status, 429, "another one is a guess there too")
  const refused = await page("POST", "/track", { number, email })
  assert.equal(refused.statusCode, 429)
  assert.match(refused.body, /action="\/track\/link/)
  await askLink(number, email)
  assert.deepEqual(
    (await mails()).map(({ to }) => to),
    [email],
  )
})

test("the page answers its form without scripts: the story, the same miss, and nothing that was typed as HTML", async () => {
  await clearLimits()
  const { number, email } = await opened({ subject: "<script>alert(1)</script>" })
  const hit = await page("POST", "/track?lang=en", { number: ` ${number.toLowerCase()}`, email })
  assert.equal(hit.statusCode, 200)
  assert.match(hit.body, /&lt;script&gt;alert\(1\)/)
  const miss = await page("POST", "/track?lang=en", { number: `"><img src=x>`, email: "a@b.co" })
  assert.equal(miss.statusCode, 404)
  assert.doesNotMatch(miss.body, /<img/)
  assert.equal((await page("POST", "/track", { number: "", email })).statusCode, 400)
})
