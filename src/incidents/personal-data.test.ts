// Nobody is in an incident: the doctor looks, the database refuses, and what an error message carries along is dropped.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openIncidentDesk } from "#test/desks/incident-desk.ts"
import { incidentInvariants } from "./invariants.ts"

const { desk, fail, move, patch } = await openIncidentDesk()

test("the doctor, who scans every text, finds nobody; and finds a person who is put there by force", async () => {
  const check = incidentInvariants.find(({ name }) => name === "incidents_hold_nobody")!
  const look = { db: desk.db, secrets: desk.secrets, patienceMs: 0 }
  if (typeof check.find === "string") throw new Error("it asks by code")
  await move("014117806991", "EN VIAJE", desk.now(), { novedad: "NO CONTESTA 300 123 4567" })
  const { ticket } = await fail({ guia: "014117806991", phone: "+573001234567", errorMessage: "to +57 300 123 4567" })
  await patch(ticket!.ticketId, { status: "IN_PROGRESS", priority: "media" })
  assert.deepEqual(await check.find(look), [])
  const said = "'llamar al 300 123 4567'"
  const id = `'${ticket!.ticketId}'`
  const by = {
    "shipments.novedad": `update shipments set novedad = ${said}`,
    "ticket_field_history.new": `insert into ticket_field_history values ('chg_x', 'tags', ${id}, '[]', jsonb_build_array(${said}))`,
    "ticket_field_values.value": `insert into ticket_field_values values (${id}, 'x', ${said})`,
    "ticket_texts.words": `update ticket_texts set words = to_tsvector('simple', '3001234567') where ticket_id = ${id}`,
    "unknown_carrier_statuses.word": `update unknown_carrier_statuses set word = ${said}`,
    "admin_acts.fields": `insert into admin_acts values ('adm_x', now(), 'carrier_word.changed', 'user', null, 'x', 'x', jsonb_build_array(${said}))`,
  }
  for (const [place, force] of Object.entries(by)) {
    await desk.db.pool.query(force)
    assert.ok(
      (await check.find(look)).some((found) => found.startsWith(`${place} at`)),
      place,
    )
  }
})

test("the database itself refuses a person on an incident", async () => {
  const set = [
    "contact_id = (select id from contacts limit 1)",
    "description = 'Carla'",
    "custom_fields = '{\"phone\": 1}'",
    "subject = 'llamar a Carla'",
    "priority = 'low'",
  ]
  await desk.db.pool.query(
    "insert into contacts (id, name, created_at, updated_at) values ('ctc_x', 'Carla', now(), now())",
  )
  for (const change of set) {
    await assert.rejects(
      desk.db.pool.query(`update tickets set ${change} where kind = 'incident'`),
      /tickets_incident_is_about_nobody/,
      change,
    )
  }
})

test("tokens in an error message are not kept", async () => {
  const said =
    "GET https://graph.example.com/v23.0/1?access_token=EAAGm0PX4ZCpsBAKZC and Bearer abcdef123456, token=s3cret"
  const { ticket } = await fail({ errorMessage: said })
  assert.doesNotMatch(ticket!.metadata.failureReason!, /EAAG|abcdef|s3cret/)
})
