// What staff did reaches by mail the customers whose tickets no channel of theirs keeps them informed about: their answers, and that
// it was resolved or closed. Notes never come near: only public messages are events that this reads.
import type { Timer } from "#timers/index.ts"
import { type Act, inTransaction, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { type EventKind, followLog, readExclusively } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { customerPageUrl } from "#tickets/index.ts"
import { composeCustomerEmail } from "./customer-email-text.ts"
import { mailUnreadChatAnswers } from "./mail-unread-chat-answers.ts"
import {
  type DueCustomerEmails,
  insertCustomerEmails,
  pendingCustomerEmails,
  hasDueCustomerEmails,
  putBackHeldAnswers,
  takeDueCustomerEmails,
} from "./customer-email-store.ts"

const reader = "customer emails"
const kinds: EventKind[] = ["message.posted", "message.sent_again", "ticket.resolved", "ticket.closed"]
const everyMs = 500
const batchDelayMs = 60_000
const atOnce = 20

export const customerEmailsTimer: Timer = { topic: reader, dueSql: "select min(due_at) from customer_emails" }

export function startCustomerEmails(kit: Kit, log: Log, publicUrl: string): PollingLoop {
  const read = async () => {
    const isMore = await recordCustomerEmails(kit)
    return (await sendCustomerEmails(kit, publicUrl)) || isMore
  }
  return followLog(kit.db, log, { name: reader, read, everyMs, topics: [reader] })
}

/**
 * Notes what the next events have for customers; true when there is more. Not inTransaction: that would wake every loop,
 * this one too.
 */
export async function recordCustomerEmails(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  return transact(kit.db, async (tx) => {
    const taken = await readExclusively(tx, reader, kinds)
    // The text with which staff open a ticket is what the customer said to them.
    const dueEmails = (taken?.events ?? []).flatMap(
      ({ id, kind, ticketId, subjectId, actorKind, actorId, data, at }) => {
        if (ticketId === null || data["opening"] === true) return []
        // What closes by itself was announced a day before.
        if (kind === "ticket.closed" && actorKind === "system") return []
        const messageId = kind.startsWith("message.") ? subjectId : null
        return [{ eventId: id, ticketId, messageId, actorId, dueAt: new Date(at.getTime() + batchDelayMs) }]
      },
    )
    await insertCustomerEmails({ tx, actor: system, now: kit.now() }, dueEmails)
    return taken?.more ?? false
  })
}

/** Mails what is due, one mail for each ticket; true when there may be more. */
export async function sendCustomerEmails(
  kit: Pick<Kit, "db" | "now" | "secrets">,
  publicUrl: string,
): Promise<boolean> {
  if (!(await hasDueCustomerEmails(kit.db, kit.now()))) return false
  return inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const due = await takeDueCustomerEmails(act, atOnce)
    const isOn = due.length > 0 && (await readSetting(act, "support.mailCustomers"))
    if (isOn) await mailAll(act, kit.secrets, publicUrl, due)
    return due.length === atOnce
  })
}

async function mailAll(act: Act, secrets: Secrets, publicUrl: string, due: DueCustomerEmails[]) {
  const notMailed: DueCustomerEmails[] = []
  for (const one of due) if (!(await mailOne(act, secrets, publicUrl, one))) notMailed.push(one)
  const messageIds = due.flatMap(({ messages }) => messages.map(({ id }) => id))
  const held = await mailUnreadChatAnswers(act, secrets, publicUrl, messageIds)
  // Whom the ticket's own mail has reached is mailed nothing more about it.
  await putBackHeldAnswers(act, notMailed, held)
}

/** False when nobody was to be mailed anything. */
async function mailOne(act: Act, secrets: Secrets, publicUrl: string, due: DueCustomerEmails): Promise<boolean> {
  let isAny = false
  for (const dueEmails of await pendingCustomerEmails(act, due)) {
    const language = dueEmails.language ?? (await readSetting(act, "language"))
    const email = composeCustomerEmail(language, dueEmails, customerPageUrl(publicUrl, dueEmails.number, dueEmails))
    if (email) isAny = (await queueMail(act, secrets, { to: dueEmails.email, topic: due.ticketId, ...email })) || isAny
  }
  return isAny
}
