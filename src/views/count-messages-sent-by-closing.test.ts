import assert from "node:assert/strict"
import { test } from "node:test"
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
const sol = await member(desk, { email: "sol@example.com", name: "Sol", role: "admin" })
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", isDefault: true, memberIds: [ana.userId] }))
const polite = await openMessageSource(desk, { teamIds: [team.id], farewellText: "Hasta pronto" })
const silent = await openMessageSource(desk, { teamIds: [team.id] })
const others = await acting(desk, (act) => createTeam(act, { name: "Bodega" }))
const elsewhere = await openMessageSource(desk, { teamIds: [others.id], farewellText: "Adiós" })

let people = 10
const ask = (who: Client, tickets: string[], status = "closed") =>
  who.call("POST", "/tickets/announcements", { tickets, status })
/** The counts alone, and who gets what. */
const asked = async (...about: Parameters<typeof ask>) => {
  const { customers, ...counts } = (await ask(...about)).body
  const rows = customers as { name: string; gets: string[] }[]
  return { counts, gets: rows.map(({ name, gets }) => [name, ...gets].join(" ")) }
}
const support = async (contact: object) =>
  String((await sol.call("POST", "/tickets", { subject: "Caja", teamId: team.id, contact })).body["id"])

test("what ending many tickets would say is counted before, by those one may see, and changes nothing", async () => {
  const conversations = [
    (await polite.says("+573001110001")).ticket!.id,
    (await polite.says("+573001110002")).ticket!.id,
    (await silent.says("+573001110003")).ticket!.id,
    (await elsewhere.says("+573001110004")).ticket!.id,
  ]
  const tickets = [
    ...conversations,
    await support({ name: "Carla", email: "carla@example.com" }),
    await support({ name: "Nadie" }),
  ]
  assert.deepEqual((await asked(sol, tickets)).counts, { farewells: 3, mails: 1, surveys: 1, undelivered: 0 })
  const ofAna = await asked(ana, tickets)
  assert.deepEqual(ofAna.gets, [" farewell", " farewell", "Carla mail survey"])
  assert.deepEqual(
    ofAna.counts,
    { farewells: 2, mails: 1, surveys: 1, undelivered: 0 },
    "another team's ticket is not there",
  )
  assert.deepEqual((await asked(ana, tickets, "resolved")).counts, {
    farewells: 0,
    mails: 1,
    surveys: 1,
    undelivered: 0,
  })
  await sol.call("PUT", `/tickets/${tickets[0]!}/status`, { status: "closed" })
  assert.deepEqual(
    (await asked(ana, tickets)).counts,
    { farewells: 1, mails: 1, surveys: 1, undelivered: 0 },
    "what has ended says nothing again",
  )
  assert.equal((await ask(ana, [], "closed")).status, 400)
})

test("a mail is counted where one would leave: not to an address that nothing was exchanged with", async () => {
  const id = await support({ name: "Damián" })
  await desk.db.pool.query(
    `insert into contact_identities (id, contact_id, kind, value, proof, created_at)
      select 'idn_typed', contact_id, 'email', 'damian@example.com', 'staff', now() from tickets where id = $1`,
    [id],
  )
  assert.equal((await ask(sol, [id], "resolved")).body["mails"], 0)
  await desk.db.pool.query("update tickets set requester_identity_id = 'idn_typed' where id = $1", [id])
  assert.equal((await ask(sol, [id], "resolved")).body["mails"], 1)
})

test("a mail to an e-mail that stands with one ticket alone is counted on that one", async () => {
  const { id: conversationId } = (await silent.says("+573001110055")).ticket!
  const opens = async (more: object) =>
    String((await sol.call("POST", "/tickets", { subject: "Caja", conversationId, ...more })).body["id"])
  const tickets = [await opens({ contact: { email: "eliana@example.com" } }), await opens({})]
  assert.equal((await ask(sol, tickets, "resolved")).body["mails"], 1)
  assert.equal((await ask(sol, tickets.slice(1), "resolved")).body["mails"], 0)
})

test("the survey of a support ticket without a mail is counted where its customer last wrote", async () => {
  const phone = "+573001110077"
  await silent.says(phone)
  assert.equal((await ask(sol, [await support({ phone })], "resolved")).body["surveys"], 1)
})

test("surveys are counted where one would leave: by the connection's word, and not of campaigns, groups or the blocked", async () => {
  const asking = await openMessageSource(desk, { teamIds: [team.id], survey: true })
  const one = async (said: object = {}) => (await asking.says(`+5730011102${++people}`, said)).ticket!.id
  const tickets = [
    await one(),
    await one({ campaignShipmentId: "shp_a" }),
    await one({ group: "familia" }),
    await one(),
    (await silent.says("+573001110299")).ticket!.id,
  ]
  await desk.db.pool.query(
    "update contacts set blocked = true where id = (select contact_id from tickets where id = $1)",
    [tickets[3]],
  )
  assert.equal((await ask(sol, tickets)).body["surveys"], 1)
  assert.equal(
    (await ask(sol, tickets, "resolved")).body["surveys"],
    0,
    "conversations are asked about at their closing",
  )
  await acting(desk, (act) => changeSetting(act, "support.survey", false))
  const id = await support({ name: "Eva", email: "eva@example.com" })
  clearSettingsCache(desk.db)
  assert.deepEqual((await asked(sol, [id])).counts, { farewells: 0, mails: 1, surveys: 0, undelivered: 0 })
})
