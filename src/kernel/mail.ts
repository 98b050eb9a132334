// Mail that leaves Hilo. A verb writes it down in its own transaction; a worker sends it later, each once. Only when a server
// takes a mail and its answer is lost, a second try may double it: both carry the same Message-ID.
import { sql } from "kysely"
import type { Act } from "./act.ts"
import type { Kit } from "./answer.ts"
import { isMailable, oneLine } from "./mail-address.ts"
import type { PostOffice } from "./post-office.ts"
import { newId } from "./ids.ts"
import type { Log } from "./log.ts"
import { type Loop, startLoop } from "./loop.ts"
import type { Secrets } from "./secrets.ts"

/** Mails of one topic stand together where they are read. */
export type Mail = { to: string; subject: string; text: string; topic?: string | undefined }

const atOnce = 10
const mostTries = 8
// Longer than any try may take: a claim that is older belongs to a worker that died.
const leaseMs = 120_000
const keptDays = 7

/** False when nothing can be mailed to such an address. */
export async function queueMail(act: Act, secrets: Secrets, { to, subject, ...rest }: Mail): Promise<boolean> {
  if (!isMailable(to)) return false
  const sealed = secrets.seal(JSON.stringify({ subject: oneLine(subject), ...rest }))
  const times = { dueAt: act.now, createdAt: act.now }
  await act.tx
    .insertInto("mails")
    .values({ id: newId("mai"), recipient: to, sealed, ...times })
    .execute()
  return true
}

/** One worker's share of the sending. Any number of them work on one database. */
export function startMail(kit: Kit, log: Log, post: PostOffice): Loop {
  return startLoop(kit.db, log, { name: "mail", step: () => sendDue(kit, log, post) })
}

/** Sends what is due; true when there may be more. */
export async function sendDue(kit: Kit, log: Log, post: PostOffice): Promise<boolean> {
  const claims = await claim(kit)
  await Promise.all(claims.map((mail) => send(kit, log, post, mail)))
  return claims.length === atOnce
}

type Claim = { id: string; recipient: string; sealed: string; tries: number }

// The try is counted before it is made: one that kills its worker is not made for ever.
async function claim({ db, now }: Kit): Promise<Claim[]> {
  const { rows } = await sql<Claim>`update mails set tries = tries + 1, due_at = ${new Date(now().getTime() + leaseMs)}
    where id in (select id from mails where state = 'queued' and due_at <= ${now()}
      order by due_at limit ${atOnce} for update skip locked)
    returning id, recipient, sealed, tries`.execute(db.kysely)
  return rows
}

async function send(kit: Kit, log: Log, post: PostOffice, { id, recipient, sealed, tries }: Claim) {
  try {
    const letter = JSON.parse(kit.secrets.open(sealed)) as Omit<Mail, "to">
    await post.send({ id, to: recipient, ...letter })
    await settle(kit, id, "sent", null)
  } catch (error) {
    const reason = reasonOf(error)
    // Neither the address nor the server's words, which may repeat it.
    log.warn({ mail: id, reason, tries }, "a mail was not sent")
    if (isFinal(error) || tries >= mostTries) await settle(kit, id, "failed", reason)
    else await postpone(kit, id, tries, reason)
  }
}

type Failed = { code?: string; responseCode?: number }

const reasonOf = (error: unknown) => String((error as Failed).responseCode ?? (error as Failed).code ?? "unknown")
const isFinal = (error: unknown) => ((error as Failed).responseCode ?? 0) >= 500

async function settle({ db, now }: Kit, id: string, state: "sent" | "failed", reason: string | null) {
  const settled = { state, reason, sealed: null, settledAt: now() }
  await db.kysely.updateTable("mails").set(settled).where("id", "=", id).execute()
}

// Ten seconds, then four times as long each time, an hour at most: the last try comes after some four hours.
async function postpone({ db, now }: Kit, id: string, tries: number, reason: string) {
  const dueAt = new Date(now().getTime() + Math.min(10_000 * 4 ** (tries - 1), 3_600_000))
  await db.kysely.updateTable("mails").set({ dueAt, reason }).where("id", "=", id).execute()
}

/** Whom something was mailed to is nobody's business after a week. */
export async function forgetOldMails(act: Act): Promise<void> {
  await act.tx
    .deleteFrom("mails")
    .where("settledAt", "<", sql<Date>`now() - make_interval(days => ${keptDays})`)
    .execute()
}
