import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { Client } from "pg"
import { runningDatabaseUrl, startEmbeddedPostgres } from "./launcher.ts"

const folder = mkdtempSync(join(tmpdir(), "hilo-postgres-"))
after(() => rmSync(folder, { recursive: true, force: true }))

test("the password is readable by its owner only, and the URL is known to commands while the database runs", async () => {
  const postgres = await startEmbeddedPostgres(folder, { durable: false })
  assert.equal(statSync(join(folder, "database.json")).mode & 0o777, 0o600)
  assert.equal(runningDatabaseUrl(folder), postgres.url)
  assert.equal(await ask(postgres.url, "select lower('ÁÑ')"), "áñ")
  await postgres.stop()
  assert.equal(runningDatabaseUrl(folder), undefined)
})

test("a killed postmaster comes back on the same port with everything committed", async () => {
  const postgres = await startEmbeddedPostgres(folder)
  await ask(postgres.url, "create table kept as select 42 as answer")
  const { pid } = postgres
  const killed = pid()!
  process.kill(killed, "SIGKILL")
  assert.equal(await untilAnswered(postgres.url, "select answer from kept"), 42)
  assert.notEqual(pid(), killed)
  await postgres.stop()
})

test("Hilo works as the owner of its database and of nothing else, and PostgreSQL as a user of its own", async () => {
  const postgres = await startEmbeddedPostgres(folder)
  const mine =
    "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls from pg_roles where rolname = current_user"
  assert.equal(await ask(postgres.url, mine), false)
  assert.equal(
    await ask(postgres.url, "select pg_get_userbyid(datdba) = current_user from pg_database where datname = 'hilo'"),
    true,
  )
  await assert.rejects(ask(postgres.url, "select pg_read_file('PG_VERSION')"), { code: "42501" })
  await assert.rejects(ask(postgres.url, "copy (select 1) to program 'true'"), { code: "42501" })
  if (process.getuid?.() === 0) {
    const { uid } = statSync(`/proc/${postgres.pid()}`)
    assert.equal(readFileSync("/etc/passwd", "utf8").includes(`:${uid}:`), false, "nobody else's")
  }
  await postgres.stop()
})

test("a folder of an earlier version, where all belonged to the superuser, is handed over with what is in it", async () => {
  const before = await startEmbeddedPostgres(folder)
  for (const sql of [
    "reassign owned by hilo_server to hilo",
    "drop owned by hilo_server",
    `create schema queue; create type queue.state as enum ('a'); create table queue.job (id int generated always as identity, s queue.state);
     create sequence numbers; create table things (id int primary key); insert into things values (7);
     create function one() returns int language sql as 'select 1'; create view seen as select * from things`,
  ])
    await ask(before.adminUrl, sql)
  await ask(before.adminUrl.replace(/hilo$/, "postgres"), "drop role hilo_server")
  await before.stop()
  const file = join(folder, "database.json")
  const { rolePassword: _forgotten, ...known } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>
  writeFileSync(file, JSON.stringify(known))
  const { url, stop } = await startEmbeddedPostgres(folder)
  assert.equal(runningDatabaseUrl(folder), url)
  const left = `select count(*)::int from (select relowner as o, relnamespace as n from pg_class union all select proowner, pronamespace from pg_proc
    union all select typowner, typnamespace from pg_type) it join pg_namespace on n = pg_namespace.oid
    where nspname in ('public', 'queue') and o <> (select oid from pg_roles where rolname = current_user)`
  assert.equal(await ask(url, left), 0)
  for (const sql of [
    "alter table things add more text; drop view seen; alter type queue.state add value 'b'; insert into queue.job default values",
    "create or replace function one() returns int language sql as 'select 2'; select setval('numbers', 9)",
    "create schema another",
  ])
    await ask(url, sql)
  assert.equal(await ask(url, "select id from things"), 7)
  await stop()
})

test("a second Hilo on the folder is refused by name, and the orphan of a killed one is taken over", async () => {
  const first = ownerIn(folder)
  const [said] = (await once(first.stdout!, "data")) as [Buffer]
  assert.match(String(said), /^postgres:/)
  const refused = `The data folder ${folder} is in use by another Hilo (process ${first.pid}); stop it or set HILO_DATA.`
  await assert.rejects(startEmbeddedPostgres(folder), { message: refused })
  const orphan = Number(await ask(String(said).trim(), "select pg_backend_pid()"))
  assert.ok(orphan)
  first.kill("SIGKILL")
  await once(first, "exit")
  const postgres = await startEmbeddedPostgres(folder)
  assert.equal(postgres.url, String(said).trim())
  await postgres.stop()
  assert.equal(runningDatabaseUrl(folder), undefined)
})

test("a number that a crash left behind and a stranger has now does not keep the database from starting", async () => {
  writeFileSync(
    join(folder, "postgres/postmaster.pid"),
    `${process.pid}\n${folder}/postgres\n0\n5432\n\n127.0.0.1\n\nready\n`,
  )
  assert.equal(runningDatabaseUrl(folder), undefined)
  await (await startEmbeddedPostgres(folder)).stop()
})

test("two starts at once on an empty folder: one owns it, the other is refused", async () => {
  const empty = mkdtempSync(join(tmpdir(), "hilo-postgres-"))
  const starts = [ownerIn(empty), ownerIn(empty)]
  const said = await Promise.all(starts.map((child) => once(child.stdout!, "data").then(([line]) => String(line))))
  assert.deepEqual(said.map((line) => line.split(":")[0]).toSorted(), ["postgres", "refused"])
  for (const child of starts) if (child.kill("SIGKILL")) await once(child, "exit")
  await (await startEmbeddedPostgres(empty)).stop()
  rmSync(empty, { recursive: true })
})

function ownerIn(data: string): ChildProcess {
  const code = `import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
    await startEmbeddedPostgres(${JSON.stringify(data)}).then((it) => console.log(it.url), (error) => console.log("refused: " + error.message))
    setInterval(() => {}, 1000)`
  const cwd = join(import.meta.dirname, "../../..")
  return spawn(process.execPath, ["--input-type=module", "-e", code], { cwd, stdio: ["ignore", "pipe", "inherit"] })
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on("error", () => {})
  await client.connect()
  try {
    const answers = [await client.query<Record<string, unknown>>(sql)].flat()
    const row = answers.at(-1)!.rows[0]
    return row && Object.values(row)[0]
  } finally {
    await client.end()
  }
}

async function untilAnswered(url: string, sql: string): Promise<unknown> {
  for (const deadline = performance.now() + 20_000; ;) {
    try {
      return await ask(url, sql)
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
  }
}
