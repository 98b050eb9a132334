// What people do about mails that could not be received: they see whose they are and why, take them as they came, try them again, all
// of one cause at once, or make a ticket of one by hand.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { member } from "#test/desks/test-desk.ts"
import { readableText } from "./readable-text.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()

type ListedMail = { id: string; cause: string; summary: object; replayedAt: string | null }

async function mailboxWithQuarantine(
  address: string,
  fill: (mailbox: Awaited<ReturnType<typeof openMailbox>>) => void,
) {
  const mailbox = await openMailbox(address)
  await mailbox.fetch()
  fill(mailbox)
  await mailbox.fetch()
  for (let tries = 0; tries < 5; tries++) {
    desk.clock.pass(60_000)
    await mailbox.process()
  }
  const list = async (more = "") => (await ana.call("GET", `/failed-deliveries?connectionId=${mailbox.id}${more}`)).body
  return { ...mailbox, list, items: async () => (await list())["items"] as ListedMail[] }
}

test("who may not manage mailboxes sees nothing of what is quarantined, and does nothing about it", async () => {
  const bruno = await member(desk, { name: "Bruno", email: "bruno@example.com", role: "lead" })
  const mailbox = await mailboxWithQuarantine("strangers@example.com", ({ receive }) => receive({ from: "???" }))
  const [{ id }] = (await mailbox.items()) as [ListedMail]
  const calls = [
    bruno.call("GET", "/failed-deliveries"),
    bruno.call("POST", `/failed-deliveries/${id}/ticket`, {}),
    bruno.call("POST", "/failed-deliveries/replay", { connectionId: mailbox.id, cause: "from_unreadable" }),
  ]
  assert.deepEqual(
    (await Promise.all(calls)).map(({ status }) => status),
    [403, 403, 403],
  )
})

test("a mail without a sender becomes one ticket of the sender that somebody names, however often it is asked for", async () => {
  const mailbox = await mailboxWithQuarantine("nobody@example.com", ({ receive }) =>
    receive({ id: "n@nobody", from: "???", subject: "=?utf-8?q?Sin_se=C3=B1al?=", text: "Ya no hay señal" }),
  )
  const [{ id, cause, summary }] = (await mailbox.items()) as [ListedMail]
  assert.equal(cause, "from_unreadable")
  assert.deepEqual({ ...summary, bytes: 0 }, { sender: null, subject: "Sin señal", bytes: 0 })
  const make = (body: object) => ana.call("POST", `/failed-deliveries/${id}/ticket`, body)
  const nameless = await make({})
  assert.deepEqual([nameless.status, (nameless.body["errors"] as [{ path: string }])[0].path], [400, "from"])
  const from = { name: "Carla", address: "Carla@example.org" }
  const made = await Promise.all([make({ from }), make({ from }), make({ from })])
  const [ticket, ...others] = await mailbox.tickets()
  assert.deepEqual([ticket.subject, ticket.contact, ticket.count, others.length], ["Sin señal", "Carla", 1, 0])
  assert.deepEqual(
    [...made, await make({})].map(({ status, body }) => [status, (body["ticket"] as { id: string }).id]),
    made.concat(nameless).map(() => [201, ticket.id]),
  )
  const [message] = await rows("select content from messages where ticket_id = $1", ticket.id)
  assert.equal(message.content, "Ya no hay señal")
  assert.deepEqual(await mailbox.items(), [])
  const [kept] = await rows("select element, summary from failed_deliveries where id = $1", id)
  assert.deepEqual(kept, { element: null, summary: null }, "what was said is where it belongs, and kept nowhere else")
})

test("an address that can be nobody's stops no mail that has another one, and is never asked for twice", async () => {
  const mailbox = await mailboxWithQuarantine("mistyped@example.com", ({ receive }) => {
    receive({ id: "1@shop", from: "Tienda <noreply@shop.example>", headers: { "Reply-To": "root@web01" } })
    receive({ id: "2@shop", from: "a@b..c", headers: { "Reply-To": "jefa@customer.example" } })
  })
  assert.deepEqual(
    (await mailbox.tickets()).map(({ contact }) => contact),
    ["Tienda"],
  )
  const [{ id }] = (await mailbox.items()) as [ListedMail]
  const make = (body: object) => ana.call("POST", `/failed-deliveries/${id}/ticket`, body)
  const nameless = await make({})
  assert.deepEqual([nameless.status, (nameless.body["errors"] as [{ path: string }])[0].path], [400, "from"])
  assert.equal((await make({ from: { name: "Avisos", address: "noreply@b.example" } })).status, 201)
  assert.equal((await mailbox.tickets()).at(-1).contact, "Avisos", "whom somebody named, and not whom the mail names")
})

test("all of one cause are tried again at once, page by page, and those of another one are left alone", async () => {
  const mailbox = await mailboxWithQuarantine("causes@example.com", ({ receive }) => {
    for (let n = 0; n < 23; n++) receive({ id: `${n}@pong`, from: "Pong <pong@example.net>", text: `Pong ${n}` })
    receive({ id: "x@nobody", from: "???" })
  })
  const { items, nextCursor, causes } = (await mailbox.list("&limit=1")) as {
    items: ListedMail[]
    nextCursor: string
    causes: object[]
  }
  assert.deepEqual([items.length, typeof nextCursor], [1, "string"])
  assert.deepEqual(causes, [
    { cause: "mail_flood", count: 3 },
    { cause: "from_unreadable", count: 1 },
  ])
  const flood = (await mailbox.list("&cause=mail_flood"))["items"] as ListedMail[]
  assert.deepEqual(
    flood.map(({ summary }) => (summary as { sender: { address: string } }).sender.address),
    ["pong@example.net", "pong@example.net", "pong@example.net"],
  )
  const { status, body } = await ana.call("POST", "/failed-deliveries/replay", {
    connectionId: mailbox.id,
    cause: "mail_flood",
  })
  assert.deepEqual([status, body], [200, { replayed: 3, failed: 0, nextCursor: null }])
  assert.equal((await mailbox.tickets()).length, 23)
  assert.deepEqual(
    (await mailbox.items()).map(({ cause }) => cause),
    ["from_unreadable"],
  )
})

test("the text of a mail is found without taking it apart", () => {
  const head = "From: Carla <carla@example.org>\r\n"
  const part = (type: string, text: string) => `--b\r\nContent-Type: ${type}\r\n${text}`
  const cases: [mail: string, text: string][] = [
    [`${head}\r\nHola\r\nCarla`, "Hola\nCarla"],
    [`${head}Content-Transfer-Encoding: quoted-printable\r\n\r\nSe=C3=B1al=\r\n es`, "Señal es"],
    [`${head}Content-Type: text/plain; charset=iso-8859-1\r\n\r\nSe\u00f1al`, "Señal"],
    [
      `${head}\r\n${part("text/html", "\r\n<b>no</b>")}\r\n${part("text/plain", "Content-Transfer-Encoding: base64\r\n\r\nSG9sYQ==")}\r\n--b--`,
      "Hola",
    ],
    [`${head}\r\n${"\u0000\u0001\u0002".repeat(50)}`, ""],
  ]
  for (const [mail, text] of cases) assert.equal(readableText(Buffer.from(mail, "latin1")), text)
})
