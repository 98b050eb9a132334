// First messages of several new people in one statement: contact, ticket, message and facts of each whose case is as assumed.
import { type Statement, statement } from "#kernel/db.ts"
import { contactRecord, insertContactsSql, toContactRecords } from "#contacts/index.ts"
import { eventRecord, recordBatchSql, toEventRecord } from "#event-log/index.ts"
import { insertMessagesSql, messageRecord } from "#messages/index.ts"
import { bareColumns, insertTicketsSql, ticketRecord } from "#tickets/index.ts"
import { toNewTicket } from "../to-new-ticket.ts"
import type { PlannedMessage } from "../plan-from-snapshot.ts"
import { eventsOf } from "../events-of-planned-message.ts"
import { lookAtEachSql, lookedAtColumns } from "./join-statement.ts"

/** All of it is of somebody with one address. Gives one `JoinRow` for each, in their order; `id` is null where the case is not as assumed. */
export function batchFirstStatement(firsts: readonly PlannedMessage[]): Statement {
  const { asked, tickets, messages, facts } = recordsOf(firsts)
  return statement("intake-first-all", (p) => {
    const now = `${p(firsts[0]!.message.now)}::timestamptz`
    const rows = (all: readonly object[], columns: string) =>
      `json_to_recordset(${p(JSON.stringify(all))}::json) as r (${columns})`
    const ofThose = (all: readonly object[], columns: string, id: string) => `(select r.* from ${rows(all, columns)}
        join fit f on f."ticketId" = r.${id} join named on named.contact_id = f.contact_id) r`
    const ofTickets = `(select r.*, t.team_id, t.assignee_id from ${rows(facts, `place int, ${eventRecord}`)}
        join created t on t.id = r.ticket_id order by r.place) r`
    const day = `(${now} at time zone 'UTC')::date`
    const messageRows = ofThose(messages, newMessageRecord, `"ticketId"`)
    return `with seen as materialized (${lookAtEachSql(rows(asked, askedRecord))}),
      fit as materialized (select n, "ticketId", contact_id, name, is_group, id, kind, scope, value, proof, sure from seen
        where "senderId" is null and known is null and enabled and connection_kind = "connectionKind" and team_ids = "connectionTeams"),
      given as (select * from fit), ${insertContactsSql(now)},
      created as (${insertTicketsSql(now, ofThose(tickets, ticketRecord, "id"))} returning *),
      said as (${insertMessagesSql(`r."createdAt"`, messageRows, day)} order by r."connectionId", r."externalId"),
      logged as (${recordBatchSql(now, ofTickets)})
      select ${lookedAtColumns}, false as "hasHistory", ${bareColumns}
      from seen s left join created t on t.id = s."ticketId" order by s.n`
  })
}

const askedRecord = `n int, "ticketId" text, "connectionId" text, "externalId" text, "idKind" text, "idScope" text, "idValue" text,
  "idValues" text[], "connectionKind" text, "connectionTeams" text[], ${contactRecord}`
const newMessageRecord = `${messageRecord}, "senderId" text, "contactId" text, "identityId" text, "ticketId" text,
  "createdAt" timestamptz`

function recordsOf(firsts: readonly PlannedMessage[]) {
  const asked = firsts.map(({ connection, thread, planned, message: { connectionId, externalId } }, n) => {
    const [record] = toContactRecords(thread.newcomer!)
    const { kind: idKind, scope: idScope, value: idValue } = record!
    const at = { connectionKind: connection.kind, connectionTeams: connection.teamIds, connectionId, externalId }
    return { n, ticketId: planned.ticketId, idKind, idScope, idValue, idValues: [idValue], ...at, ...record }
  })
  const tickets = firsts.map((one) => {
    const { now: _now, message: _message, ...ticket } = toNewTicket(one)
    const { sentAt } = one.message
    const span = { unread: ticket.unreadMessages, messages: 1, firstAt: sentAt, lastAt: sentAt }
    return { ...ticket, ...span, isClosed: ticket.status === "closed" }
  })
  const messages = firsts.map(({ message: { now: createdAt, ...message }, planned: { ticketId } }) => {
    return { ...message, ticketId, createdAt }
  })
  const facts = firsts.flatMap(eventsOf).map((fact, place) => ({ ...toEventRecord(fact), place }))
  return { asked, tickets, messages, facts }
}
