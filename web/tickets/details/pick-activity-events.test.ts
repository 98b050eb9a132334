import assert from "node:assert/strict"
import { test } from "node:test"
import { activityOf } from "./pick-activity-events.ts"

const actor = { type: "user", id: "usr_ana", name: "Ana" }
const happening = (timestamp: string, action: string) => ({ timestamp, action, actor, details: {} })

test("activity shows what changed the ticket, newest first, and nothing that the thread shows", () => {
  const happenings = [
    happening("1", "ticket.created"),
    happening("1", "message.received"),
    happening("2", "ticket.assigned"),
    happening("3", "message.posted"),
    happening("4", "message.delivery_changed"),
    happening("5", "message.delivery_changed"),
    happening("6", "ticket.read"),
    happening("7", "message.noted"),
    happening("8", "message.failure_dismissed"),
    happening("9", "ticket.status_changed"),
    happening("9", "ticket.closed"),
  ]
  assert.deepEqual(
    activityOf(happenings).map(({ action }) => action),
    ["ticket.closed", "message.failure_dismissed", "ticket.assigned", "ticket.created"],
  )
})
