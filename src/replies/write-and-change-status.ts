import type { Act } from "#kernel/act.ts"
import { hasUndelivered, type Message } from "#messages/index.ts"
import type { Principal } from "#people/index.ts"
import { changeStatus, lockTicket, nextStatuses, type Status, type TicketRow } from "#tickets/index.ts"
import { type ReplyInput, writeReply } from "./write-reply.ts"

/**
 * Writes on a locked ticket and moves it, both or neither: a writer who sends and closes at once, and leaves, has closed it. One that has
 * ended meanwhile stays as it is, where no step leads from there; and one with words that did not arrive, these or earlier ones, does not
 * end with them: the agent is asked first.
 */
export async function writeAndChangeStatus(
  act: Act,
  who: Principal,
  ticket: TicketRow,
  { status, ...writing }: ReplyInput & { status?: Status | undefined },
): Promise<Message> {
  const message = await writeReply(act, who, ticket, writing)
  // What was written may have moved it, or given it to somebody.
  const now = status === undefined ? null : await lockTicket(act, message.ticketId)
  if (!now || status === undefined) return message
  const isEnd = status === "resolved" || status === "closed"
  const isAllowed = now.active || nextStatuses(now.kind, now.status).includes(status)
  if (isAllowed && !(isEnd && (await hasUndelivered(act.tx, now.id)))) await changeStatus(act, who, now, { status })
  return message
}
