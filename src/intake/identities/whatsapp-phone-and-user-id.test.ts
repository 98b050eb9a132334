import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { phoneNumberId } from "#test/fakes/graph-api.ts"
import { changedNumber, from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
let people = 0
const newPhone = () => `5730021${String(++people).padStart(5, "0")}`
const newBsuid = () => `CO.${1502576394650000 + ++people}`
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

async function number() {
  const open = await openNumber(desk)
  const write = async (who: { phone?: string; bsuid?: string }, body = "hola") => {
    assert.equal(await open.hears(from(who, text(body, desk.clock.now))), 200)
    await processWebhooks(desk)
    desk.clock.pass(1_000)
  }
  const active = () =>
    rows("select id, contact_id as contact from tickets where connection_id = $1 and active order by id", open.id)
  return { ...open, write, active }
}

const contactOf = async (value: string): Promise<string | undefined> =>
  (await rows("select contact_id as id from contact_identities where value = $1", value))[0]?.id
const changedId = (previous: string, current: string) => ({
  entry: [
    {
      id: "102290129340398",
      changes: [
        {
          field: "user_id_update",
          value: {
            metadata: { phone_number_id: phoneNumberId },
            user_id_update: [{ user_id: { previous, current }, timestamp: "1795338000" }],
          },
        },
      ],
    },
  ],
})

test("a phone that was known gets its id with the first message that carries it", async () => {
  const { write, active } = await number()
  const [phone, bsuid] = [newPhone(), newBsuid()]
  await write({ phone })
  await write({ phone, bsuid })
  await write({ bsuid })
  assert.equal((await active()).length, 1)
  assert.equal(await contactOf(bsuid), await contactOf(`+${phone}`))
})

test("an id without a phone is a person too, and stays the same when the phone comes", async () => {
  const { write, active } = await number()
  const [phone, bsuid] = [newPhone(), newBsuid()]
  await write({ bsuid })
  await write({ phone, bsuid })
  await write({ phone })
  assert.equal((await active()).length, 1)
  assert.equal(await contactOf(bsuid), await contactOf(`+${phone}`))
})

test("two contacts with a ticket each become one with one, when a message shows that they are one", async () => {
  const { id, write, active } = await number()
  const [phone, bsuid] = [newPhone(), newBsuid()]
  await write({ phone }, "por teléfono")
  await write({ bsuid }, "por usuario")
  const [first, second] = await active()
  assert.notEqual(first.contact, second.contact)
  await write({ phone, bsuid }, "soy yo")
  assert.deepEqual(await active(), [first])
  const said = await rows("select content from messages where ticket_id = $1 order by sent_at", first.id)
  assert.deepEqual(
    said.map((row) => row.content),
    ["por teléfono", "por usuario", "soy yo"],
  )
  const events = await rows("select kind from events where kind = 'contact.merged' and subject_id = $1", first.contact)
  assert.equal(events.length, 1)
  const tickets = await rows("select unread_messages as n from tickets where connection_id = $1 and active", id)
  assert.deepEqual(tickets, [{ n: 3 }])
})

test("somebody with another id who has the number now is not who had it before", async () => {
  const { write, active } = await number()
  const [phone, before, after] = [newPhone(), newBsuid(), newBsuid()]
  await write({ phone, bsuid: before })
  await write({ phone, bsuid: after })
  assert.equal((await active()).length, 2)
  assert.notEqual(await contactOf(before), await contactOf(after))
  assert.equal(await contactOf(`+${phone}`), await contactOf(after))
})

test("who changes their number stays who they are, in any order, and gets no ticket for it", async () => {
  for (const noticeFirst of [true, false]) {
    const { hears, write, active } = await number()
    const [before, after] = [newPhone(), newPhone()]
    await write({ phone: before })
    const steps = [() => hears(changedNumber(before, after)), () => write({ phone: after }, "tengo otro número")]
    for (const step of noticeFirst ? steps : steps.toReversed()) await step()
    await processWebhooks(desk)
    assert.equal((await active()).length, 1, String(noticeFirst))
    assert.equal(await contactOf(`+${before}`), await contactOf(`+${after}`))
    // A late message from the old number.
    await write({ phone: before })
    assert.equal((await active()).length, 1)
  }
})

test("a change of number of somebody we never met leaves nothing behind", async () => {
  const { id, hears } = await number()
  const [before, after] = [newPhone(), newPhone()]
  await hears(changedNumber(before, after))
  await processWebhooks(desk)
  assert.deepEqual([await contactOf(`+${before}`), await contactOf(`+${after}`)], [undefined, undefined])
  assert.deepEqual(await rows("select state from webhook_deliveries where connection_id = $1", id), [{ state: "done" }])
})

test("a new id of the same person is linked to them", async () => {
  const { post, write, active } = await number()
  const [phone, newer, before, after] = [newPhone(), newPhone(), newBsuid(), newBsuid()]
  await write({ phone, bsuid: before })
  assert.equal(await post(changedId(before, after)), 200)
  await processWebhooks(desk)
  await write({ phone: newer, bsuid: after })
  assert.equal((await active()).length, 1)
  const all = await Promise.all([before, after, `+${phone}`, `+${newer}`].map(contactOf))
  assert.deepEqual(all, Array(4).fill(all[0]))
})

test("an id counts within one business account, or within the portfolio that two accounts share", async () => {
  const bsuid = newBsuid()
  const from1 = from({ bsuid }, text("hola", desk.clock.now))
  const at = (waba: string, metadata: object) => ({
    entry: [{ id: waba, changes: [{ field: "messages", value: { metadata, ...from1 } }] }],
  })
  const alone = await openNumber(desk, { phoneNumberId: "30000000001" })
  const other = await openNumber(desk, { phoneNumberId: "30000000002" })
  await alone.post(at("1111111", { phone_number_id: "30000000001" }))
  await other.post(at("2222222", { phone_number_id: "30000000002" }))
  await processWebhooks(desk)
  assert.equal((await rows("select distinct contact_id from contact_identities where value = $1", bsuid)).length, 2)
  const shared = newBsuid()
  Object.assign(from1.messages[0]!, { from_user_id: shared })
  Object.assign(from1.contacts[0]!, { user_id: shared })
  for (const [waba, phoneNumber] of [
    ["3333333", "30000000003"],
    ["4444444", "30000000004"],
  ] as const) {
    const sister = await openNumber(desk, { phoneNumberId: phoneNumber, portfolioId: "5555555" })
    await sister.post(at(waba, { phone_number_id: phoneNumber }))
  }
  await processWebhooks(desk)
  assert.equal((await rows("select distinct contact_id from contact_identities where value = $1", shared)).length, 1)
})

test("first messages that carry different addresses of one person at once end as one ticket", async () => {
  const { hears, active } = await number()
  const [phone, bsuid] = [newPhone(), newBsuid()]
  const who = [{ phone }, { phone, bsuid }, { bsuid }, { phone, bsuid }, { phone }, { bsuid }]
  for (const one of who) await hears(from(one, text("hola", desk.clock.now)))
  await Promise.all([processWebhooks(desk), processWebhooks(desk)])
  desk.clock.pass(60_000)
  await processWebhooks(desk)
  const [ticket, ...others] = await active()
  assert.deepEqual(others, [])
  const said = await rows("select count(*) as n from messages where ticket_id = $1", ticket.id)
  assert.deepEqual(said, [{ n: 6 }])
})

test("Mexican and Brazilian ways of writing one number are one person", async () => {
  const { write, active } = await number()
  await write({ phone: "5215512345678" })
  await write({ phone: "525512345678" })
  await write({ phone: "551187654321" })
  await write({ phone: "5511987654321" })
  assert.equal((await active()).length, 2)
})

test("two people who are both known and turn out to be one have one thread, the active ticket of which keeps the law", async () => {
  const open = await number()
  const [phone, bsuid] = [newPhone(), newBsuid()]
  await open.hears(from({ phone }, text("por número", desk.now())), from({ bsuid }, text("por nombre", desk.now())))
  await processWebhooks(desk)
  await open.hears(from({ phone, bsuid }, text("soy yo", desk.now())), from({ phone }, text("otra", desk.now())))
  await processWebhooks(desk)
  const texts = await rows(
    "select content from messages m join tickets t on t.id = m.ticket_id where t.connection_id = $1 and t.active",
    open.id,
  )
  assert.deepEqual(texts.map(({ content }) => content).toSorted(), ["otra", "por nombre", "por número", "soy yo"])
})
