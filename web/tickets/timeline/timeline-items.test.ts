import assert from "node:assert/strict"
import { test } from "node:test"
import { creationText } from "./creation-text.ts"
import { timelineItems } from "./timeline-items.ts"
import { sampleMessage } from "../messages/sample-message.ts"
import type { TimelineEvent } from "./timeline-queries.ts"

const zone = { timezone: "America/Bogota" }

const said = (id: string, at: string, by = "ctc_carla") =>
  sampleMessage(id, { sender: { type: "contact", id: by, name: "Carla" }, sentAt: at, createdAt: at })

const actor = { type: "user", id: "usr_ana", name: "Ana" }
const done = (action: string, timestamp: string): TimelineEvent => ({ action, timestamp, actor, details: {} })
const order = (...items: ReturnType<typeof timelineItems>) =>
  items.map((item) => (item.type === "message" ? item.key : item.type))

test("messages and acts hang in order, a day before the first of each day", () => {
  const items = timelineItems(
    [said("a", "2026-03-11T20:00:00Z"), said("b", "2026-03-12T14:00:00Z")],
    [
      done("ticket.created", "2026-03-11T20:00:00Z"),
      done("ticket.closed", "2026-03-11T21:00:00Z"),
      done("ticket.reopened", "2026-03-12T14:00:00Z"),
    ],
    true,
    zone,
  )
  assert.deepEqual(order(...items), ["day", "a", "event", "event", "day", "b", "event"])
})

test("acts older than the loaded messages wait until those are loaded", () => {
  const items = timelineItems(
    [said("b", "2026-03-12T14:00:00Z")],
    [done("ticket.created", "2026-03-11T20:00:00Z")],
    false,
    zone,
  )
  assert.deepEqual(order(...items), ["day", "b"])
})

test("a closing is shown once", () => {
  const at = "2026-03-12T14:00:00Z"
  const items = timelineItems([], [done("ticket.status_changed", at), done("ticket.closed", at)], true, zone)
  assert.deepEqual(order(...items), ["day", "event"])
})

test("the name is said again for another person or after five minutes", () => {
  const items = timelineItems(
    [
      said("a", "2026-03-12T14:00:00Z"),
      said("b", "2026-03-12T14:04:00Z"),
      said("c", "2026-03-12T14:10:00Z"),
      said("d", "2026-03-12T14:11:00Z", "ctc_damian"),
    ],
    [],
    true,
    zone,
  )
  assert.deepEqual(
    items.flatMap((item) => (item.type === "message" ? item.continues : [])),
    [false, true, false, false],
  )
})

test("an imported ticket says that it was opened somewhere else", () => {
  const cases: [details: Record<string, unknown>, text: ReturnType<typeof creationText>][] = [
    [{}, ["event.ticket.created", {}]],
    [{ origin: "import", source: "zendesk" }, ["event.importedFrom", { source: "Zendesk" }]],
    [{ origin: "import", source: "hilo" }, ["event.imported", {}]],
  ]
  for (const [details, text] of cases) assert.deepEqual(creationText(details), text)
})
