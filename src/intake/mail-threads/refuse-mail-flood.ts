// Machines that answer each other, or a broken one, must not fill a desk with tickets.
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
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
export async function refuseMailFlood(work: Work, incoming: Incoming): Promise<void> {
  const [most] = [...(await findMailFloods(work, [incoming])).values()]
  if (most !== undefined) throw new MailFlood(most)
}

/** Of mails of different people those that are too many, with how many there may be. */
export async function findMailFloods({ run, now }: Work, mails: readonly Incoming[]): Promise<Map<Incoming, number>> {
  const isReplayed = ({ position }: Incoming["inbound"]) => position === undefined
  const known = mails.filter(({ inbound, sender }) => inbound.mail && !isReplayed(inbound) && !sender.newcomer)
  if (known.length === 0) return new Map()
  const rows = known.map(({ inbound, sender }, n) => {
    const { connectionId, text, sentAt } = inbound
    return { n, identityId: sender.identityId, connectionId, text, at: sentAt ?? now }
  })
  const counts = await run<{ n: number; count: number; equal: number }>(
    statement(
      `mails-of-last-hour-${countWord(rows)}`,
      (p) => `select r.n, l.count, l.equal
        from ${rowsSql(p, rows, `n int, "identityId" text, "connectionId" text, text text, at timestamptz`)},
          lateral (select count(*)::int as count, (count(*) filter (where content = r.text))::int as equal from (
            select content from messages where identity_id = r."identityId" and direction = 'in' and connection_id = r."connectionId"
              and sent_at > r.at - interval '1 hour' and sent_at <= r.at limit ${mostAnHour}) lately) l`,
    ),
  )
  const floods = new Map<Incoming, number>()
  for (const { n, count, equal } of counts) {
    const one = known[n]!
    if (count >= mostAnHour) floods.set(one, mostAnHour)
    // Pictures come without words.
    else if (equal >= mostEqual && one.inbound.text.trim() !== "") floods.set(one, mostEqual)
  }
  return floods
}
