import assert from "node:assert/strict"
import { test } from "node:test"
import { parse } from "csv-parse/sync"
import { incidentRoutes } from "#incidents/index.ts"
import { createTeam } from "#people/index.ts"
import { callsOf } from "#test/desks/incident-desk.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { countsAndExportRoutes } from "./counts-and-export-routes.ts"

const desk = await openDesk((app, kit) => {
  incidentRoutes(app, kit)
  countsAndExportRoutes(app, kit)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const damian = await member(desk, { email: "damian@example.com", name: "Damián", role: "user" })
await acting(desk, (act) => createTeam(act, { name: "Envíos", isDefault: true, memberIds: [ana.userId] }))
const { fail } = callsOf(desk, root)

async function taken(who: Client, query = "", delimiter = ",") {
  const authorization = `Bearer ${who.key}`
  const answer = await desk.app.inject({ url: `/api/v1/incidents/export${query}`, headers: { authorization } })
  const as = { columns: true, bom: true, delimiter } as const
  const rows = answer.statusCode === 200 ? parse<Record<string, string>>(answer.body, as) : []
  return { status: answer.statusCode, headers: answer.headers, rows }
}

test("customers take nothing, an agent what they see, and a filter that the board does not know is refused", async () => {
  const { ticket } = await fail({ guia: "GUIA-CSV-1" })
  assert.equal((await taken(damian)).status, 403)
  assert.deepEqual([(await taken(bruno)).rows, (await taken(ana)).rows.map(({ id }) => id)], [[], [ticket!.ticketId]])
  for (const query of ["?colour=red", "?limit=5", "?status=lost", "?locale=x"])
    assert.equal((await taken(ana, query)).status, 400, query)
  const { rows } = await desk.db.pool.query(
    "select actor_id, subject_id, data from events where kind = 'tickets.exported' order by id desc limit 1",
  )
  assert.deepEqual(rows, [{ actor_id: ana.userId, subject_id: "incidents", data: { filters: [], count: 1 } }])
})

test("what the board shows comes whole in its order, for programs and for the reader's spreadsheet", async () => {
  for (let n = 0; n < 3; n++) await fail({ guia: `GUIA-MANY-${n}` })
  await desk.db.pool.query(
    "update incidents set score = 90, carrier = 'TCC', city = '=cmd()', canonical = 'IN_OFFICE' where guia = 'GUIA-MANY-1'",
  )
  await desk.db.pool.query("update users set timezone = 'America/Bogota' where id = $1", [root.userId])
  const board = (await root.call("GET", "/incidents?limit=100")).body["items"] as { number: string }[]
  const { rows, headers } = await taken(root)
  assert.match(String(headers["content-disposition"]), /filename="incidents.csv"/)
  assert.deepEqual(
    rows.map(({ number }) => number),
    board.map(({ number }) => number),
  )
  const shown = (row: Record<string, string>, ...names: string[]) => names.map((name) => row[name])
  assert.deepEqual(shown(rows[0]!, "guia", "trigger", "status", "score", "city"), [
    "GUIA-MANY-1",
    "FAILED_4XX",
    "OPEN",
    "90",
    "'=cmd()",
  ])
  const [first] = (await taken(root, "?q=MANY-1&locale=es-CO", ";")).rows
  const opened = new Date(desk.now().getTime() - 5 * 3_600_000).toISOString().slice(0, 16).replace("T", " ")
  assert.deepEqual(shown(first!, "Guía", "Motivo", "Estado", "Envío", "Abierto"), [
    "GUIA-MANY-1",
    "Mensaje rechazado",
    "Abierto",
    "En la oficina",
    opened,
  ])
})
