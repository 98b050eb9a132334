// What mails become does not depend on how many of them are received at once.
import assert from "node:assert/strict"
import { test } from "node:test"
import { system } from "#kernel/act.ts"
import type { ChannelMail } from "#channels/index.ts"
import { identityOf } from "#contacts/index.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { fc } from "#test/fast-check-seed.ts"
import { type InboundMessage, plainMessage } from "../inbound-message.ts"
import { receiveUnshown } from "../receive-message.ts"
import { receiveMails } from "./receive-mails.ts"

const desk = await openDesk(() => {})
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows

const said = fc.record({
  writer: fc.constantFrom(0, 0, 0, 1, 2, 3),
  cc: fc.option(fc.nat(3), { freq: 2 }),
  /** Ids that it names: of earlier mails, or of mails that nobody has. */
  names: fc.array(fc.oneof(fc.nat(14), fc.constantFrom("lost1", "lost2")), { maxLength: 2 }),
  text: fc.constantFrom("hola", "hola", "hola", "hola", "como dije en TKT-000001", "gracias"),
  kind: fc.constantFrom<InboundMessage["kind"]>("message", "message", "message", "message", "system"),
  isSilent: fc.constantFrom(false, false, true),
  auth: fc.constantFrom<ChannelMail["auth"]>("pass", "unknown", "fail"),
  isByForm: fc.constantFrom(false, false, true),
  hasFile: fc.boolean(),
  /** Before it the ticket of this earlier mail is closed. */
  closes: fc.option(fc.nat(14), { freq: 6 }),
  /** It is that earlier mail once more. */
  again: fc.option(fc.nat(14), { freq: 8 }),
})
type Said = typeof said extends fc.Arbitrary<infer One> ? One : never
type Mail = { inbound: InboundMessage; closes: string | null; names: readonly string[] }

let last = 0

/** The same mails on a connection of their own, from people of their own. */
async function createTelling(all: readonly Said[]) {
  const life = `life${++last}end`
  const { id: connectionId } = await openMessageSource(desk, { reopenWindowMinutes: 120 })
  const address = (n: number) => ({ name: `Persona ${n}`, address: `p${n}.${life}@example.org` })
  const idOf = (name: number | string) => `m${name}.${life}@example.org`
  const mailOf = (n: number): Mail => {
    const one = all[n]!
    if (one.again !== null && one.again < n) return { ...mailOf(one.again), closes: null }
    const [mailId, writer] = [idOf(n), address(one.writer)]
    const named = one.names.flatMap((name) => (typeof name === "string" || name < n ? idOf(name) : []))
    const mail: ChannelMail = {
      subject: `Asunto ${n}`,
      mailId,
      inReplyTo: named.slice(0, 1),
      references: named,
      thread: { tokens: [], ids: named.map((id) => ({ id, messageId: null })) },
      from: one.isByForm ? { name: "Web", address: `web.${life}@example.org` } : writer,
      writer,
      replyTo: [],
      recipients: [],
      others: one.cc === null || one.cc === one.writer ? [] : [address(one.cc)],
      automatic: one.kind === "system" ? "auto_reply" : "no",
      auth: one.auth,
      claimsToBeUs: false,
      isSilent: one.isSilent,
      newText: one.text,
      html: n % 2 === 0 ? null : "<p>hola</p>",
      foldedFrom: null,
      quotedFrom: null,
      rawSha256: null,
    }
    const inbound: InboundMessage = {
      ...plainMessage,
      connectionId,
      externalId: mailId,
      kind: one.kind,
      direction: "in",
      person: { identity: identityOf(writer.address, { kind: "email", scope: "" })!, name: writer.name },
      address: writer.address,
      position: 10 ** 12 * last + n,
      text: one.text,
      sentAt: desk.now(),
      ...(one.hasFile && { files: [{ providerId: `f${n}`, mimeType: "image/png", fileName: "f.png", sha256: null }] }),
      mail,
    }
    return {
      inbound,
      closes: one.closes === null || one.closes >= n ? null : idOf(one.closes),
      names: [mailId, ...named],
    }
  }
  return { life, connectionId, mails: all.map((_, n) => mailOf(n)) }
}

async function close(mailId: string) {
  const [row] = await query(
    "select m.ticket_id as id from message_mails w join messages m on m.id = w.message_id join tickets t on t.id = m.ticket_id and t.active where w.mail_id = $1",
    mailId,
  )
  if (row) await acting(desk, async (act) => transition(act, await lockTicket(act, row.id), { to: "closed" }))
}

/** What keeps one out says so; nothing else may. */
const receiveAlone = (inbound: InboundMessage) =>
  receiveUnshown(desk, system, inbound).catch((error: Error) => assert.equal(error.name, "mail_flood"))

async function receiveOneByOne(mails: readonly Mail[]) {
  for (const { inbound, closes } of mails) {
    if (closes !== null) await close(closes)
    await receiveAlone(inbound)
  }
}

/** As deliveries are: together those that have neither writer nor ids in common, then what is left. Gives how many were. */
async function receiveInBatches(mails: readonly Mail[]): Promise<number> {
  let together = 0
  for (const rest = [...mails]; rest.length > 0;) {
    const [first] = rest
    if (first!.closes !== null) await close(first!.closes)
    const seen = new Set<string>()
    const end = rest.findIndex(({ inbound, names, closes }, n) => {
      const all = [inbound.address, ...names]
      const isApart = (n === 0 || closes === null) && !all.some((name) => seen.has(name))
      for (const name of all) seen.add(name)
      return !isApart
    })
    const batch = rest.splice(0, end === -1 ? rest.length : end).map(({ inbound }) => inbound)
    const settled = await receiveMails(desk, batch)
    together += settled.size
    for (const inbound of batch) if (!settled.has(inbound)) await receiveAlone(inbound)
  }
  return together
}

/** All that is stored of it, in words that every telling shares. */
async function rowsOf({ life, connectionId }: { life: string; connectionId: string }): Promise<string[]> {
  const mails = await query(
    `select w.*, m.id, m.ticket_id, m.contact_id, m.identity_id, m.content, m.kind, m.sender_id, m.delivery_state, m.sent_at,
       (select string_agg(f.provider_id || f.state, ' ') from attachments f where f.message_id = m.id) as files,
       row_number() over (order by m.position) as place
     from messages m join message_mails w on w.message_id = m.id where m.connection_id = $1 order by m.position`,
    connectionId,
  )
  const tickets = await query(
    `select id, number, kind, status, active, subject, thread_key, contact_id, unread_messages, message_count, first_message_at, last_message_at,
       updated_at, closed_at, reopen_count, version,
       (select json_agg(l.to_id order by l.to_id) from ticket_links l where l.from_id = t.id) as links,
       (select json_agg(s.because) from suggested_links s where s.ticket_id = t.id) as suggested
     from tickets t where connection_id = $1`,
    connectionId,
  )
  const ids = await query("select digest, thread_id, is_borne from mail_ids where connection_id = $1", connectionId)
  const people = await query(
    `select p.thread_id, p.address, p.name, p.role from mail_participants p join mail_threads t on t.id = p.thread_id where t.connection_id = $1`,
    connectionId,
  )
  const contacts = await query(
    `select c.id, c.name, i.id as identity, i.value, i.proof, i.confirmed_for = c.id as sure from contacts c
     join contact_identities i on i.contact_id = c.id where i.value like $1 order by i.value`,
    `%.${life}@example.org`,
  )
  const events = await query(
    `select ticket_id, kind, subject_id, actor_kind, actor_id, data, why, team_id from events where ticket_id = any($1) or subject_id = any($2) order by id`,
    tickets.map(({ id }) => id),
    contacts.map(({ id }) => id),
  )
  const words = new Map<string, string>([
    [connectionId, "connection"],
    [life, "here"],
  ])
  for (const one of contacts) words.set(one.id, `contact ${one.value}`).set(one.identity, `identity ${one.value}`)
  for (const { id, mail_id: mailId, thread_id: threadId, ticket_id: ticketId } of mails) {
    words.set(id, `message ${mailId}`)
    if (!words.has(threadId)) words.set(threadId, `thread ${mailId}`)
    if (!words.has(ticketId)) words.set(ticketId, `ticket ${mailId}`)
  }
  for (const { id, number } of tickets) words.set(number, `number of ${words.get(id)}`)
  const keys = [...words.keys()].toSorted((a, b) => b.length - a.length).map((key) => RegExp.escape(key))
  const shared = (text: string) => text.replace(new RegExp(keys.join("|"), "g"), (key) => words.get(key)!)
  const tell = (row: object) => {
    let text = JSON.stringify(row)
    for (let before = ""; before !== text;) text = shared((before = text))
    return text
  }
  const threads = [...Map.groupBy(ids, (one) => one.thread_id)].map(([threadId, all]) => {
    return { threadId, ids: all.length, borne: all.filter((one) => one.is_borne).length }
  })
  const stories = [...Map.groupBy(events, (one) => one.ticket_id ?? one.subject_id).values()]
  const rows = [...mails, ...tickets, ...threads, ...people, ...contacts].map(tell)
  return [...rows, ...stories.map((all) => all.map(tell).join("\n"))].toSorted()
}

test("mails received together are stored as those received one by one", { timeout: 240_000 }, async () => {
  // What they name has the first number.
  await (await openMessageSource(desk)).says("+573001112233")
  let together = 0
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 2, maxLength: 15 }), async (all) => {
      const [alone, joint] = [await createTelling(all), await createTelling(all)]
      await receiveOneByOne(alone.mails)
      together += await receiveInBatches(joint.mails)
      assert.deepEqual(await rowsOf(joint), await rowsOf(alone))
      desk.clock.pass(3_600_000)
    }),
    { numRuns: Number(process.env["HILO_SPLIT_RUNS"] ?? 25) },
  )
  assert.ok(together > 0)
})
