// The tickets that nobody has found somebody for, and what must be known of them.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { type TicketFacts, ticketFactColumns } from "#conditions/index.ts"
import type { TicketKind } from "#tickets/index.ts"

/** So often a ticket may fail by itself before it is left to people; doctor shows it. */
export const maxTries = 3

type Cause = { eventId: number; ticketId: string; reopened: boolean }

/** Puts in those that are to be looked at: active without an agent, of a kind that some team gives out, or come back. */
export async function enqueueTickets(act: Act, causes: Cause[]): Promise<void> {
  if (causes.length === 0) return
  await sql`
    insert into routing_queue (ticket_id, event_id, created_at)
    select t.id, c."eventId", t.created_at
    from (select distinct on ("ticketId") * from jsonb_to_recordset(${JSON.stringify(causes)}::jsonb)
            as c ("eventId" bigint, "ticketId" text, reopened boolean) order by "ticketId", "eventId" desc) c
      cross join lateral (select * from tickets where id = c."ticketId" offset 0) t
    where t.active and t.merged_into is null and case when t.assignee_id is null
      then exists (select from teams where t.kind = any(auto_assign)) else c.reopened and t.kind in ('support', 'conversation') end
    on conflict (ticket_id) do update set event_id = excluded.event_id, team_id = null, tries = 0`.execute(act.tx)
}

/** Is there anything to do: tickets not looked at, and teams with tickets that wait? */
export async function waitingInQueue(db: Database): Promise<{ hasNew: boolean; waitingTeamIds: string[] }> {
  const rows = await sql<{ hasNew: boolean; waitingTeamIds: string[] }>`
    select exists (select from routing_queue where team_id is null and tries < ${maxTries}) as has_new,
      array(select t.id from teams t where exists (select from routing_queue q where q.team_id = t.id)) as waiting_team_ids`.execute(
    db.kysely,
  )
  return rows.rows[0]!
}

/** The longest waiting: those not looked at yet (`teamId` null), or of a team. */
export async function oldestQueued(act: Act, teamId: string | null, limit: number): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("routingQueue")
    .select("ticketId")
    .where("teamId", teamId === null ? "is" : "=", teamId)
    .where("tries", "<", maxTries)
    .orderBy("createdAt")
    .orderBy("ticketId")
    .limit(limit)
    .execute()
  return rows.map((row) => row.ticketId)
}

export type QueuedTicket = TicketFacts & { kind: TicketKind }

export type QueueState = QueuedTicket & {
  reopened: boolean
  /** Who reopened it has it. */
  byAssignee: boolean
  /** A person set or cleared its agent or team since. */
  handsOn: boolean
  teamGiven: boolean
}

/** What rules ask of these tickets, and why they are in the queue. */
export async function queueStates(act: Act, ids: string[]): Promise<Map<string, QueueState>> {
  const rows = await sql<QueueState>`
    select ${sql.raw(ticketFactColumns)}, e.kind = 'ticket.reopened' as reopened, coalesce(e.actor_id = t.assignee_id, false) as by_assignee,
      exists (select from events h where h.ticket_id = t.id and h.id > q.event_id and h.kind = 'ticket.assigned'
        and h.actor_kind in ('user', 'key')) as hands_on,
      e.kind = 'ticket.freed' and coalesce((e.data ->> 'teamGiven')::boolean, false)
        or e.kind = 'ticket.created' and t.kind = 'support' and t.team_id is not null
        and (coalesce((e.data ->> 'teamGiven')::boolean, false) or t.team_id is distinct from (select id from teams where is_default)) as team_given
    from routing_queue q join tickets t on t.id = q.ticket_id join events e on e.id = q.event_id
      left join contacts c on c.id = t.contact_id
    where q.ticket_id = any(${ids}::text[])`.execute(act.tx)
  return new Map(rows.rows.map((row) => [row.id, row]))
}

export async function dequeue(act: Act, ids: string[]): Promise<void> {
  if (ids.length > 0) await act.tx.deleteFrom("routingQueue").where("ticketId", "in", ids).execute()
}

/** These wait for their team from now on. */
export async function postponeRouting(act: Act, waiting: { id: string; teamId: string }[]): Promise<void> {
  if (waiting.length === 0) return
  await sql`update routing_queue q set team_id = w."teamId"
    from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as w (id text, "teamId" text)
    where q.ticket_id = w.id`.execute(act.tx)
}

export async function countFailure(act: Act, ticketId: string): Promise<void> {
  await sql`update routing_queue set tries = tries + 1 where ticket_id = ${ticketId}`.execute(act.tx)
}

/** Of each team, who had the last turn. */
export async function saveTurns(act: Act, turns: [teamId: string, userId: string][]): Promise<void> {
  for (const [teamId, userId] of turns) {
    await act.tx
      .insertInto("routingRotation")
      .values({ teamId, userId })
      .onConflict((c) => c.column("teamId").doUpdateSet({ userId }))
      .execute()
  }
}
