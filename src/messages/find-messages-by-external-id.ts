import { type Statement, statement } from "#kernel/db.ts"

export type ExternalId = { connectionId: string; externalId: string }

export type KnownMessage = ExternalId & { id: string; ticketId: string }

/** Which of these messages came before. Gives `KnownMessage` rows. */
export function knownMessagesStatement(ids: readonly ExternalId[]): Statement {
  return statement(
    "known-messages",
    (
      p,
    ) => `select m.connection_id as "connectionId", m.external_id as "externalId", m.id, m.ticket_id as "ticketId" from messages m
      join json_to_recordset(${p(JSON.stringify(ids))}::json) as r ("connectionId" text, "externalId" text)
        on m.connection_id = r."connectionId" and m.external_id = r."externalId"`,
  )
}
