import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import { changeSetting, readSetting } from "#settings/index.ts"
import { testDatabase } from "#test/database.ts"
import { changeTeam } from "./teams/change-team.ts"
import { changeUser } from "./accounts/change-user.ts"
import { createTeam } from "./teams/create-team.ts"
import { createUser } from "./accounts/create-user.ts"
import { defaultTeamId, namesOf, teamExists, userFacts } from "./accounts/user-and-team-lookups.ts"
import { disableUser, enableUser } from "./accounts/disable-and-enable-user.ts"
import { ensureAdmin, completeFirstRun, setupLink } from "./accounts/first-run.ts"
import type { User } from "./api-contract.ts"
import { deleteTeam } from "./teams/delete-team.ts"

const db = openDatabase((await testDatabase()).url)
after(() => db.close())
const now = new Date("2026-11-22T09:00:00Z")
const acting = <T>(work: Parameters<typeof inTransaction<T>>[2], at = now) =>
  inTransaction(db, { actor: system, now: at }, work)

beforeEach(async () => {
  await db.pool.query("truncate users, teams, team_members, sessions, api_keys, setup_links, tickets, settings cascade")
})

const configured = { email: "Ana@example.com", password: "correct horse battery", timezone: "Europe/Madrid" }
let made = 0
const someone = (role: "user" | "agent" | "lead" | "admin", more: object = {}) =>
  acting((act) =>
    createUser(act, { email: `u${++made}@example.com`, name: `U${made}`, role, passwordHash: "none", ...more }),
  )

const refusal = (code: string) => (error: { code?: string }) => error.code === code
const kindsOf = async (subjectId: string) =>
  (await db.kysely.selectFrom("events").select("kind").where("subjectId", "=", subjectId).orderBy("id").execute()).map(
    (row) => row.kind,
  )

test("a user without a language and time zone gets those of the desk", async () => {
  const own = { language: "es", timezone: "Europe/Madrid" } as const
  const shown = ({ language, timezone }: User) => [language, timezone]
  await acting(async (act) => {
    await changeSetting(act, "language", "en")
    await changeSetting(act, "timezone", "America/Lima")
  })
  assert.deepEqual(shown(await someone("agent")), ["en", "America/Lima"])
  assert.deepEqual(shown(await someone("agent", own)), ["es", "Europe/Madrid"])
})

test("of two set-ups with one link, one wins", async () => {
  const token = (await setupLink(db, "http://hilo.test", now))!.split("=")[1]!
  const attempt = (name: string) =>
    acting((act) =>
      completeFirstRun(act, { token, name, email: `${name}@example.com`, passwordHash: "none", language: "es" }),
    )
  const results = await Promise.allSettled([attempt("ana"), attempt("bruno"), attempt("carla")])
  assert.deepEqual(results.map((result) => result.status).toSorted(), ["fulfilled", "rejected", "rejected"])
  const staff = await db.kysely.selectFrom("users").select(["id", "role"]).execute()
  assert.deepEqual(
    staff.map((user) => user.role),
    ["admin"],
  )
  const team = await db.kysely.selectFrom("teams").select(["id", "name", "isDefault"]).execute()
  assert.deepEqual(team, [{ id: team[0]!.id, name: "Soporte", isDefault: true }])
  const members = await db.kysely.selectFrom("teamMembers").selectAll().execute()
  assert.deepEqual(members, [{ teamId: team[0]!.id, userId: staff[0]!.id, isLead: true }])
})

test("a link of last week is over", async () => {
  const token = (await setupLink(db, "http://hilo.test", now))!.split("=")[1]!
  const later = new Date(now.getTime() + 7 * 86_400_000)
  const account = { token, name: "Ana", email: "ana@example.com", passwordHash: "none", language: "es" as const }
  await assert.rejects(
    acting((act) => completeFirstRun(act, account), later),
    refusal("setup_closed"),
  )
})

test("accounts behind keys alone leave the set-up open", async () => {
  await someone("admin", { passwordHash: undefined })
  assert.ok(await setupLink(db, "http://hilo.test", now))
})

test("the admin of the settings is made once, by however many servers", async () => {
  await Promise.all(Array.from({ length: 4 }, () => ensureAdmin(db, configured, now)))
  await ensureAdmin(db, { ...configured, email: "other@example.com", timezone: "Asia/Tokyo" }, now)
  const users = await db.kysely.selectFrom("users").select(["email", "role", "timezone"]).execute()
  assert.deepEqual(users, [{ email: "Ana@example.com", role: "admin", timezone: "Europe/Madrid" }])
  assert.ok(await acting(defaultTeamId))
})

test("a desk whose admin comes from the settings keeps the server's time, unless somebody has said which", async () => {
  const zoneOfDesk = () => acting((act) => readSetting(act, "timezone"))
  await ensureAdmin(db, configured, now)
  assert.equal(await zoneOfDesk(), "Europe/Madrid")
  await db.pool.query("truncate users, teams cascade")
  await acting((act) => changeSetting(act, "timezone", "America/Lima"))
  await ensureAdmin(db, configured, now)
  assert.equal(await zoneOfDesk(), "America/Lima")
})

test("the admin of the settings may be an account that a key made before", async () => {
  const { id } = await someone("agent", { email: "ana@example.com", passwordHash: undefined })
  await ensureAdmin(db, { ...configured, email: "ANA@example.com" }, now)
  assert.deepEqual(await acting((act) => userFacts(act, id)), {
    role: "admin",
    disabled: false,
    teamIds: [await acting(defaultTeamId)],
    capacity: 20,
  })
})

test("the last admin who can sign in stays", async () => {
  const { id } = await someone("admin")
  await someone("admin", { passwordHash: undefined })
  await assert.rejects(
    acting((act) => disableUser(act, id)),
    refusal("last_admin"),
  )
  await assert.rejects(
    acting((act) => changeUser(act, id, { role: "lead" })),
    refusal("last_admin"),
  )
  await acting((act) => changeUser(act, id, { role: "admin", name: "Still here" }))
  const other = await someone("admin")
  await acting((act) => disableUser(act, id))
  await assert.rejects(
    acting((act) => disableUser(act, other.id)),
    refusal("last_admin"),
  )
  assert.deepEqual(await kindsOf(id), ["user.created", "user.changed", "user.disabled"])
})

test("two admins who switch each other off at once: one remains", async () => {
  for (let round = 0; round < 5; round++) {
    const [one, two] = [await someone("admin"), await someone("admin")]
    const results = await Promise.allSettled([one, two].map(({ id }) => acting((act) => disableUser(act, id))))
    assert.deepEqual(results.map((result) => result.status).toSorted(), ["fulfilled", "rejected"])
    const refused = results.find((result) => result.status === "rejected")
    assert.equal(refused?.status === "rejected" && refused.reason.code, "last_admin")
    await db.pool.query("truncate users cascade")
  }
})

test("switching on again, and the facts others ask for", async () => {
  const { id, name } = await someone("agent")
  await acting((act) => disableUser(act, id))
  await acting((act) => disableUser(act, id))
  assert.equal((await acting((act) => userFacts(act, id)))!.disabled, true)
  await acting((act) => enableUser(act, id))
  assert.deepEqual(await acting((act) => userFacts(act, id)), {
    role: "agent",
    disabled: false,
    teamIds: [],
    capacity: 20,
  })
  assert.equal(await acting((act) => userFacts(act, "usr_none")), null)
  assert.deepEqual([...(await namesOf(db.kysely, [id, id, "usr_none"]))], [[id, name]])
  assert.deepEqual([...(await namesOf(db.kysely, []))], [])
  assert.equal(await acting((act) => teamExists(act, "tem_none")), false)
  assert.deepEqual(await kindsOf(id), ["user.created", "user.disabled", "user.disabled"])
})

test("a change that changes nothing records nothing", async () => {
  const { id, email, name } = await someone("agent")
  await acting((act) => changeUser(act, id, { email, name, role: "agent", teamIds: [] }))
  assert.deepEqual(await kindsOf(id), ["user.created"])
})

test("a user who becomes a customer leaves all teams", async () => {
  const team = await acting((act) => createTeam(act, { name: "Ventas" }))
  const { id } = await someone("agent", { teamIds: [team.id] })
  await acting((act) => changeUser(act, id, { role: "user" }))
  assert.deepEqual((await acting((act) => userFacts(act, id)))!.teamIds, [])
  await assert.rejects(
    acting((act) => changeUser(act, id, { teamIds: [team.id] })),
    refusal("invalid"),
  )
  await assert.rejects(
    acting((act) => changeTeam(act, team.id, { memberIds: [id] })),
    refusal("invalid"),
  )
})

test("a team's lists: leads are members, and a list not given stays", async () => {
  const [ana, bruno, sol] = [await someone("agent"), await someone("agent"), await someone("lead")]
  const ids = (...users: { id: string }[]) => users.map((user) => user.id).toSorted()
  const team = await acting((act) => createTeam(act, { name: "Ventas", memberIds: ids(ana, bruno), leadIds: ids(sol) }))
  const steps: [object, string[], string[]][] = [
    [{}, ids(ana, bruno, sol), ids(sol)],
    [{ memberIds: ids(ana, sol) }, ids(ana, sol), ids(sol)],
    [{ leadIds: ids(bruno) }, ids(ana, bruno, sol), ids(bruno)],
    [{ memberIds: ids(ana) }, ids(ana), []],
    [{ memberIds: [], leadIds: ids(sol, sol) }, ids(sol), ids(sol)],
  ]
  for (const [change, memberIds, leadIds] of steps) {
    const changed = await acting((act) => changeTeam(act, team.id, change))
    assert.deepEqual(
      { memberIds: changed.memberIds, leadIds: changed.leadIds },
      { memberIds, leadIds },
      JSON.stringify(change),
    )
  }
  assert.deepEqual((await acting((act) => changeUser(act, sol.id, { teamIds: [team.id] }))).teamIds, [team.id])
  assert.deepEqual(
    (await acting((act) => changeTeam(act, team.id, {}))).leadIds,
    ids(sol),
    "who leads a team that stays goes on leading it",
  )
})

test("the default mark moves in one step and is never given up", async () => {
  const teams = await Promise.all(
    ["A", "B", "C"].map((name) => acting((act) => createTeam(act, { name, isDefault: true }))),
  )
  const marked = await db.kysely.selectFrom("teams").select("id").where("isDefault", "=", true).execute()
  assert.equal(marked.length, 1)
  const other = teams.find((team) => team.id !== marked[0]!.id)!
  const changed = await acting((act) => changeTeam(act, other.id, { isDefault: true }))
  assert.equal(changed.isDefault, true)
  assert.equal(await acting(defaultTeamId), other.id)
  await assert.rejects(
    acting((act) => changeTeam(act, other.id, { isDefault: false })),
    refusal("invalid"),
  )
  await assert.rejects(
    acting((act) => deleteTeam(act, other.id)),
    refusal("in_use"),
  )
})

test("a team with a ticket is in use, an empty one goes", async () => {
  const { id } = await acting((act) => createTeam(act, { name: "Ventas", memberIds: [] }))
  const ticket = newId("tkt")
  const insert = `insert into tickets (id, kind, status, channel, team_id, last_message_at, created_by_kind, created_at, updated_at)
    values ($1, 'support', 'open', 'web', $2, now(), 'system', now(), now())`
  await db.pool.query(insert, [ticket, id])
  await assert.rejects(
    acting((act) => deleteTeam(act, id)),
    refusal("in_use"),
  )
  await db.pool.query("update tickets set team_id = null where id = $1", [ticket])
  await acting((act) => deleteTeam(act, id))
  assert.equal(await acting((act) => teamExists(act, id)), false)
  await assert.rejects(
    acting((act) => deleteTeam(act, id)),
    refusal("not_found"),
  )
  assert.deepEqual(await kindsOf(id), ["team.changed", "team.changed"])
})
