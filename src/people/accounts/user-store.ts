import { type ExpressionBuilder, type Insertable, type Kysely, sql, type Updateable } from "kysely"
import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { Act } from "#kernel/act.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byName, readListPage } from "#kernel/http/read-list-page.ts"
import type { DB, Users } from "#db/types.ts"
import type { User, UsersQuery } from "../api-contract.ts"
import { presenceOfUser } from "../presence/presence-store.ts"

const teamsOf = (e: ExpressionBuilder<DB, "users">) =>
  jsonArrayFrom(
    e
      .selectFrom("teamMembers")
      .innerJoin("teams", "teams.id", "teamMembers.teamId")
      .select(["teams.id", "teams.name"])
      .whereRef("teamMembers.userId", "=", "users.id")
      .orderBy("teams.id"),
  )

const shown = (db: Kysely<DB>, now: Date) =>
  db
    .selectFrom("users")
    .select(["id", "email", "name", "role", "capacity", "phone", "language", "timezone", "calendarId", "externalIds"])
    .select(["disabledAt", "createdAt", "updatedAt"])
    .select((e) => [e("passwordHash", "is not", null).as("hasPassword"), teamsOf(e).as("teams")])
    .select(presenceOfUser(now).as("presence"))

type ShownRow = Awaited<ReturnType<ReturnType<typeof shown>["execute"]>>[number]

function toUser({ disabledAt, hasPassword, teams, externalIds, ...row }: ShownRow): User {
  const disabled = disabledAt !== null
  return {
    ...row,
    teams,
    teamIds: teams.map((team) => team.id),
    externalIds: externalIds as User["externalIds"],
    disabled,
    disabledAt,
    canSignIn: Boolean(hasPassword) && !disabled,
  }
}

export async function userById(db: Kysely<DB>, id: string, now: Date): Promise<User | null> {
  const row = await shown(db, now).where("id", "=", id).executeTakeFirst()
  return row ? toUser(row) : null
}

/** Users by name. `total` ignores the cursor. */
export async function usersPage(db: Kysely<DB>, query: UsersQuery, now: Date): Promise<Page<User>> {
  const matching = shown(db, now).where((e) => matches(e, query))
  return readListPage(db, matching, { query, by: byName, shape: toUser })
}

function matches(e: ExpressionBuilder<DB, "users">, { role, disabled }: UsersQuery) {
  return e.and([
    ...(role === undefined ? [] : [role.length === 0 ? sql<boolean>`false` : e("role", "in", role)]),
    ...(disabled === undefined ? [] : [e("disabledAt", disabled ? "is not" : "is", null)]),
  ])
}

/** The accounts that keep this calendar from being removed. */
export async function usersWithCalendar(act: Act, calendarId: string) {
  const rows = await act.tx
    .selectFrom("users")
    .select(["id", "name"])
    .where("calendarId", "=", calendarId)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map((row) => ({ kind: "user", ...row }))
}

export async function insertUser(act: Act, row: Insertable<Users>) {
  await act.tx.insertInto("users").values(row).execute()
}

export async function lockUser(act: Act, id: string) {
  return act.tx.selectFrom("users").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()
}

export async function saveUser(act: Act, id: string, changes: Updateable<Users>) {
  await act.tx
    .updateTable("users")
    .set({ ...changes, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function userByEmail(db: Kysely<DB>, email: string) {
  return db
    .selectFrom("users")
    .select(["id", "email", "role", "language", "passwordHash", "disabledAt"])
    .where(sql<string>`lower(email)`, "=", sql<string>`lower(${email})`)
    .executeTakeFirst()
}

export async function passwordHashOf(db: Kysely<DB>, id: string): Promise<string | null> {
  const row = await db.selectFrom("users").select("passwordHash").where("id", "=", id).executeTakeFirst()
  return row?.passwordHash ?? null
}

/** What of an account its owner alone is shown. */
export async function ownFieldsOf(db: Kysely<DB>, id: string) {
  return db
    .selectFrom("users")
    .select("afterClosing")
    .select((e) => e("passwordHash", "is not", null).as("hasPassword"))
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
}

/** Locks every admin who can sign in, always in the same order, so that no two acts can each remove "the other one". */
export async function lockAdmins(act: Act): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("users")
    .select("id")
    .where("role", "=", "admin")
    .where("disabledAt", "is", null)
    .where("passwordHash", "is not", null)
    .orderBy("id")
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

/** Accounts behind keys alone (without a password) do not count: nobody can sign in with them. */
export async function hasStaff(db: Kysely<DB>): Promise<boolean> {
  const row = await db
    .selectFrom("users")
    .select("id")
    .where("role", "!=", "user")
    .where("passwordHash", "is not", null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
