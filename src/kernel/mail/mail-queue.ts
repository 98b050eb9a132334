// Mail that leaves Hilo. A verb writes it down in its own transaction; a worker sends it later, each once. Only when the desk's server
// takes a mail and its answer is lost, a second try may double it: both carry the same Message-ID.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "../act.ts"
import type { Kit } from "../kit.ts"
import { isMailable, headerLine } from "./mail-address.ts"
import { mailErrorCode, isInvalidRecipient, mayHaveArrived } from "./classify-mail-errors.ts"
import type { MailTransport } from "./mail-transport.ts"
import { newId } from "../ids.ts"
import type { Log } from "../log.ts"
import { type PollingLoop, startPollingLoop } from "../jobs/polling-loop.ts"
import { wakeAfter } from "../database/wake.ts"
import type { Secrets } from "../secrets.ts"
import { type Purge, purgeRows } from "../jobs/cleanup.ts"

/**
 * Mails of one topic stand together where they are read. `answerableText`: what it says instead where its answers are read; without one
 * they are not. `mayLeaveByMailbox`: it opens nothing but what is the own of its reader, who is no member of staff, so that it leaves by a mailbox
 * without a topic too. What lets staff in may not: others of the staff read what left by a mailbox.
 */
type Words = {
  subject: string
  text: string
  mayLeaveByMailbox?: true | undefined
  topic?: string | undefined
  answerableText?: string | undefined
}

/**
 * `endsAt` (ISO 8601): what it says, a link say, is over then, and it no longer leaves. `once`: what it follows from, in the
 * form of the end of an id; a mail of that name that was queued before, by a job that is done again, is not queued twice.
 */
export type QueuedMail = Words & { to: string; endsAt?: string | undefined; once?: string | undefined }

/** A mail whose words the writer of that name writes when it leaves, so that a link in it is as young as the mail. */
export type DeferredMail = { to: string; writer: string; about: Record<string, string> }

/** `mailId` is the same for every try of a mail. Null: there is nothing to say any more. */
export type MailWriter = (act: Act, about: Record<string, string>, mailId: string) => Promise<Words | null>
export type MailWriters = Record<string, MailWriter>

const atOnce = 10
// Longer than any try may take: a claim that is older belongs to a worker that died.
const leaseMs = 120_000
/** How long a mail is tried before it waits for a person (days). */
export const mailRetryDays = 3
const keptDays = 7

/** False when nothing can be mailed to such an address. */
export async function queueMail(
  act: Act,
  secrets: Secrets,
  { to, once, ...mail }: QueuedMail | (DeferredMail & { once?: undefined }),
): Promise<boolean> {
  if (!isMailable(to)) return false
  const sealed = secrets.seal(JSON.stringify("writer" in mail ? mail : { ...mail, subject: headerLine(mail.subject) }))
  const id = once === undefined ? newId("mai") : `mai_${once}`
  const giveUpAt = new Date(act.now.getTime() + mailRetryDays * 86_400_000)
  await act.tx
    .insertInto("outgoingEmails")
    .values({ id, recipient: to, sealed, dueAt: act.now, createdAt: act.now, giveUpAt })
    .onConflict((c) => c.column("id").doNothing())
    .execute()
  wakeAfter(act.tx, "mail")
  return true
}

/** Where mail is sent from: the transport, and who writes what is written when it leaves. */
export type MailWorker = { post: MailTransport; writers: MailWriters }

/** One worker's share of the sending. Any number of them work on one database. */
export function startMailWorker(kit: Kit, log: Log, room: MailWorker): PollingLoop {
  return startPollingLoop(kit.db, log, { name: "mail", step: () => sendDueMails(kit, log, room) })
}

/** When the next mail is due. */
export const mailDueSql = "select min(due_at) from outgoing_emails where state = 'queued'"

/** Sends what is due; true when there may be more. */
export async function sendDueMails(kit: Kit, log: Log, room: MailWorker): Promise<boolean> {
  const claims = await claim(kit)
  await Promise.all(claims.map((mail) => send(kit, log, room, mail)))
  return claims.length === atOnce
}

type Claim = { id: string; recipient: string; sealed: string; tries: number; isLast: boolean }

// The try is counted before it is made: one that kills its worker is not made for ever.
async function claim({ db, now }: Kit): Promise<Claim[]> {
  const { rows } =
    await sql<Claim>`update outgoing_emails set tries = tries + 1, due_at = ${new Date(now().getTime() + leaseMs)}
    where id in (select id from outgoing_emails where state = 'queued' and due_at <= ${now()}
      order by due_at limit ${atOnce} for update skip locked)
    returning id, recipient, sealed, tries, give_up_at <= ${now()} as is_last`.execute(db.kysely)
  return rows
}

async function send(
  kit: Kit,
  log: Log,
  { post, writers }: MailWorker,
  { id, recipient, sealed, tries, isLast }: Claim,
) {
  try {
    const words = await wordsOf(kit, writers, { id, sealed })
    if (words) await post.send({ id, to: recipient, ...words })
    await settle(kit, id, words ? "sent" : "dropped", words ? null : "ended")
  } catch (error) {
    const reason = mailErrorCode(error)
    // Neither the address nor the server's words, which may repeat it.
    log.warn({ mail: id, reason, tries }, "a mail was not sent")
    if (isInvalidRecipient(error)) await settle(kit, id, "refused", reason)
    else if (isLast || mayHaveArrived(error)) await giveUp(kit, id, reason)
    else await postpone(kit, id, tries, reason)
  }
}

type SealedContent = (Words & { endsAt?: string }) | Omit<DeferredMail, "to">

async function wordsOf(
  kit: Kit,
  writers: MailWriters,
  { id, sealed }: Pick<Claim, "id" | "sealed">,
): Promise<Words | null> {
  const mail = JSON.parse(kit.secrets.open(sealed)) as SealedContent
  if ("writer" in mail) {
    const write = writers[mail.writer]
    if (!write) throw Object.assign(new Error("no such writer"), { code: "writer" })
    return inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => write(act, mail.about, id))
  }
  const { endsAt, ...words } = mail
  return endsAt !== undefined && new Date(endsAt) <= kit.now() ? null : words
}

async function settle({ db, now }: Kit, id: string, state: "sent" | "refused" | "dropped", reason: string | null) {
  const settled = { state, reason, sealed: null, settledAt: now() }
  await db.kysely.updateTable("outgoingEmails").set(settled).where("id", "=", id).execute()
}

async function giveUp({ db }: Kit, id: string, reason: string) {
  await db.kysely.updateTable("outgoingEmails").set({ state: "failed", reason }).where("id", "=", id).execute()
}

// Ten seconds, then four times as long each time, an hour at most.
async function postpone({ db, now }: Kit, id: string, tries: number, reason: string) {
  const dueAt = new Date(now().getTime() + Math.min(10_000 * 4 ** (tries - 1), 3_600_000))
  await db.kysely.updateTable("outgoingEmails").set({ dueAt, reason }).where("id", "=", id).execute()
  db.wakes.wake("mail")
}

/** Whom something was mailed to is nobody's business after a week. What failed stays until it was sent or dropped. */
export const purgeMails: Purge = (act) =>
  purgeRows(
    act,
    "outgoingEmails",
    sql`state in ('sent', 'refused', 'dropped') and settled_at < now() - make_interval(days => ${keptDays})`,
  )
