// A mail about a ticket leaves by a mailbox: what answers it comes to that ticket.
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import { leadThreadTo, lockTicket, mailThreadKey, threadsLeadingTo } from "#tickets/index.ts"
import { addParticipants, claimIds, insertThreads } from "./mail-thread-store.ts"

type MailAboutTicket = { connectionId: string; ticketId: string; to: string; mailId: string }

/** The thread of the mails about a ticket that leave by this mailbox; who gets one takes part. Done again it changes nothing. */
export async function openThreadOfTicket(
  act: Act,
  { connectionId, ticketId, to, mailId }: MailAboutTicket,
): Promise<string> {
  // Several mails about it may leave at once.
  await lockTicket(act, ticketId)
  const run = <Row>(one: Statement) => runIn<Row>(act.tx, one)
  const prefix = mailThreadKey(connectionId, "")
  const known = (await threadsLeadingTo(act, ticketId)).find((key) => key.startsWith(prefix))
  const threadId = known?.slice(prefix.length) ?? newId("mth")
  if (known === undefined) {
    await insertThreads(run, connectionId, [threadId], act.now)
    await leadThreadTo(act, mailThreadKey(connectionId, threadId), ticketId)
  }
  await addParticipants(run, [{ threadId, name: "", address: to, role: "requester" }], act.now)
  await claimIds(run, connectionId, [{ threadId, id: mailId, isBorne: true }])
  return threadId
}
