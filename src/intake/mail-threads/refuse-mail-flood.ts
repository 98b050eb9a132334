// Machines that answer each other, or a broken one, must not fill a desk with tickets.
import { statement } from "#kernel/db.ts"
import type { Incoming, Work } from "../read-snapshot.ts"

const mostAnHour = 20
/** Of mails that say the same. */
const mostEqual = 5

/** Thrown for a mail that people have to look at first; it is kept as it came. */
class MailFlood extends Error {
  constructor(most: number) {
    super(`more than ${most} ${most === mostEqual ? "equal " : ""}mails an hour from one address`)
    this.name = "mail_flood"
  }
}

/**
 * Throws where an address has sent more than 20 mails in an hour, or more than five that say the same, by the times at which the mailbox
 * got them, so that a backlog is none. What somebody has replayed is received: they have looked.
 */
export async function refuseMailFlood({ run, now }: Work, { inbound, sender }: Incoming): Promise<void> {
  const isReplayed = inbound.position === undefined
  if (!inbound.mail || isReplayed || sender.newcomer) return
  const at = inbound.sentAt ?? now
  const [row] = await run<{ n: number; equal: number }>(
    statement(
      "mails-of-last-hour",
      (
        p,
      ) => `select count(*)::int as n, (count(*) filter (where content = ${p(inbound.text)}))::int as equal from (select content from messages
        where identity_id = ${p(sender.identityId)} and direction = 'in' and connection_id = ${p(inbound.connectionId)}
          and sent_at > ${p(at)}::timestamptz - interval '1 hour' and sent_at <= ${p(at)}::timestamptz limit ${mostAnHour}) lately`,
    ),
  )
  if (row!.n >= mostAnHour) throw new MailFlood(mostAnHour)
  // Pictures come without words.
  if (row!.equal >= mostEqual && inbound.text.trim() !== "") throw new MailFlood(mostEqual)
}
