import assert from "node:assert/strict"
import { after, test } from "node:test"
import { type Database, openDatabase } from "#kernel/db.ts"
import { createAuthentication } from "#people/index.ts"
import { testDatabase } from "#test/database.ts"
import { run as runKey } from "./api-key.ts"
import { UsageError } from "./cli-deps-and-usage-error.ts"
import { run as runUser } from "./user.ts"

const db: Database = openDatabase((await testDatabase()).url)
after(() => db.close())
const { authenticate, dropCache: forget } = createAuthentication({
  db,
  now: () => new Date(),
  publicUrl: "http://hilo.test",
})

async function output(run: typeof runKey, ...args: string[]): Promise<string> {
  const lines: string[] = []
  await run(args, { db, print: (line) => lines.push(line) })
  return lines.join("\n")
}

const whoHas = (key: string) => authenticate({ headers: { authorization: `Bearer ${key}` } })

test("a key prints itself once as JSON and opens the API", async () => {
  const printed = await output(runKey, "create", "--name", "Tienda en línea", "--role", "agent", "--json")
  const made = JSON.parse(printed) as Record<string, string>
  assert.deepEqual(Object.keys(made), ["key", "id", "userId"])
  assert.match(made["key"]!, /^hilo_[\w-]{43}$/)
  assert.match(made["id"]!, /^key_[0-9a-f]{32}$/)
  const who = await whoHas(made["key"]!)
  assert.deepEqual([who?.id, who?.role, who?.kind], [made["userId"], "agent", "key"])
  const user = await db.kysely
    .selectFrom("users")
    .select(["email", "name", "passwordHash"])
    .where("id", "=", made["userId"]!)
    .executeTakeFirst()
  assert.match(user!.email, /^tienda-en-linea-[a-z0-9]+@keys\.invalid$/)
  assert.deepEqual([user!.name, user!.passwordHash], ["Tienda en línea", null])
})

test("a user who does not exist is made with the role; one who exists keeps theirs", async () => {
  const first = JSON.parse(
    await output(runKey, "create", "--name", "a", "--role", "lead", "--user", "Sol@example.com", "--json"),
  )
  const second = JSON.parse(
    await output(runKey, "create", "--name", "b", "--role", "admin", "--user", "sol@EXAMPLE.com", "--json"),
  )
  assert.equal(first.userId, second.userId)
  assert.deepEqual([(await whoHas(first.key))?.role, (await whoHas(second.key))?.role], ["lead", "lead"])
  const weaker = JSON.parse(
    await output(runKey, "create", "--name", "c", "--role", "user", "--user", "sol@example.com", "--json"),
  )
  assert.equal((await whoHas(weaker.key))?.role, "user")
  await db.pool.query("update users set disabled_at = now() where id = $1", [first.userId])
  forget()
  assert.equal(await whoHas(first.key), null)
  await assert.rejects(
    output(runKey, "create", "--name", "d", "--role", "lead", "--user", "sol@example.com"),
    /switched off/,
  )
})

test("two keys of one name act through accounts of their own", async () => {
  const make = async (role: string) =>
    JSON.parse(await output(runKey, "create", "--name", "Robot", "--role", role, "--json"))
  const [one, two] = [await make("agent"), await make("admin")]
  assert.notEqual(one.userId, two.userId)
  assert.equal((await whoHas(two.key))?.role, "admin")
})

test("without --json a person can read it", async () => {
  assert.match(await output(runKey, "create", "--name", "Robot", "--role", "agent"), /^hilo_[\w-]{43}\n\nThis is key_/)
})

for (const args of [
  [],
  ["create"],
  ["create", "--name", "x"],
  ["create", "--name", " ", "--role", "agent"],
  ["create", "--name", "x", "--role", "owner"],
  ["delete", "--name", "x", "--role", "agent"],
  ["create", "--name", "x", "--role", "agent", "--nonsense"],
  ["create", "--name", "x", "--role", "agent", "--user", "nobody"],
]) {
  test(`hilo key ${args.join(" ")} says how it is called and makes nothing`, async () => {
    const count = async () =>
      (await db.pool.query("select (select count(*) from api_keys) + (select count(*) from users) as n")).rows[0]
    const before = await count()
    await assert.rejects(output(runKey, ...args), /Usage|not an e-mail/)
    assert.deepEqual(await count(), before)
  })
}

test("a user made without a password gets one that is shown once", async () => {
  const made = JSON.parse(
    await output(runUser, "create", "--email", "ana@example.com", "--name", "Ana", "--role", "admin", "--json"),
  )
  assert.deepEqual(Object.keys(made), ["id", "email", "role", "password"])
  const printed = await output(
    runUser,
    "create",
    "--email",
    "b@example.com",
    "--name",
    "B",
    "--role",
    "agent",
    "--password",
    "ten letters",
  )
  assert.match(printed, /^b@example\.com is agent now \(usr_[0-9a-f]{32}\)\.$/)
  await assert.rejects(
    output(runUser, "create", "--email", "ANA@example.com", "--name", "Ana", "--role", "agent"),
    /Duplicate entry for email/,
  )
  await assert.rejects(
    output(runUser, "create", "--email", "c@example.com", "--name", "C", "--role", "agent", "--password", "short"),
    /--password must have at least 10/,
  )
})

test("a key that is made for a connection says so, and one for something else is refused", async () => {
  const id = "con_source"
  await db.pool.query(
    "insert into connections (id, kind, name, settings, created_at, updated_at) values ($1, 'api', 'Source', '{}', now(), now())",
    [id],
  )
  const args = ["create", "--name", "source", "--role", "agent", "--json"]
  const made = JSON.parse(await output(runKey, ...args, "--connection", id)) as Record<string, string>
  assert.deepEqual((await whoHas(made["key"]!))?.connectionIds, [id])
  await assert.rejects(output(runKey, ...args, "--connection", "con_none"), UsageError)
})
