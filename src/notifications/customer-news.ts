// What staff did reaches by mail the customers whose tickets no channel of theirs tells them of: their answers, and that
// it was resolved or closed. Notes never come near: only public messages are events that this reads.
import type { Timer } from "#timers/index.ts"
import { type Act, inTransaction, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import type { Log } from "#kernel/log.ts"
import type { Loop } from "#kernel/loop.ts"
import { queueMail } from "#kernel/mail.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { type EventKind, followLog, takeEvents } from "#events/index.ts"
import { readSetting } from "#settings/index.ts"
import { newsLetter } from "./customer-letter.ts"
import { type DueNews, insertNews, newsOf, someIsDue, takeDue } from "./customer-news-store.ts"

const reader = "customer news"
const kinds: EventKind[] = ["message.posted", "message.sent_again", "ticket.resolved", "ticket.closed"]
const everyMs = 500
const gatherMs = 60_000
const atOnce = 20

export const customerNewsTimer: Timer = { topic: reader, dueSql: "select min(due_at) from customer_news" }

export function startCustomerNews(kit: Kit, log: Log, publicUrl: string): Loop {
  const read = async () => {
    const isMore = await noteNews(kit)
    return (await mailNews(kit, publicUrl)) || isMore
  }
  return followLog(kit.db, log, { name: reader, read, everyMs, topics: [reader] })
}

/**
 * Notes what the next events have for customers; true when there is more. Not inTransaction: that would wake every loop,
 * this one too.
 */
export async function noteNews(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  return transact(kit.db, async (tx) => {
    const taken = await takeEvents(tx, reader, kinds)
    // The text with which staff open a ticket is what the customer told them.
    const news = (taken?.events ?? []).flatMap(({ id, kind, ticketId, subjectId, actorId, data, at }) => {
      if (ticketId === null || data["opening"] === true) return []
      const messageId = kind.startsWith("message.") ? subjectId : null
      return [{ eventId: id, ticketId, messageId, actorId, dueAt: new Date(at.getTime() + gatherMs) }]
    })
    await insertNews({ tx, actor: system, now: kit.now() }, news)
    return taken?.more ?? false
  })
}

/** Mails what is due, one mail for each ticket; true when there may be more. */
export async function mailNews(kit: Pick<Kit, "db" | "now" | "secrets">, publicUrl: string): Promise<boolean> {
  if (!(await someIsDue(kit.db, kit.now()))) return false
  return inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const due = await takeDue(act, atOnce)
    const isOn = due.length > 0 && (await readSetting(act, "support.mailCustomers"))
    if (isOn) for (const one of due) await mailOne(act, kit.secrets, publicUrl, one)
    return due.length === atOnce
  })
}

async function mailOne(act: Act, secrets: Secrets, publicUrl: string, due: DueNews) {
  for (const news of await newsOf(act, due)) {
    const language = news.language ?? (await readSetting(act, "language"))
    const letter = newsLetter(language, news, `${publicUrl}/my/${news.number}`)
    if (letter) await queueMail(act, secrets, { to: news.email, topic: due.ticketId, ...letter })
  }
}
