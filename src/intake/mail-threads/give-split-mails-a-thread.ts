// Mails that were split off go on by themselves: what answers them comes to the ticket where they are now.
import { inTransaction, system } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { mailsOfTicket, moveMailsToThread } from "#messages/index.ts"
import { giveThread, lockTicket, mailThreadKey } from "#tickets/index.ts"
import { copyParticipants, insertThreads, moveIds } from "./mail-thread-store.ts"

export const mailThreadJobs = (kit: Kit): Job[] => [
  { name: "give-split-mails-a-thread", run: (payload) => giveThreadToSplitMails(kit, payload as ReactionPayload) },
]

/** Done again it changes nothing: the ticket has its thread. */
async function giveThreadToSplitMails(kit: Kit, { ticketId, eventId, depth }: ReactionPayload): Promise<void> {
  if (ticketId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    if (ticket.connectionId === null || ticket.threadKey !== null || ticket.mergedInto !== null) return
    const { connectionId } = ticket
    const run = <Row>(statement: Statement) => runIn<Row>(act.tx, statement)
    const mails = await mailsOfTicket(run, ticketId)
    if (mails.length === 0) return
    const threadId = newId("mth")
    await insertThreads(run, connectionId, [threadId], act.now)
    await moveMailsToThread(run, ticketId, threadId)
    await moveIds(run, { connectionId, threadId, ids: mails.flatMap(({ mailId }) => mailId ?? []) })
    for (const from of new Set(mails.map((mail) => mail.threadId))) await copyParticipants(run, from, threadId)
    await giveThread(act, ticketId, mailThreadKey(connectionId, threadId))
  })
}
