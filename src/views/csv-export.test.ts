import assert from "node:assert/strict"
import { once } from "node:events"
import { get } from "node:http"
import type { AddressInfo } from "node:net"
import { test } from "node:test"
import { parse } from "csv-parse/sync"
import { createTeam } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { clearSettingsCache } from "#settings/read-setting.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { countsAndExportRoutes } from "./counts-and-export-routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  countsAndExportRoutes(app, kit)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const damian = await member(desk, { email: "damian@example.com", name: "Damián", role: "user" })
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const [source, elsewhere] = [await openMessageSource(desk, { teamIds: [team.id] }), await openMessageSource(desk)]

const taken = async (who: Client, query = "", delimiter = ",") => {
  const authorization = `Bearer ${who.key}`
  const answer = await desk.app.inject({ url: `/api/v1/tickets/export${query}`, headers: { authorization } })
  const as = { columns: true, bom: true, delimiter } as const
  const rows = answer.statusCode === 200 ? parse<Record<string, string>>(answer.body, as) : []
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, rows }
}
const exportEvents = () =>
  desk.db.kysely
    .selectFrom("events")
    .select(["actorId", "data"])
    .where("kind", "=", "tickets.exported")
    .orderBy("id")
    .execute()

test("the export holds what the list holds, for users who may see it", async () => {
  const mine = (await source.says("+573004000001", { text: "hola", name: "=cmd|' /C calc'!A0" })).ticket!
  const foreign = (await elsewhere.says("+573004000002", { text: "hola" })).ticket!
  const { status, headers, rows, text } = await taken(ana, "?phase=new&sort=number")
  assert.equal(status, 200)
  assert.match(String(headers["content-type"]), /^text\/csv; charset=utf-8/)
  assert.match(String(headers["content-disposition"]), /^attachment/)
  assert.ok(text.startsWith("\ufeffnumber,id,"))
  assert.deepEqual(
    rows.map((row) => [row["number"], row["contact"]]),
    [[mine.number, "'=cmd|' /C calc'!A0"]],
  )
  assert.deepEqual((await taken(root)).rows.map((row) => row["id"]).toSorted(), [mine.id, foreign.id].toSorted())
  const { actorId, data } = (await exportEvents())[0]!
  assert.deepEqual([actorId, data], [ana.userId, { filters: ["phase", "sort"], count: 1 }])
})

test("for a spreadsheet it is in the reader's language and zone, parted as their locale does, with addresses and own fields", async () => {
  await desk.db.pool.query(`insert into custom_fields (id, key, label, type, created_at) values
    ('cfd_weight', 'weight', 'Peso; kg', 'number', now()), ('cfd_fragile', 'fragile', 'Frágil', 'boolean', now())`)
  await desk.db.pool.query("update users set timezone = 'America/Bogota' where id = $1", [ana.userId])
  const { ticket } = await source.says("+573004000009", { text: "hola", name: "Carla" })
  await desk.db.pool.query(
    `update tickets set custom_fields = '{"weight": 1.5, "fragile": true}', created_at = '2026-11-30T02:05:00Z' where id = $1`,
    [ticket!.id],
  )
  const read = async (who: Client, locale: string, delimiter: string) => {
    return (await taken(who, `?id=${ticket!.id}&locale=${locale}`, delimiter)).rows[0]!
  }
  const row = await read(ana, "es-CO", ";")
  assert.deepEqual(
    ["Número", "Estado", "Abierto", "Teléfono", "Peso; kg", "Frágil"].map((heading) => row[heading]),
    [ticket!.number, "Pendiente", "2026-11-29 21:05", "'+573004000009", "1,5", "Sí"],
  )
  const inEnglish = await read(ana, "en-US", ",")
  assert.deepEqual([inEnglish["Status"], inEnglish["Peso; kg"]], ["Pending", "1.5"])
  // A language alone is written as the desk's country does: in Mexico with a point.
  const country = (value: string) =>
    acting(desk, (act) => changeSetting(act, "desk.country", value)).then(() => clearSettingsCache(desk.db))
  await country("MX")
  assert.equal((await read(ana, "es", ","))["Peso; kg"], "1.5")
  await country("AR")
  assert.equal((await read(ana, "es", ";"))["Peso; kg"], "1,5")
  const { rows } = await taken(ana, `?id=${ticket!.id}`)
  assert.deepEqual(
    ["status", "phone", "customFields.weight", "customFields.fragile"].map((name) => rows[0]![name]),
    ["pending", "'+573004000009", "1.5", "true"],
    "for programs nothing changes",
  )
  for (const locale of ["x", "es-1", "es_CO", "und"])
    assert.equal((await taken(ana, `?locale=${locale}`)).status, 400, locale)
})

test("of a contact known by a ticket of one's own alone the export has no more than what one typed", async () => {
  const made = (await elsewhere.says("+573004000010", { text: "hola", name: "Dora" })).ticket!
  await desk.db.pool.query("update tickets set created_by_kind = 'user', created_by_id = $2 where id = $1", [
    made.id,
    ana.userId,
  ])
  const phoneOf = async (who: Client) => (await taken(who, `?id=${made.id}`)).rows.map((row) => row["phone"])
  assert.deepEqual(await phoneOf(root), ["'+573004000010"])
  assert.deepEqual(await phoneOf(ana), [""])
})

test("customers export nothing, and a filter that no list takes is refused", async () => {
  assert.equal((await taken(damian)).status, 403)
  for (const query of ["?colour=red", "?limit=5", "?cursor=x", "?createdFrom=yesterday", "?sort=password"]) {
    assert.equal((await taken(ana, query)).status, 400, query)
  }
})

test("more than one page comes whole and in order", async () => {
  const [first] = await desk.db.kysely.selectFrom("tickets").select("contactId").limit(1).execute()
  await desk.db.kysely
    .insertInto("tickets")
    .values(
      Array.from({ length: 1_200 }, (_, n) => ({
        id: `tkt_export${String(n).padStart(6, "0")}`,
        kind: "support",
        status: "open",
        channel: "web",
        contactId: first!.contactId,
        lastMessageAt: desk.now(),
        createdByKind: "system",
        createdAt: new Date(desk.now().getTime() - n * 1_000),
        updatedAt: desk.now(),
      })),
    )
    .execute()
  const { rows } = await taken(root, "?kind=support")
  assert.equal(rows.length, 1_200)
  assert.deepEqual(
    rows.map((row) => row["createdAt"]),
    rows
      .map((row) => row["createdAt"])
      .toSorted()
      .toReversed(),
  )
})

test("a reader who hangs up ends the export, which is on record with what was taken", async () => {
  await desk.app.listen({ port: 0, host: "127.0.0.1" })
  const before = (await exportEvents()).length
  const { port } = desk.app.server.address() as AddressInfo
  const headers = { authorization: `Bearer ${root.key}` }
  const request = get({ port, host: "127.0.0.1", path: "/api/v1/tickets/export?kind=support", headers })
  const [response] = (await once(request, "response")) as [NodeJS.ReadableStream & { destroy: () => void }]
  await once(response, "data")
  response.destroy()
  const recorded = async () => (await exportEvents()).slice(before)
  while ((await recorded()).length === 0) await new Promise((go) => setImmediate(go))
  assert.ok(((await recorded())[0]!.data as { count: number }).count <= 1_200)
})
