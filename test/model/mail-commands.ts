// What people mail and staff do with it, each done to the model too and compared at once.
import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { transact } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { storeFileDeliveries } from "#incoming-webhooks/index.ts"
import { mailThreadJobs } from "#intake/index.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { replyAddress } from "#channels/email/message/tokens/address-token.ts"
import { signedMessageId } from "#channels/email/message/tokens/signed-message-id.ts"
import { mergeTickets } from "../../src/tickets/merge/merge-tickets.ts"
import { split as splitTicket } from "../../src/tickets/merge/split-ticket.ts"
import { openMailDesk } from "../desks/mail-desk.ts"
import { acting } from "../desks/test-desk.ts"
import { rawMail } from "../fakes/raw-mail.ts"
import { fc } from "../fast-check-seed.ts"
import {
  answeredOn,
  close,
  type Mail,
  merge,
  type Model,
  receive,
  split,
  type Thread,
  type Ticket,
} from "./mail-threads-model.ts"

type MailDesk = Awaited<ReturnType<typeof openMailDesk>>

export type Real = MailDesk & {
  connectionId: string
  process: () => Promise<void>
  /** A word that no other life uses: people, and mails that nobody has, are named with it. */
  life: string
  mails: number
  /** Of the mails of the model: the raw mail, or of one of ours the message. */
  raws: Map<string, string>
  messageIds: Map<Mail, string>
  threadIds: Map<Thread, string>
  ticketIds: Map<Ticket, string>
}

const address = "soporte@example.com"

export async function openLife() {
  const mailDesk = await openMailDesk()
  const { id: connectionId, process } = await mailDesk.openMailbox(address)
  const start = async (): Promise<Real> => {
    const maps = { raws: new Map(), messageIds: new Map(), threadIds: new Map(), ticketIds: new Map() }
    return { ...mailDesk, connectionId, process, life: newId("run").slice(4, 16), mails: 0, ...maps }
  }
  return { desk: mailDesk.desk, start }
}

type Command = fc.AsyncCommand<Model, Real>

/** Four minutes pass before each: nobody writes twenty mails in an hour. */
function command(words: string, run: (model: Model, real: Real, now: number) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      real.desk.clock.pass(4 * 60_000)
      await run(model, real, real.desk.clock.now.getTime())
    },
    toString: () => words,
  }
}

const person = fc.nat({ max: 3 })
const nth = fc.nat({ max: 30 })
const mailing = fc.record({
  writer: person,
  cc: fc.option(person, { freq: 2 }),
  /** Earlier mails, or mails that nobody has. */
  names: fc.array(fc.oneof(nth, fc.constantFrom("lost 1", "lost 2")), { maxLength: 2 }),
  /** Of our mails: whose address for answers it goes to. */
  token: fc.option(nth, { freq: 3 }),
  kind: fc.constantFrom("mail", "mail", "mail", "mail", "absence note"),
})
type Mailing = typeof mailing extends fc.Arbitrary<infer One> ? One : never

export const mailCommands: fc.Arbitrary<Command>[] = [
  mailing.map(mails),
  mailing.map(mails),
  mailing.map(mails),
  nth.map(answers),
  nth.map(answers),
  nth.map(repeats),
  nth.map(bounces),
  nth.map(closes),
  fc.tuple(nth, nth).map(merges),
  nth.map(splits),
  fc.constantFrom(1, 13, 15).map(waits),
]

const personOf = ({ life }: Real, n: number) => `p${n}.${life}@example.org`

function mails(said: Mailing): Command {
  return command(`mail ${JSON.stringify(said)}`, async (model, real, now) => {
    const ours = model.mails.filter(({ writer }) => writer === null)
    const token = said.token !== null && ours.length > 0 ? ours[said.token % ours.length]!.tokenThread : null
    const names = said.names.flatMap((name) => {
      if (typeof name === "string") return `${name.replace(" ", "")}.${real.life}@lost.example`
      return model.mails.length > 0 ? model.mails[name % model.mails.length]!.id : []
    })
    const id = `m${real.mails++}.${real.life}@example.org`
    const others = said.cc === null || said.cc === said.writer ? [] : [said.cc]
    const isNotice = said.kind === "absence note"
    const raw = rawMail({
      id,
      from: `Persona <${personOf(real, said.writer)}>`,
      to: token === null ? address : replyAddress(real.desk.secrets, address, real.threadIds.get(token)!)!,
      ...(others.length > 0 && { cc: personOf(real, others[0]!) }),
      ...(names.length > 0 && { inReplyTo: names[0]!, references: names.toReversed() }),
      ...(isNotice && { headers: { "Auto-Submitted": "auto-replied" } }),
      text: `Texto de ${id}`,
    })
    await deliver(real, raw)
    const taken = receive(model, { id, writer: said.writer, others, names, token, isNotice }, now)
    await checkPlace(real, id, taken)
    if (taken) real.raws.set(id, raw)
  })
}

let uids = 0

/** As a mailbox's reader stores it, and then received. */
async function deliver({ desk, connectionId, process }: Real, raw: string) {
  const bytes = Buffer.from(raw.replace(/\r?\n/g, "\r\n"))
  const { sha256 } = await desk.storage.put(Readable.from([bytes]), bytes.length)
  const [now, uid] = [desk.now(), ++uids]
  const facts = { folder: "INBOX", uidValidity: 7, uid, receivedAt: now, size: bytes.length, kept: "whole" }
  const body = JSON.stringify({ ...facts, sha256, isSilent: false })
  await transact(desk.db, (tx) =>
    storeFileDeliveries(tx, [{ connectionId, key: `7 ${uid} INBOX`, body, fileSha256: sha256, now }]),
  )
  await process()
}

/** The message is on the ticket that the model says, and on none if that says so. */
async function checkPlace(real: Real, id: string, taken: Mail | null) {
  const [row] = await real.rows(
    `select m.id, m.ticket_id as "ticketId", w.thread_id as "threadId" from message_mails w join messages m on m.id = w.message_id
      where w.mail_id = $1`,
    id,
  )
  assert.equal(row !== undefined, taken !== null, `${id} is ${taken ? "received" : "left out"}`)
  if (!taken) return
  const known = real.ticketIds.get(taken.ticket)
  if (known === undefined) assert.ok(![...real.ticketIds.values()].includes(row.ticketId), `${id} begins a ticket`)
  else assert.equal(row.ticketId, known, `${id} is on its ticket`)
  real.ticketIds.set(taken.ticket, row.ticketId)
  real.threadIds.set(taken.thread, row.threadId)
  real.messageIds.set(taken, row.id)
}

/** Something that happens to the n-th ticket that was not merged, if there is one. */
function onTicket(words: string, n: number, run: (ticket: Ticket, model: Model, real: Real, now: number) => unknown) {
  return command(`${words} ticket ${n}`, async (model, real, now) => {
    const tickets = model.tickets.filter(({ mergedInto }) => !mergedInto)
    if (tickets.length > 0) await run(tickets[n % tickets.length]!, model, real, now)
  })
}

function answers(n: number): Command {
  return onTicket("answers on", n, async (ticket, model, real, now) => {
    if (!ticket.isActive) return
    const path = `/tickets/${real.ticketIds.get(ticket)!}/messages`
    const { status, body } = await real.ana.call("POST", path, { content: "Vamos a verlo" })
    assert.equal(status, 201, JSON.stringify(body))
    Object.assign(ticket, { count: ticket.count + 1, updatedAt: now })
    const answered = answeredOn(model, ticket)
    if (!answered) return
    const messageId = String(body["id"])
    const [row] = await real.rows("select thread_id as id from message_mails where message_id = $1", messageId)
    assert.equal(row.id, real.threadIds.get(answered.thread), "it is of the thread of the mail that it answers")
    const id = signedMessageId(real.desk.secrets, messageId, "example.com")
    const rest = { writer: null, isStranger: false, isNotice: false }
    const mail = { id, thread: answered.thread, ticket, tokenThread: answered.thread, ...rest }
    model.mails.push(mail)
    real.messageIds.set(mail, messageId)
  })
}

function repeats(n: number): Command {
  return command(`mail ${n} comes again`, async (model, real) => {
    const came = model.mails.filter(({ writer }) => writer !== null)
    if (came.length === 0) return
    const mail = came[n % came.length]!
    await deliver(real, real.raws.get(mail.id)!)
    await checkPlace(real, mail.id, mail)
  })
}

/** No ticket changes by it: the end compares them all. */
function bounces(n: number): Command {
  return command(`answer ${n} bounces`, async (model, real) => {
    const ours = model.mails.filter(({ writer }) => writer === null)
    if (ours.length === 0) return
    const status = "Final-Recipient: rfc822; x@example.org\nAction: failed\nStatus: 5.1.1"
    const parts = [
      "--b\nContent-Type: text/plain\n\nNo such user",
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n${status}`,
      `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${ours[n % ours.length]!.id}>`,
      "--b--",
    ]
    const type = 'multipart/report; report-type=delivery-status; boundary="b"'
    const headers = { "Content-Type": type, "Return-Path": "<>" }
    await deliver(real, rawMail({ from: "MAILER-DAEMON@mx.example.org", headers, text: parts.join("\n\n") }))
  })
}

function closes(n: number): Command {
  return onTicket("closes", n, async (ticket, _model, real, now) => {
    if (!ticket.isActive) return
    const id = real.ticketIds.get(ticket)!
    await acting(real.desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
    close(ticket, now)
  })
}

function merges([n, other]: [number, number]): Command {
  return onTicket(`merges with ticket ${other}`, n, async (source, model, real, now) => {
    const others = model.tickets.filter((ticket) => !ticket.mergedInto && ticket !== source)
    if (others.length === 0) return
    const target = others[other % others.length]!
    const [sourceId, targetId] = [source, target].map((ticket) => real.ticketIds.get(ticket)!) as [string, string]
    await acting(real.desk, async (act) =>
      mergeTickets(act, await lockTicket(act, sourceId), await lockTicket(act, targetId)),
    )
    merge(model, source, target, now)
  })
}

function splits(n: number): Command {
  return command(`splits mail ${n} off`, async (model, real, now) => {
    const came = model.mails.filter(({ writer, ticket }) => writer !== null && ticket.count > 1)
    if (came.length === 0) return
    const mail = came[n % came.length]!
    const ticketId = real.ticketIds.get(mail.ticket)!
    const id = await acting(real.desk, async (act) =>
      splitTicket(act, await lockTicket(act, ticketId), [real.messageIds.get(mail)!], "Otra cosa"),
    )
    await mailThreadJobs(real.desk)[0]!.run({ eventId: 1, depth: 0, ticketId: id, subjectId: null })
    const thread = split(model, mail, now)
    real.ticketIds.set(mail.ticket, id)
    const [row] = await real.rows("select split_part(thread_key, ':', 2) as id from tickets where id = $1", id)
    real.threadIds.set(thread, row.id)
  })
}

function waits(days: number): Command {
  return command(`${days} days pass`, async (_model, real) => real.desk.clock.pass(days * 86_400_000))
}
