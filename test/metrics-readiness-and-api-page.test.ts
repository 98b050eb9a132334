// What the world sees of a server beside its API: who may measure it, and what its pages may do.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { browser } from "./browsers/chromium-and-axe.ts"
import { startApp } from "./start-app.ts"

const folder = mkdtempSync(join(tmpdir(), "hilo-outside-"))
const token = "a token for those who measure"
const { app, url } = await startApp({ HILO_METRICS_TOKEN: token, HILO_DATA: folder })
const get = (path: string, remoteAddress: string, headers: Record<string, string> = {}) =>
  app.inject({ url: path, remoteAddress, headers })

test("metrics answer this machine, and others only with the token", async () => {
  for (const near of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    assert.equal((await get("/metrics", near)).statusCode, 200, near)
  const bearer = (word: string) => ({ authorization: `Bearer ${word}` })
  for (const far of ["10.0.0.9", "203.0.113.5", "fe80::1", "::ffff:10.0.0.1"]) {
    assert.equal((await get("/metrics", far)).statusCode, 401, far)
    assert.equal((await get("/metrics", far, bearer("a token of somebody else"))).statusCode, 401, far)
    assert.equal((await get("/metrics", far, bearer(token))).statusCode, 200, far)
  }
})

test("what a proxy on this machine passes on does not come from this machine", async () => {
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto"]) {
    assert.equal((await get("/metrics", "127.0.0.1", { [name]: "127.0.0.1" })).statusCode, 401, name)
  }
})

test("a server that cannot keep files is ready, and says so", async () => {
  const { statusCode, body } = await get("/readyz", "127.0.0.1")
  assert.deepEqual([statusCode, (JSON.parse(body) as { status: string }).status], [200, "ready"])
  const gone = mkdtempSync(join(tmpdir(), "hilo-outside-"))
  writeFileSync(join(gone, "attachments"), "a file where the folder should be")
  const other = await startApp({ HILO_DATA: gone })
  const answer = await other.app.inject({ url: "/readyz" })
  assert.equal(answer.statusCode, 200)
  assert.ok(answer.json<{ warnings: string[] }>().warnings.includes("storage away"), answer.body)
  rmSync(gone, { recursive: true })
})

test("the page to read the API works under a policy of its own, in nobody's frame", async () => {
  const { headers } = await get("/docs/", "203.0.113.5")
  assert.match(String(headers["content-security-policy"]), /frame-ancestors 'none'/)
  assert.equal(headers["x-frame-options"], "DENY")

  const page = await (await browser()).newPage()
  const complaints: string[] = []
  page.on("console", (said) => said.type() === "error" && complaints.push(said.text()))
  page.on("pageerror", ({ message }) => complaints.push(message))
  await page.goto(`${url}/docs/`)
  await page.locator(".opblock-summary-path").first().waitFor()
  assert.deepEqual(complaints, [])
  await page.close()
})

test("a server whose schema is another one's says which migration, and does not blame the database", async () => {
  const other = await startApp()
  const ask = async (statement: string) => {
    await other.db.pool.query(statement)
    const { statusCode, body } = await other.app.inject({ url: "/readyz" })
    return [statusCode, JSON.parse(body)] as const
  }
  const said = (detail: string) => [503, { status: "not_ready", problem: "migrations", detail }]
  assert.deepEqual(
    await ask("update schema_migrations set checksum = 'x' where name = '0001_ground.sql'"),
    said("Migration 0001_ground.sql was changed after it was applied to this database."),
  )
  assert.deepEqual(
    await ask("update schema_migrations set name = '9999_later.sql' where name = '0001_ground.sql'"),
    said("The database is newer than this Hilo: it has 9999_later.sql. Run the newer version."),
  )
  assert.deepEqual(
    await ask("delete from schema_migrations where name = '9999_later.sql'"),
    said("0001_ground.sql was not applied"),
  )
})
