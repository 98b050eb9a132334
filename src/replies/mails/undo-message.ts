// A mail that is out cannot be called back: it waits some seconds in which its writer may change their mind.
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { takeBackFollowers } from "#intake/index.ts"
import { dismissFailures, mailThreadsOfTicket, type Message, messageById } from "#messages/index.ts"
import { cancelSends, sendById } from "#outbox/index.ts"
import { readSetting } from "#settings/index.ts"
import { takeBackAnswer, takeBackStatus, type TicketRow } from "#tickets/index.ts"

/** Until when a message that is written now can be taken back. */
export async function undoPeriodOf(act: Act, isMail: boolean): Promise<Date> {
  const seconds = isMail ? await readSetting(act, "mail.undoSeconds") : 0
  return new Date(act.now.getTime() + seconds * 1_000)
}

/**
 * Takes back what no server has begun to send: its customer reads nothing of it and waits as before, its ticket is in sight as before,
 * and whom it brought in follows no more. What was read stays read. Refuses (409 `already_sent`) what left, or is about to.
 */
export async function undoMessage(act: Act, ticket: TicketRow, messageId: string): Promise<Message> {
  const message = await messageById(act.tx, messageId, act.now)
  const send = message.ticketId === ticket.id ? await sendById(act, messageId) : undefined
  if (!send) throw notFound("message that was sent")
  if (send.state !== "queued" || send.claimedAt !== null) throw new Refusal("conflict", "already_sent")
  await cancelSends(act, [messageId])
  // Nobody has to deal with what somebody did not want to send.
  await dismissFailures(act, ticket.id, messageId)
  const run = <Row>(one: Statement) => runIn<Row>(act.tx, one)
  const threadIds = new Set((await mailThreadsOfTicket(run, ticket.id)).map(({ threadId }) => threadId))
  await takeBackFollowers(run, [...threadIds], { messageId, at: message.createdAt })
  await takeBackStatus(act, ticket, { userId: message.sender.id, at: message.createdAt })
  await takeBackAnswer(act, ticket, message.sentAt)
  return messageById(act.tx, messageId, act.now)
}
