// What one look at connection, sender and message gives of each row that asks, before anything is written.
import { type Identity, identityOwnerSql } from "#contacts/index.ts"
import type { ConnectionKind } from "#connections/index.ts"
import { type BareRow, conversationKeySql } from "#tickets/index.ts"

export type Lookup = {
  connectionKind: ConnectionKind | null
  connectionName: string | null
  connectionEnabled: boolean
  connectionTeams: string[]
  contactId: string | null
  contactName: string | null
  isBlocked: boolean
  knownMessageId: string | null
  /** The thread has an active ticket that the message should be on, and it is not: somebody may hold that ticket. */
  isHeld: boolean
}

/** With the columns of the ticket that the message was written on; all of them are null when it was on none. */
export type LookupRow = Lookup & BareRow

/** What a row must have to ask, beside `connectionId` and `externalId`. */
export const lookupRecord = `n int, "idKind" text, "idScope" text, "idValue" text, "idValues" text[]`

export const toLookupRecord = ({ kind, scope, value, also }: Identity, n: number) => {
  return { n, idKind: kind, idScope: scope, idValue: value, idValues: [value, ...also] }
}

/** Each row `r` with what is known of it. Every look is a lateral one: whatever the planner thinks of sizes, it goes by the index. */
export const lookupSql = (
  rows: string,
) => `select r.*, d.kind as connection_kind, d.name as connection_name, d.enabled, d.team_ids,
    i.contact_id, i.id as identity_id, c.name as contact_name, c.blocked,
    ${conversationKeySql("d.id", "i.contact_id")} as thread_key, k.id as known
  from ${rows}
    left join lateral (select id, kind, name, enabled and deleted_at is null as enabled, team_ids
      from connections where id = r."connectionId" offset 0) d on true
    left join lateral (${identityOwnerSql}) i on true
    left join lateral (select name, blocked from contacts where id = i.contact_id offset 0) c on true
    left join lateral (select id from messages
      where connection_id = r."connectionId" and external_id = r."externalId" offset 0) k on true`

/** The columns of a `Lookup`, but for the history, from rows `s` of the above. */
export const lookupColumns = `s.connection_kind as "connectionKind", s.connection_name as "connectionName",
  coalesce(s.enabled, false) as "connectionEnabled", coalesce(s.team_ids, '{}') as "connectionTeams",
  s.contact_id as "contactId", s.contact_name as "contactName", coalesce(s.blocked, false) as "isBlocked", s.known as "knownMessageId"`

/** What was seen, and the ticket's own columns. */
export function splitLookup(row: LookupRow): { lookup: Lookup; bare: BareRow } {
  const { connectionKind, connectionName, connectionEnabled, connectionTeams, ...more } = row
  const { contactId, contactName, isBlocked, knownMessageId, isHeld, ...bare } = more
  const connection = { connectionKind, connectionName, connectionEnabled, connectionTeams }
  return { lookup: { ...connection, contactId, contactName, isBlocked, knownMessageId, isHeld }, bare }
}
