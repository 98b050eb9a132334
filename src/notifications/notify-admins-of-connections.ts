// Of a connection that is in trouble all admins are notified, each once, unless they chose otherwise.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { LoggedEvent } from "#event-log/index.ts"
import type { NotificationKind } from "./api-contract.ts"

const kindOfAlert: Record<string, NotificationKind> = {
  failing: "connection_failing",
  well: "connection_well",
  flooded: "connection_flooded",
}

/** More admins than any desk has. */
const mostAdmins = 200

/** SQL: those who look after the desk. */
export const adminsSql = sql`select id, email, language from users where role = 'admin' and disabled_at is null
  order by id limit ${mostAdmins}`

/** The ids of those that were made. */
export async function notifyAdminsOfConnections(
  act: Act,
  events: LoggedEvent[],
): Promise<{ id: string; userId: string }[]> {
  const causes = events.flatMap(({ id, kind, subjectId, at, data }) => {
    const notified = kind === "connection.alerted" ? kindOfAlert[String(data["alert"])] : undefined
    return notified ? [{ id, kind: notified, connectionId: subjectId, at }] : []
  })
  if (causes.length === 0) return []
  const admins = await sql<{ id: string }>`${adminsSql}`.execute(act.tx)
  const rows = causes.flatMap(({ id: eventId, ...cause }) =>
    admins.rows.map(({ id: userId }) => ({ ...cause, id: newId("ntf"), userId, eventId })),
  )
  const made = await sql<{ id: string; userId: string }>`
    insert into notifications (id, user_id, kind, connection_id, by_kind, event_id, created_at)
    select r.id, r."userId", r.kind, r."connectionId", 'system', r."eventId", r.at
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id text, kind text, "userId" text, "connectionId" text,
      "eventId" bigint, at timestamptz)
      left join notification_preferences wish on wish.user_id = r."userId"
    where coalesce((wish.kinds -> r.kind ->> 'list')::boolean, true)
    on conflict do nothing returning id, user_id`.execute(act.tx)
  return made.rows
}
