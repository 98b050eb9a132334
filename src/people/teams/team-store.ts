import { type ExpressionBuilder, type Insertable, type Kysely, sql, type Updateable } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byName, readListPage } from "#kernel/http/read-list-page.ts"
import type { DB, Teams } from "#db/types.ts"
import type { Team } from "../api-contract.ts"

const defaultTeamLock = 4_410_011

const memberIds = (e: ExpressionBuilder<DB, "teams">, leadsOnly: "everybody" | "leads") =>
  sql<string[]>`array(select user_id from team_members where team_id = ${e.ref("teams.id")}
    ${leadsOnly === "leads" ? sql`and is_lead` : sql``} order by user_id)`

const shown = (db: Kysely<DB>) =>
  db
    .selectFrom("teams")
    .select(["id", "name", "isDefault", "autoAssign", "createdAt"])
    .select((e) => [memberIds(e, "everybody").as("memberIds"), memberIds(e, "leads").as("leadIds")])

export async function teamById(db: Kysely<DB>, id: string): Promise<Team | null> {
  const row = await shown(db).where("id", "=", id).executeTakeFirst()
  return row ?? null
}

/** Teams by name. */
export async function teamsPage(
  db: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Team>> {
  return readListPage(db, shown(db), { query, by: byName, shape: (row) => row })
}

export async function insertTeam(act: Act, row: Insertable<Teams>) {
  await act.tx.insertInto("teams").values(row).execute()
}

export async function lockTeam(act: Act, id: string) {
  return act.tx.selectFrom("teams").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()
}

export async function saveTeam(act: Act, id: string, changes: Updateable<Teams>) {
  await act.tx.updateTable("teams").set(changes).where("id", "=", id).execute()
}

export async function removeTeam(act: Act, id: string) {
  await act.tx.deleteFrom("teams").where("id", "=", id).execute()
}

/** Transactions that change the mark run one at a time, until the end of the transaction. */
export async function lockDefaultMark(act: Act) {
  await sql`select pg_advisory_xact_lock(${defaultTeamLock}::bigint)`.execute(act.tx)
}

export async function clearDefaultMark(act: Act) {
  await act.tx.updateTable("teams").set({ isDefault: false }).where("isDefault", "=", true).execute()
}

export async function membersOf(act: Act, teamId: string): Promise<{ userId: string; isLead: boolean }[]> {
  return act.tx.selectFrom("teamMembers").select(["userId", "isLead"]).where("teamId", "=", teamId).execute()
}

export async function teamIdsOf(act: Pick<Act, "tx">, userId: string): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("teamMembers")
    .select("teamId")
    .where("userId", "=", userId)
    .orderBy("teamId")
    .execute()
  return rows.map((row) => row.teamId)
}

export async function addMembers(act: Act, rows: { teamId: string; userId: string; isLead: boolean }[]) {
  if (rows.length === 0) return
  await act.tx
    .insertInto("teamMembers")
    .values(rows)
    .onConflict((c) => c.columns(["teamId", "userId"]).doUpdateSet((e) => ({ isLead: e.ref("excluded.isLead") })))
    .execute()
}

export async function removeMembers(act: Act, rows: { teamId: string; userId: string }[]) {
  for (const { teamId, userId } of rows) {
    await act.tx.deleteFrom("teamMembers").where("teamId", "=", teamId).where("userId", "=", userId).execute()
  }
}

/** Which of these are teams; they cannot be removed before the transaction ends. */
export async function lockTeamsForShare(act: Act, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await act.tx
    .selectFrom("teams")
    .select("id")
    .where("id", "in", ids)
    .orderBy("id")
    .forKeyShare()
    .execute()
  return rows.map((row) => row.id)
}

/** Which of these are staff; they stay so until the transaction ends. */
export async function lockStaffForShare(act: Act, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await act.tx
    .selectFrom("users")
    .select("id")
    .where("id", "in", ids)
    .where("role", "!=", "user")
    .orderBy("id")
    .forShare()
    .execute()
  return rows.map((row) => row.id)
}
