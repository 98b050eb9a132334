// What other modules ask about people and teams.
import { type Kysely, sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { DB } from "#db/types.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { Role } from "../permissions/principal.ts"
import { teamIdsOf } from "../teams/team-store.ts"

export type UserFacts = { role: Role; disabled: boolean; teamIds: string[]; capacity: number }

export async function namesOf(db: Kysely<DB>, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom("users")
    .select(["id", "name"])
    .where("id", "in", [...new Set(userIds)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function teamNamesOf(db: Kysely<DB>, teamIds: string[]): Promise<Map<string, string>> {
  if (teamIds.length === 0) return new Map()
  const rows = await db.selectFrom("teams").select(["id", "name"]).where("id", "in", teamIds).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function userFacts(act: Pick<Act, "tx">, id: string): Promise<UserFacts | null> {
  const user = await act.tx
    .selectFrom("users")
    .select(["role", "disabledAt", "capacity"])
    .where("id", "=", id)
    .executeTakeFirst()
  if (!user) return null
  const { role, disabledAt, capacity } = user
  return { role, disabled: disabledAt !== null, teamIds: await teamIdsOf(act, id), capacity }
}

/** What is known of an account as a person outside. */
export async function accountOf(act: Pick<Act, "tx">, id: string) {
  return act.tx.selectFrom("users").select(["email", "name", "contactId"]).where("id", "=", id).executeTakeFirst()
}

/** Null only before anybody was set up. */
export async function defaultTeamId(act: Pick<Act, "tx">): Promise<string | null> {
  const team = await act.tx.selectFrom("teams").select("id").where("isDefault", "=", true).executeTakeFirst()
  return team?.id ?? null
}

export async function teamExists(act: Pick<Act, "tx">, id: string): Promise<boolean> {
  const team = await act.tx.selectFrom("teams").select("id").where("id", "=", id).executeTakeFirst()
  return team !== undefined
}

/** Who leads the team and can work now; where nobody does, or without a team, the admins. */
export async function teamLeadsOf({ tx }: Pick<Act, "tx">, teamId: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string; leads: boolean }>`
    select u.id, m.user_id is not null as leads from users u
      left join team_members m on m.user_id = u.id and m.team_id = ${teamId} and (m.is_lead or u.role = 'lead')
    where u.disabled_at is null and u.role <> 'user' and (u.role = 'admin' or m.user_id is not null) order by u.id`.execute(
    tx,
  )
  const leads = rows.filter((row) => row.leads)
  return (leads.length > 0 ? leads : rows).map(({ id }) => id)
}

export type Colleague = { id: string; name: string; role: Role; teamIds: string[] }

/** All of the staff who can work now. */
export async function colleagues(act: Pick<Act, "tx">): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    select u.id, u.name, u.role, array(select team_id from team_members m where m.user_id = u.id order by team_id) as team_ids
    from users u where u.role <> 'user' and u.disabled_at is null order by u.id`.execute(act.tx)
  return rows
}

export type StaffByExternalId = { id: string; name: string; phone: string | null; language: Language }

/** Which of the staff an outside system calls so. Whose account is off is nobody. */
export async function staffByExternalId(
  db: Kysely<DB>,
  system: string,
  externalId: string,
): Promise<StaffByExternalId | null> {
  const { rows } = await sql<StaffByExternalId>`
    select id, name, phone, language from users
    where external_ids ->> ${system} = ${externalId} and role <> 'user' and disabled_at is null order by id limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}
