import type { Act } from "#kernel/act.ts"
import type { Message } from "#messages/index.ts"
import type { Principal } from "#people/index.ts"
import { changeStatus, lockTicket, type Status, type TicketRow } from "#tickets/index.ts"
import { type ReplyInput, writeReply } from "./write-reply.ts"

/**
 * Writes on a locked ticket and moves it, both or neither: whoever sends and closes at once, and goes, leaves no ticket open that was
 * answered.
 */
export async function writeAndChangeStatus(
  act: Act,
  who: Principal,
  ticket: TicketRow,
  { status, ...writing }: ReplyInput & { status?: Status | undefined },
): Promise<Message> {
  const message = await writeReply(act, who, ticket, writing)
  // What was written may have moved it, or given it to somebody.
  if (status !== undefined) await changeStatus(act, who, await lockTicket(act, message.ticketId), { status })
  return message
}
