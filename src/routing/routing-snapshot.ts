// What a choice is made from: rules, teams, and who is there with how much.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { openCalendars } from "#calendars/index.ts"
import { type StaffMember, staffPresence } from "#people/index.ts"
import { lockAgents, loadsOf } from "#tickets/index.ts"
import type { Agent, Team, RoutingSnapshot } from "./choose-agent.ts"
import { rulesInForce } from "./assignment-rule-store.ts"

type RoutedMember = Omit<StaffMember, "presence"> & Pick<Agent, "presence">
const isThere = ({ presence }: RoutedMember) => presence === "online" || presence === "busy"

/** Staff; those who are there outside their working hours are given nothing new. */
async function staffOnShift({ tx, now }: Act): Promise<RoutedMember[]> {
  const staff = await staffPresence(tx, now)
  const calendarIds = staff.filter(isThere).flatMap(({ calendarId }) => calendarId ?? [])
  const open = await openCalendars(tx, calendarIds, now)
  return staff.map((member) => {
    const isOff = isThere(member) && member.calendarId !== null && !open.has(member.calendarId)
    return isOff ? { ...member, presence: "outside_hours" } : member
  })
}

/** The world as it is; when `held`, nobody else gives those who are there anything until the transaction ends. */
export async function readRoutingSnapshot(act: Act, { held }: { held: boolean }): Promise<RoutingSnapshot> {
  if (held) {
    const there = (await staffOnShift(act)).filter(isThere)
    await lockAgents(
      act,
      there.map(({ id }) => id),
    )
  }
  const staff = await staffOnShift(act)
  const loads = await loadsOf(
    act,
    staff.filter(isThere).map(({ id }) => id),
  )
  const agents = staff.map((member) => [member.id, { ...member, load: loads.get(member.id) ?? 0 }] as const)
  return { rules: await rulesInForce(act.tx), teams: await routingTeams(act.tx), agents: new Map(agents) }
}

export async function routingTeams(from: Kysely<DB>): Promise<Map<string, Team>> {
  const rows = await sql<Team>`
    select t.id, t.is_default, t.auto_assign, r.user_id as turn, false as has_backlog
    from teams t left join routing_rotation r on r.team_id = t.id order by t.id`.execute(from)
  return new Map(rows.rows.map((team) => [team.id, team]))
}

/** Marks the teams of which tickets still wait that could be given out. */
export async function recordBacklogs(act: Act, { teams }: RoutingSnapshot): Promise<void> {
  const rows = await sql<{ id: string }>`
    select m.id from teams m where exists (
      select from routing_queue q join tickets t on t.id = q.ticket_id
      where q.team_id = m.id and t.active and t.assignee_id is null and t.team_id = m.id and t.kind = any(m.auto_assign))`.execute(
    act.tx,
  )
  for (const { id } of rows.rows) teams.get(id)!.hasBacklog = true
}

/** How many more tickets of weight 1 the team takes right now. */
export function freeCapacity(snapshot: RoutingSnapshot, teamId: string): number {
  const there = [...snapshot.agents.values()].filter(
    (agent) => (agent.presence === "online" || agent.presence === "busy") && agent.teamIds.includes(teamId),
  )
  return there.reduce((sum, agent) => sum + Math.max(0, agent.capacity - agent.load), 0)
}
