// The everyday cases in one statement: a message joins the active ticket of its thread, or is the first of somebody new, who is made
// with a ticket. Messages that come while others are being written go with the next statement.
import { type Database, type Statement, statement } from "#kernel/db.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import type { Identity } from "#contacts/index.ts"
import { recordBatchSql } from "#event-log/index.ts"
import { insertMessagesSql, messageRecord, type NewMessage } from "#messages/index.ts"
import { bareColumns } from "#tickets/index.ts"
import { addressKey } from "../inbound-message.ts"
import type { PlannedMessage } from "../plan-batch-from-snapshot.ts"
import { createBatchedStatement } from "./batch-questions-into-one-statement.ts"
import { createdEvents, createdPlaces, createParts } from "./create-contact-and-ticket-sql.ts"
import { canJoin, joinedEvents, joinedPlaces, type JoinPlan, joinParts } from "./join-ticket-sql.ts"
import { lookupColumns, lookupRecord, type LookupRow, lookupSql, toLookupRecord } from "./sender-lookup-sql.ts"

/** `first`: what is planned should nobody know the sender; null where that is not thought of. */
export type PlannedEverydayMessage = JoinPlan & {
  identity: Identity
  message: NewMessage
  first: PlannedMessage | null
}

/** Writes the message if it can (else `id` is null), and says what is known of connection and sender. */
export async function joinOrCreate(db: Database, one: PlannedEverydayMessage): Promise<LookupRow | undefined> {
  if (isOfContact(one)) return batched(db, one)
  const [row] = await db.run<LookupRow>(writeStatement([one]))
  return row
}

/** From a contact and asking for nothing else: what is planned for one of them that joins is planned for all. */
const isOfContact = ({ planned, by, campaignShipmentId }: JoinPlan) =>
  planned.unread === "add" && by === null && campaignShipmentId === null

const batched = createBatchedStatement<PlannedEverydayMessage, LookupRow>({
  atMost: 40,
  write: writeStatement,
  // Somebody may hold the thread's ticket, or be making the sender, in this very statement too. Alone it can wait for them.
  isAnswer: (row, { first }) =>
    row.id !== null ||
    !(row.isHeld || (first && row.connectionEnabled && row.contactId === null && row.knownMessageId === null)),
  senderOf: ({ message, identity }) => addressKey(message.connectionId, identity),
})

/**
 * For messages of which all that join have one plan. One alone waits for who holds its ticket; of several, those whose ticket is
 * held are passed over, and have no `id` but `isHeld`.
 */
function writeStatement(all: readonly PlannedEverydayMessage[]): Statement {
  const [plan] = all as [PlannedEverydayMessage]
  const rows = all.map(({ identity, message }, n) => {
    return { ...message, ...toLookupRecord(identity, n), authorId: message.senderId, createdAt: message.now }
  })
  const firsts = all.flatMap(({ first }, n) => (first ? { n, first } : []))
  const hasFirsts = firsts.length > 0
  const both = (joined: string, created: () => string) => (hasFirsts ? `${joined} union all ${created()}` : joined)
  const name = `intake-${countWord(rows)}-${plan.by ? "ours" : "theirs"}-${hasFirsts ? countWord(firsts) : "none"}`
  return statement(name, (p) => {
    const now = `${p(plan.message.now)}::timestamptz`
    const asked = rowsSql(p, rows, `${lookupRecord}, "authorId" text, "createdAt" timestamptz, ${messageRecord}`)
    // Identities before tickets, as everybody locks them.
    const lock = { isWaiting: rows.length === 1, after: hasFirsts ? "new_identities" : null }
    const messages = `(select s.*, g."contactId", g."identityId", g."ticketId", g.day,
        coalesce(s."authorId", case s.direction when 'in' then g."contactId" end) as "senderId"
      from lookup s join places g on g.n = s.n order by s.n) r`
    const events = both(joinedEvents(p, plan), () => createdEvents(p, firsts))
    return `with lookup as materialized (${lookupSql(asked)}),
      ${hasFirsts ? `${createParts(p, now, firsts)},` : ""} ${joinParts(p, now, plan, lock)},
      places as materialized (${both(joinedPlaces, () => createdPlaces)}),
      new_messages as (${insertMessagesSql(`r."createdAt"`, messages, "r.day")}),
      new_events as (${recordBatchSql(now, `(select * from (${events}) e order by n, place) r`)})
      select ${lookupColumns}, g.n is null and ${canJoin} and exists (select from tickets o where o.thread_key = s.thread_key and o.active) as "isHeld",
        ${bareColumns}
      from lookup s left join places g on g.n = s.n
        left join (${both("select * from joined", () => "select * from created")}) t on t.id = g."ticketId" order by s.n`
  })
}
