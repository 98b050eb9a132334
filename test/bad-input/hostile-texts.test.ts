// Texts that were written to break databases and spreadsheets, through search, filters and export. They are made here of the
// parts that published lists are made of; HILO_VECTORS names a folder with such lists (one text a line) to try as well.
import assert from "node:assert/strict"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { parse } from "csv-parse/sync"
import { createTeam } from "#people/index.ts"
import { countsAndExportRoutes } from "#views/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting, member, openDesk } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  countsAndExportRoutes(app, kit)
})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const [source, elsewhere] = [await openMessageSource(desk, { teamIds: [team.id] }), await openMessageSource(desk)]
const mine = (await source.says("+573004000001", { text: "hola, select y union", name: "Carla" })).ticket!
await elsewhere.says("+573004000002", { text: "or 1 and sleep null users select union", name: "Damián" })

const openings = ["", "'", "''", '"', "')", '")', "`", "1", "1'", "-1", "admin'", "%", "\\", "))"]
const turns = [
  "or 1=1",
  "or 'a'='a",
  "|| (select version())",
  "and 1=(select count(*) from users)",
  "union select null, null, null",
  "union all select password_hash from users",
  "order by 99",
  "; drop table tickets",
  "; select pg_sleep(30)",
  "and (select 1 from pg_sleep(30)) is null",
  "group by 1 having 1=1",
  "::int",
  "{$gt: ''}",
]
const endings = ["", "--", " -- -", "/*", "#", ";%00"]
const made = openings.flatMap((opening, i) =>
  turns.map((turn, k) => `${opening} ${turn}${endings[(i + k) % endings.length]}`),
)

const formulas = [..."=+-@\t\r＝＋－＠"].flatMap((sign) =>
  ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.com","x")', "SUM(1+9)*cmd|' /C calc'!A0"].map(
    (rest) => sign + rest,
  ),
)

function listed(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))
  const files = paths.filter((path) => statSync(path).isFile() && path.endsWith(".txt"))
  return files.flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/)).filter((line) => line.trim() !== "")
}

const hostile = [...made, ...(process.env["HILO_VECTORS"] ? listed(process.env["HILO_VECTORS"]) : [])]
const filters = ["tag", "teamId", "assignedTo", "status", "createdFrom", "sort", "cursor", "customFields.plan"]

test("no text widens a search, a filter or an export, breaks one or takes long", async () => {
  const before = await desk.db.pool.query("select count(*) from tickets")
  const ask = async (path: string) => {
    const answer = await ana.call("GET", path)
    // Neither is the 503 of a statement that took too long.
    assert.ok([200, 400].includes(answer.status), `${path}: ${answer.status}`)
    const items = (answer.body["items"] ?? []) as { id: string }[]
    assert.ok(
      items.every(({ id }) => id === mine.id),
      path,
    )
  }
  for (const [n, text] of hostile.entries()) {
    const value = encodeURIComponent(text.toWellFormed().slice(0, 200))
    await ask(`/tickets?q=${value}`)
    await ask(`/tickets?${filters[n % filters.length]}=${value}`)
    if (n % 8 === 0) await ask(`/tickets/export?q=${value}`)
  }
  assert.deepEqual((await desk.db.pool.query("select count(*) from tickets")).rows, before.rows)
})

test("no subject or name leaves in an export as a formula", async () => {
  for (const [n, text] of formulas.entries()) {
    const name = `+57300500${String(n).padStart(4, "0")}`
    const { ticket } = await source.says(name, { text: "hola", name: text })
    await desk.db.kysely.updateTable("tickets").set({ subject: text }).where("id", "=", ticket!.id).execute()
  }
  const headers = { authorization: `Bearer ${ana.key}` }
  const { body } = await desk.app.inject({ url: "/api/v1/tickets/export", headers })
  const rows: Record<string, string>[] = parse(body, { columns: true, bom: true })
  assert.equal(rows.length, formulas.length + 1)
  for (const cell of rows.flatMap((row) => Object.values(row))) assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/)
  const subjects = new Set(rows.map((row) => row["subject"]!.replace(/^'/, "")))
  assert.deepEqual(
    formulas.filter((text) => !subjects.has(text)),
    [],
  )
})
