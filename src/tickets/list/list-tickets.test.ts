// What the sample code's lists and search got wrong, by the numbers of docs/defects.md.
import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { createTeam } from "#people/index.ts"
import { ticketRoutes } from "../routes.ts"
import { openSupportTicket } from "../creation/open-support-ticket.ts"

const desk = await openDesk(ticketRoutes)
const someone = (name: string, role: "user" | "agent" | "lead" | "admin") =>
  member(desk, { email: `${name}@example.com`, name, role })
const [root, sol, ana, bruno, eva, carla] = [
  await someone("root", "admin"),
  await someone("sol", "lead"),
  await someone("ana", "agent"),
  await someone("bruno", "agent"),
  await someone("eva", "agent"),
  await someone("carla", "user"),
]
const teamOf = (name: string, memberIds: string[], leadIds: string[] = []) =>
  acting(desk, (act) => createTeam(act, { name, memberIds, leadIds }))
const [sales, repairs] = [await teamOf("Ventas", [ana.userId], [sol.userId]), await teamOf("Taller", [bruno.userId])]

const opened = async (subject: string, given: { teamId?: string; assigneeId?: string } = {}) => {
  const { id } = await acting(desk, (act) => openSupportTicket(act, { subject, description: "", channel: "phone" }))
  await desk.db.kysely
    .updateTable("tickets")
    .set({ teamId: given.teamId ?? null, assigneeId: given.assigneeId ?? null })
    .where("id", "=", id)
    .execute()
  desk.clock.pass(86_400_000)
  return id
}
const inSales = await opened("Factura de marzo", { teamId: sales.id, assigneeId: ana.userId })
const inRepairs = await opened("Factura de abril", { teamId: repairs.id, assigneeId: bruno.userId })
const inNone = await opened("Factura sin equipo")

const list = async (who: Client, query: string) => {
  const { status, body } = await who.call("GET", `/tickets?${query}`)
  const items = (body["items"] ?? []) as { id: string }[]
  const named = (body["errors"] as { path: string }[] | undefined)?.[0]?.path.split(".")[0]
  return {
    status,
    ids: items.map(({ id }) => id),
    total: body["total"],
    cursor: body["nextCursor"] as string | null,
    named,
  }
}
const refused = async (query: string, named: string) => {
  const answer = await list(root, query)
  assert.deepEqual([answer.status, answer.named], [400, named], query)
}

test("77: who is in no team sees no ticket because it has none, with a text or without", async () => {
  for (const query of ["", "q=factura", "assignedTo=unassigned", "q=factura&assignedTo=unassigned"])
    assert.deepEqual((await list(eva, query)).ids, [], query)
  assert.ok((await list(root, "assignedTo=unassigned")).ids.includes(inNone))
})

test("79: a lead finds what is their teams', an admin everything, a customer nothing of others", async () => {
  for (const query of ["sort=createdAt", "sort=createdAt&q=factura"]) {
    assert.deepEqual((await list(sol, query)).ids, [inSales], query)
    assert.deepEqual((await list(root, query)).ids, [inSales, inRepairs, inNone], query)
    assert.deepEqual((await list(carla, query)).ids, [], query)
  }
})

test("80: asking for somebody else's team, tickets or ids only narrows", async () => {
  const foreign = [`teamId=${repairs.id}`, `assignedTo=${bruno.userId}`, "assignedTo=unassigned", `id=${inRepairs}`]
  for (const query of foreign) {
    assert.deepEqual((await list(ana, query)).ids, [], query)
    assert.deepEqual((await list(ana, `${query}&q=factura`)).ids, [], query)
  }
  const either = `teamId=${sales.id}&teamId=${repairs.id}&assignedTo=me&assignedTo=${bruno.userId}`
  assert.deepEqual((await list(ana, either)).ids, [inSales])
})

test("81: an order is made of known fields, each once, and goes on over pages without a gap", async () => {
  for (const sort of [
    "",
    "-",
    "--createdAt",
    "password",
    "contact.email",
    "createdAt,createdAt",
    "createdAt,-createdAt",
    "createdAt;id",
  ])
    await refused(`sort=${encodeURIComponent(sort)}`, "sort")
  for (const sort of ["status", "-priority", "priority,-status", "slaDueAt"]) {
    const found: string[] = []
    let cursor = ""
    do {
      const page = await list(root, `sort=${sort}&limit=1${cursor}`)
      found.push(...page.ids)
      cursor = page.cursor ? `&cursor=${page.cursor}` : ""
    } while (cursor)
    assert.deepEqual(found.toSorted(), [inSales, inRepairs, inNone].toSorted(), sort)
  }
})

test("82: a date that is none is refused by name, a range that ends before it begins is empty, an end includes its day", async () => {
  for (const name of ["createdFrom", "createdTo", "updatedFrom", "updatedTo"])
    for (const text of ["Invalid Date", "NaN", "2026-13-01", "0", ""]) await refused(`${name}=${text}`, name)
  assert.deepEqual((await list(root, "createdFrom=2026-11-24&createdTo=2026-11-22")).ids, [])
  assert.deepEqual((await list(root, "createdFrom=2026-11-22&createdTo=2026-11-22")).ids, [inSales])
  assert.deepEqual((await list(root, "createdFrom=2026-11-23&createdTo=2026-11-24&sort=createdAt")).ids, [
    inRepairs,
    inNone,
  ])
})

test("83: a flag that says false is not true", async () => {
  assert.equal((await list(root, "slaBreached=false")).total, 3)
  assert.equal((await list(root, "slaBreached=true")).total, 0)
  assert.equal((await list(root, "snoozed=false")).total, 3)
  for (const text of ["0", "no", "FALSE", ""]) await refused(`slaBreached=${text}`, "slaBreached")
})

test("84: a value that no filter knows is refused by name, also among known ones", async () => {
  const wrong = [
    "kind=complaint",
    "status=open&status=burning",
    "phase=active&phase=",
    "priority=alta",
    "slaState=late",
    "assignedTo=ana",
  ]
  for (const query of [...wrong, "teamId=zzz", "contactId=1", "connectionId=%27", "categoryId=all", "colour=red"])
    await refused(query, query.split("=")[0]!)
})

test("85: a page is 1 to 100 tickets", async () => {
  for (const limit of ["0", "-1", "101", "1e2", "NaN", "Infinity", "1.5", "", "99999999999999999999"])
    await refused(`limit=${limit}`, "limit")
  for (const name of ["page", "perPage", "offset"]) await refused(`${name}=1`, name)
  assert.equal((await list(root, "limit=1")).ids.length, 1)
})

test("88: a total counts only what the reader may see", async () => {
  for (const query of ["limit=1", "limit=1&q=factura", "limit=1&sort=-lastMessageAt"]) {
    assert.equal((await list(root, query)).total, 3, query)
    assert.equal((await list(ana, query)).total, 1, query)
    assert.equal((await list(carla, query)).total, 0, query)
  }
})

test("89: an operator in a parameter's name or value is no operator", async () => {
  for (const name of ["status[not]", "q[contains]", "q[$ne]", "teamId[]", "$where", "status.not", "constructor"])
    await refused(`${encodeURIComponent(name)}=open`, name.split(".")[0]!)
  assert.deepEqual(await list(ana, "__proto__=open"), await list(ana, ""))
  for (const text of ['{"$ne":null}', '{"not":"x"}', "[object Object]"]) {
    assert.deepEqual((await list(ana, `q=${encodeURIComponent(text)}`)).ids, [])
    await refused(`status=${encodeURIComponent(text)}`, "status")
  }
})

test("a list of open ones holds nothing that is snoozed, unless asked for it", async () => {
  const { status } = await root.call("PUT", `/tickets/${inNone}/snooze`, { until: "2027-01-01T09:00:00Z" })
  assert.equal(status, 200)
  const open = "phase=new&phase=active&phase=waiting&sort=createdAt"
  assert.deepEqual((await list(root, open)).ids, [inSales, inRepairs])
  assert.deepEqual((await list(root, `${open}&q=factura`)).ids, [inSales, inRepairs])
  assert.deepEqual((await list(root, `${open}&snoozed=true`)).ids, [inNone])
  assert.equal((await list(root, "")).total, 3)
})

test("an instant before every calendar and a cursor with a total of somebody's own are refused by name", async () => {
  const named = async (query: string) => (await root.call("GET", `/tickets?${query}`)).body["detail"]
  assert.match(String(await named("createdFrom=-100000-01-01T00:00:00Z")), /^createdFrom: must be today, a date/)
  const cursor = Buffer.from(JSON.stringify(["many", "2026-11-22T00:00:00Z", "tkt_x"])).toString("base64url")
  assert.match(String(await named(`cursor=${cursor}`)), /^cursor: must be the nextCursor/)
})
