// What a mailed link opens, and to whom and how often one is mailed.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openTracking, tokenIn } from "#test/desks/tracking-desk.ts"

const {
  desk,
  ana,
  opened,
  track,
  look,
  visitor,
  clearLimits,
  moves,
  says,
  page,
  mails,
  askLink,
  openLink,
  linkTo,
  confirm,
} = await openTracking()
const minute = 60_000

test("a link is always answered alike, mailed only to an address of the ticket, and a few times an hour", async () => {
  await clearLimits()
  const { number, email } = await opened()
  const answers = [await askLink(number, "stranger@example.com"), await askLink("TKT-99999", email)]
  assert.deepEqual(await mails(), [])
  for (let n = 0; n < 6; n++) answers.push(await askLink(number, ` ${email.toUpperCase()}`))
  for (const { status, body } of answers) assert.deepEqual([status, body], [202, { validMinutes: 30 }])
  const sent = await mails()
  assert.equal(sent.length, 3, "what was asked in vain above costs the address nothing")
  assert.deepEqual([...new Set(sent.map(({ to }) => to))], [email])
  assert.doesNotMatch(sent.map(({ subject, text }) => subject + text).join(), /Caja|Eva/)
  const another = await ana.call("POST", "/tickets", { subject: "Otra", contact: { email } })
  await askLink(String(another.body["number"]), email)
  assert.equal((await mails()).length, 1, "what was asked for one ticket costs another nothing")
  desk.clock.pass(30 * minute)
  await askLink(number, email)
  assert.equal((await mails()).length, 1, "that of before is over")
})

test("a stranger uses up no link of an address: not by guesses, nor with a ticket for which they gave it", async () => {
  await clearLimits()
  const { number, email } = await opened()
  for (let n = 0; n < 4; n++) await askLink(`${700 + n}`, email)
  for (let n = 0; n < 10; n++) await askLink(number, `guess${n}@example.com`)
  assert.deepEqual(await mails(), [])
  const evil = await visitor()
  const given = (await evil.openTicket({ subject: "x", text: "x", email })).body["number"]!
  await mails()
  for (let n = 0; n < 4; n++) await askLink(given, email)
  assert.equal((await mails()).length, 3)
  const more = email.replace("@", "+more@")
  const another = (await evil.openTicket({ subject: "x", text: "x", email: more })).body["number"]!
  await mails()
  for (let n = 0; n < 2; n++) await askLink(another, more)
  assert.equal((await mails()).length, 1, "it is one mailbox")
  await clearLimits()
  await askLink(number, email)
  assert.deepEqual(
    (await mails()).map(({ to }) => to),
    [email],
  )
})

test("looking at a link changes nothing, its button uses it up, and it is over after half an hour", async () => {
  await clearLimits()
  const ticket = await opened()
  await askLink(ticket.number, ticket.email)
  await askLink(ticket.number, ticket.email)
  const [token, late] = (await mails()).map(tokenIn) as [string, string]
  for (let n = 0; n < 3; n++) assert.equal((await page("GET", `/track/open/${token}`)).statusCode, 200)
  assert.equal((await page("HEAD", `/track/open/${token}`)).statusCode, 200)
  const foreign = await page("POST", `/track/open/${token}`, {}, { origin: "https://evil.example" })
  assert.equal(foreign.statusCode, 403)
  const tries = await Promise.all(Array.from({ length: 5 }, () => openLink(token)))
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), [303, 404, 404, 404, 404])
  const { cookie, headers } = tries.find(({ status }) => status === 303)!
  assert.match(String(headers["set-cookie"]), /HttpOnly; SameSite=Lax/)
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie })).statusCode, 200)
  desk.clock.pass(30 * minute)
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie })).statusCode, 404)
  assert.equal((await openLink(late)).status, 404)
  for (const made of ["", "null", "trk_" + "a".repeat(43)])
    assert.equal((await page("POST", `/track/open/${made}`, {})).statusCode, 404, made)
})

test("a link opens what was exchanged with its address on its ticket: no notes, no other ticket, nobody else's words", async () => {
  await clearLimits()
  const [mine, others] = [
    await opened({ description: "No enciende" }),
    await opened({ description: "Secreto de otra" }),
  ]
  await says(mine.id, "**Ya** lo <b>miro</b>")
  await says(mine.id, "nota secreta", { isInternal: true })
  await says(others.id, "Para otra persona")
  const cookie = await linkTo(mine)
  const { body, headers } = await page("GET", "/track/ticket", undefined, { cookie })
  assert.match(body, /No enciende/)
  assert.match(body, /<strong>Ya<\/strong> lo &lt;b&gt;miro&lt;\/b&gt;/)
  assert.doesNotMatch(body, /nota secreta|Secreto|otra persona|ana@example.com|eva\d/)
  assert.partialDeepStrictEqual(headers, { "cache-control": "no-store", "referrer-policy": "same-origin" })
  // A cookie that is no link's opens nothing, and a file of another ticket is not there.
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie: "hilo_ticket=trs_x" })).statusCode, 404)
  assert.equal((await page("GET", "/track/files/att_1", undefined, { cookie })).statusCode, 404)
})

test("an address that staff only put on a contact opens what was opened for it alone, until a lead confirms it", async () => {
  await clearLimits()
  const mine = await opened({ description: "No enciende" })
  const [{ contact_id: contactId }] = await look("select contact_id from tickets where id = $1", [mine.id])
  const email = "agents@example.com"
  const identities = [mine.email, email].map((value) => ({ kind: "email", value }))
  await ana.call("PATCH", `/contacts/${contactId}`, { identities })
  const source = await openMessageSource(desk)
  const { ticket } = await source.says("+573005550177", { as: "phone", text: "Solo por teléfono" })
  const phones = { kind: "phone", value: "+573005550177" }
  await ana.call("PATCH", `/contacts/${ticket!.contact!.id}`, {
    identities: [phones, { kind: "email", value: "agents2@example.com" }],
  })
  for (const asked of [
    { ...mine, email },
    { number: ticket!.number, email: "agents2@example.com" },
  ]) {
    assert.equal((await track(asked.number, asked.email)).status, 404)
    await askLink(asked.number, asked.email)
  }
  assert.deepEqual(await mails(), [], "no link either")
  const { body: theirs } = await ana.call("POST", "/tickets", { subject: "Con ella", contact: { email } })
  assert.equal(theirs["contact"] && (theirs["contact"] as { id: string }).id, contactId)
  assert.equal((await track(String(theirs["number"]), email)).status, 200)
  assert.equal((await track(mine.number, email)).status, 404)
  await confirm(email)
  assert.equal((await track(mine.number, email)).status, 200)
  const cookie = await linkTo({ ...mine, email })
  assert.match((await page("GET", "/track/ticket", undefined, { cookie })).body, /No enciende/)
  // Taken away, it opens nothing any more: no story, and not the browser that used a link.
  await ana.call("PATCH", `/contacts/${contactId}`, { identities: identities.slice(0, 1) })
  const reply = { key: "frm_r", what: "reply", text: "Soy yo" }
  assert.equal((await page("GET", "/track/ticket", undefined, { cookie })).statusCode, 404)
  assert.equal((await page("POST", "/track/ticket", reply, { cookie })).statusCode, 404)
  assert.equal((await track(mine.number, email)).status, 404)
})

test("an answer comes from that address, once however often the form is sent, and opens the ticket again", async () => {
  await clearLimits()
  const mine = await opened()
  await moves(mine.id, "resolved")
  const cookie = await linkTo(mine)
  const form = { key: "frm_1", what: "reply", text: "Sigue <i>igual</i>" }
  const sent = await Promise.all([1, 2, 3].map(() => page("POST", "/track/ticket", form, { cookie })))
  assert.deepEqual(
    sent.map(({ statusCode }) => statusCode),
    [303, 303, 303],
  )
  const { body } = await ana.call("GET", `/tickets/${mine.id}/messages`)
  const said = (body["items"] as { direction: string; content: string; sender: { type: string } }[]).filter(
    ({ content }) => content.includes("igual"),
  )
  assert.partialDeepStrictEqual(said, [{ direction: "in", content: "Sigue <i>igual</i>", sender: { type: "contact" } }])
  assert.equal(said.length, 1)
  assert.equal((await ana.call("GET", `/tickets/${mine.id}`)).body["status"], "open")
  assert.match((await page("GET", "/track/ticket", undefined, { cookie })).body, /Sigue &lt;i&gt;igual&lt;\/i&gt;/)
  await moves(mine.id, "closed")
  await page("POST", "/track/ticket", { key: "frm_2", what: "reopen" }, { cookie })
  assert.equal((await ana.call("GET", `/tickets/${mine.id}`)).body["status"], "open")
  await moves(mine.id, "closed")
  desk.clock.pass(15 * 24 * 60 * minute)
  const late = await linkTo(mine)
  const { headers } = await page("POST", "/track/ticket", { ...form, key: "frm_4" }, { cookie: late })
  const [, followUp] = /wentTo=(TKT-\d{5})$/.exec(String(headers["location"]))!
  assert.match(
    (await page("GET", String(headers["location"]), undefined, { cookie: late })).body,
    new RegExp(followUp!),
  )
  assert.equal((await track(followUp!, mine.email)).status, 200)
  const foreign = await page(
    "POST",
    "/track/ticket",
    { ...form, key: "frm_3" },
    { cookie: late, origin: "https://evil.example" },
  )
  assert.equal(foreign.statusCode, 403)
  assert.equal((await page("POST", "/track/ticket", form, {})).statusCode, 404)
})

test("somebody blocked wakes nothing by a link, not the other customer's ticket into which theirs was merged either", async () => {
  await clearLimits()
  const [mine, others] = [await opened(), await opened()]
  const [{ contact_id: contactId }] = await look("select contact_id from tickets where id = $1", [mine.id])
  const merged = await ana.call("POST", `/tickets/${mine.id}/merge`, { into: others.id, override: "one firm" })
  assert.equal(merged.status, 200)
  await moves(others.id, "resolved")
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: true })
  const cookie = await linkTo(mine)
  const status = async () => (await ana.call("GET", `/tickets/${others.id}`)).body["status"]
  for (const form of [
    { key: "frm_1", what: "reopen" },
    { key: "frm_2", what: "reply", text: "¿y?" },
  ]) {
    assert.equal((await page("POST", "/track/ticket", form, { cookie })).statusCode, 303)
    assert.equal(await status(), "resolved", form.what)
  }
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: false })
  await page("POST", "/track/ticket", { key: "frm_3", what: "reopen" }, { cookie })
  assert.equal(await status(), "open")
})

/** The form of an answer as a browser sends it, with files. */
function answerWith(fields: Record<string, string>, files: [name: string, content: string | Buffer<ArrayBuffer>][]) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ what: "reply", ...fields })) form.append(name, value)
  for (const [name, content] of files) form.append("file", new File([content], name))
  return form
}

test("an answer takes files as the portal does: ten of 25 MB, none that runs, and what is refused keeps the text", async () => {
  await clearLimits()
  // Files on the disk live by the machine's own clock.
  desk.clock.now = new Date(Date.now() + minute)
  const mine = await opened()
  const cookie = await linkTo(mine)
  const send = (form: FormData) => page("POST", "/track/ticket", form, { cookie })
  const refusals: [files: Parameters<typeof answerWith>[1], status: number][] = [
    [[["virus.exe", "x"]], 400],
    [[["vacío.txt", ""]], 400],
    [[["largo.txt", Buffer.alloc(25 * 1024 * 1024 + 1)]], 413],
    [Array.from({ length: 11 }, (_, n) => [`${n}.txt`, "x"] as [string, string]), 400],
  ]
  for (const [n, [files, status]] of refusals.entries()) {
    const { statusCode, body } = await send(answerWith({ key: `frm_${n}`, text: "Mira <esto>\r\ny esto" }, files))
    assert.equal(statusCode, status, files[0]![0])
    assert.match(body, /role="alert"/)
    assert.match(body, />\nMira &lt;esto&gt;\ny esto<\/textarea/)
  }
  assert.equal((await send(answerWith({ key: "frm_5", text: "  " }, []))).statusCode, 400)
  assert.equal((await ana.call("GET", `/tickets/${mine.id}`)).body["messageCount"], 0)
  // Files alone are an answer too; browsers send a part without a name where none is chosen.
  const whole = answerWith({ key: "frm_6", text: "" }, [
    ["", ""],
    ["foto.svg", "<svg/>"],
    ["nota ñ.txt", "hola"],
  ])
  for (let n = 0; n < 2; n++) assert.equal((await send(whole)).statusCode, 303)
  const { body } = await ana.call("GET", `/tickets/${mine.id}/messages`)
  const [message, ...more] = body["items"] as { direction: string; attachments: { id: string; name: string }[] }[]
  assert.deepEqual(more, [])
  assert.deepEqual(
    [message!.direction, message!.attachments.map(({ name }) => name)],
    ["in", ["foto.svg", "nota ñ.txt"]],
  )
  const path = `/track/files/${message!.attachments[1]!.id}`
  const file = await page("GET", path, undefined, { cookie })
  assert.deepEqual([file.statusCode, file.body], [200, "hola"])
  assert.match(String(file.headers["content-disposition"]), /^attachment/)
  assert.equal((await page("GET", path)).statusCode, 404)
  // What came with a form that was refused, or was there before, nobody can send any more: it counts against no quota.
  assert.deepEqual(await look("select file_name from attachments where message_id is null"), [])
  const isKept = (words: string) => desk.storage.has(createHash("sha256").update(words).digest("hex"))
  assert.deepEqual([await isKept("x"), await isKept("hola")], [false, true])
})
