// A form that is sent by a mailed link while the link ends, or while its address is taken away.
import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { test } from "node:test"
import { surveyOfTicket } from "#surveys/index.ts"
import { openTracking } from "#test/desks/tracking-desk.ts"
import { linkCookie, sessionOfRequest, writeByLink } from "./session-of-link.ts"

const { desk, ana, opened, look, clearLimits, moves, linkTo } = await openTracking()
const minute = 60_000

async function takeAway({ id, email }: { id: string; email: string }) {
  const [{ contact_id: contactId }] = await look("select contact_id from tickets where id = $1", [id])
  const identities = [{ kind: "email", value: `other-${email}` }]
  assert.equal((await ana.call("PATCH", `/contacts/${contactId}`, { identities })).status, 200)
}

/** A form of which the last file goes on only once `meanwhile` happened, and the file before it is stored. */
async function answerSlowly(form: FormData, cookie: string, meanwhile: () => Promise<unknown>) {
  const sent = new Response(form)
  const bytes = Buffer.from(await sent.arrayBuffer())
  const last = bytes.indexOf("[last]")
  async function* chunks() {
    yield bytes.subarray(0, last)
    while ((await look("select from attachments where message_id is null")).length === 0);
    await meanwhile()
    yield bytes.subarray(last)
  }
  const head = { "content-type": sent.headers.get("content-type")!, "content-length": String(bytes.length) }
  const headers = { ...head, cookie, origin: desk.publicUrl, "accept-language": "en" }
  return desk.app.inject({ method: "POST", url: "/track/ticket", payload: Readable.from(chunks()), headers })
}

test("while a slow form comes its link may end, but an address that is taken away writes and reads nothing more", async () => {
  const cases: [last: string, meanwhile: "removed" | "over", status: number, messages: number][] = [
    ["last.txt", "removed", 404, 0],
    ["last.exe", "removed", 404, 0],
    ["last.txt", "over", 303, 1],
    ["last.exe", "over", 404, 0],
  ]
  for (const [last, meanwhile, status, messages] of cases) {
    await clearLimits()
    const mine = await opened({ description: "No enciende" })
    const cookie = await linkTo(mine)
    await moves(mine.id, "resolved")
    const happens = {
      removed: () => takeAway(mine),
      over: async () => desk.clock.pass(30 * minute),
    }
    const form = new FormData()
    for (const [name, value] of Object.entries({ what: "reply", key: "frm_1", text: "Sigue igual" }))
      form.append(name, value)
    form.append("file", new File(["hola"], "first.txt"))
    form.append("file", new File(["[last]"], last))
    const answer = await answerSlowly(form, cookie, happens[meanwhile])
    assert.equal(answer.statusCode, status, `${last} ${meanwhile}`)
    assert.doesNotMatch(answer.body, /No enciende|Sigue igual/)
    const ticket = (await ana.call("GET", `/tickets/${mine.id}`)).body
    assert.deepEqual([ticket["messageCount"], ticket["status"]], [1 + messages, messages === 1 ? "open" : "resolved"])
    assert.deepEqual(await look("select from attachments where message_id is null"), [])
  }
})

test("an address that is taken away in the last moment is refused where its words are written", async () => {
  await clearLimits()
  const mine = await opened()
  const [, value] = (await linkTo(mine)).split("=")
  const session = (await sessionOfRequest(desk, { cookies: { [linkCookie]: value } }))!
  await takeAway(mine)
  const written = writeByLink(
    { ...desk, survey: surveyOfTicket },
    session,
    { key: "frm_1", what: "reply", text: "x" },
    [],
  )
  await assert.rejects(written, { code: "link_over" })
})
