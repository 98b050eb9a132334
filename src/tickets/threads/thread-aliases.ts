// Threads that lead to a ticket which is not of the thread: mails about it left by a mailbox, and are answered there.
import type { Act } from "#kernel/act.ts"

/** The thread leads there from now on, and wherever the ticket is merged into. */
export async function leadThreadTo(act: Act, threadKey: string, ticketId: string): Promise<void> {
  await act.tx
    .insertInto("threadAliases")
    .values({ threadKey, ticketId, createdAt: act.now })
    .onConflict((c) => c.column("threadKey").doNothing())
    .execute()
}

/** The threads that lead to the ticket, the oldest first. */
export async function threadsLeadingTo(act: Act, ticketId: string): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("threadAliases")
    .select("threadKey")
    .where("ticketId", "=", ticketId)
    .orderBy("createdAt")
    .execute()
  return rows.map(({ threadKey }) => threadKey)
}
