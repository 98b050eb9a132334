import { type Kysely, sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, statement } from "#kernel/db.ts"
import type { DB } from "#db/types.ts"
import type { Presence } from "../api-contract.ts"

/** A socket that was last known just now counts this long. */
export const socketLastsMs = 30_000

/** The presence of the row `users`, for queries that select one. Who is switched off is not there. */
export const presenceOfUser = (now: Date) =>
  sql<Presence>`coalesce((select presence_at(p.status, p.chosen_at, p.connected_until, ${now}) from presence p
    where p.user_id = users.id and users.disabled_at is null), 'offline')`

export async function saveChoice(act: Act, userId: string, status: Presence) {
  const row = { status, chosenAt: act.now }
  await act.tx
    .insertInto("presence")
    .values({ userId, ...row })
    .onConflict((c) => c.column("userId").doUpdateSet(row))
    .execute()
}

/** The sockets of these people are there now. In the order of their ids, so that two servers never wait for each other. */
export async function keepSocketsAlive(db: Database, userIds: string[], now: Date) {
  const until = new Date(now.getTime() + socketLastsMs)
  await db.run(
    statement(
      "keep-connected",
      (p) => `insert into presence (user_id, connected_until)
        select u.id, ${p(until)}::timestamptz from users u where u.id = any(${p(userIds)}::text[]) order by u.id
        on conflict (user_id) do update set connected_until = greatest(presence.connected_until, excluded.connected_until)`,
    ),
  )
}

const unpublished = sql`presence_at(p.status, p.chosen_at, p.connected_until, `

/** Is there anybody whose presence differs from the last broadcast? */
export async function hasUnreportedPresence(db: Database, now: Date): Promise<boolean> {
  const rows = await sql<{ some: boolean }>`
    select exists (select from presence p where p.reported_status <> ${unpublished}${now})) as some`.execute(db.kysely)
  return rows.rows[0]?.some ?? false
}

/** Marks those as reported; each change is given to one caller only, and none waits for what another server has in hand. */
export async function markPresenceReported(act: Act): Promise<{ userId: string; status: Presence }[]> {
  const rows = await sql<{ userId: string; status: Presence }>`
    update presence p set reported_status = ${unpublished}${act.now}) where p.user_id in (
      select p.user_id from presence p where p.reported_status <> ${unpublished}${act.now}) for update skip locked)
    returning p.user_id, p.reported_status as status`.execute(act.tx)
  return rows.rows
}

export type StaffMember = {
  id: string
  presence: Presence
  capacity: number
  teamIds: string[]
  /** Their working hours; null for always. */
  calendarId: string | null
}

/** Everybody who could be given a ticket, by id, with their teams by id. */
export async function staffPresence(from: Kysely<DB>, now: Date): Promise<StaffMember[]> {
  const rows = await sql<StaffMember>`
    select users.id, users.capacity, users.calendar_id, ${presenceOfUser(now)} as presence,
      array(select team_id from team_members m where m.user_id = users.id order by team_id) as team_ids
    from users where users.role <> 'user' and users.disabled_at is null order by users.id`.execute(from)
  return rows.rows
}
