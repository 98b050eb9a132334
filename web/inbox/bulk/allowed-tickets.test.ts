import assert from "node:assert/strict"
import { test } from "node:test"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { mayApply, mayChange } from "./allowed-tickets.ts"

const ticket = (can: string[], status: ListedTicket["status"] = "open", snoozedUntil: string | null = null) => ({
  can,
  status,
  snoozedUntil,
})
const whole = ticket(["assign", "edit", "snooze", "closed"])
const merged = ticket(["unmerge"], "closed")

test("an action is for the tickets with which one may do it", () => {
  const cases: [Parameters<typeof mayChange>[1], boolean][] = [
    [{ status: "closed" }, true],
    [{ status: "resolved" }, false],
    [{ assignment: { agentId: null } }, true],
    [{ priority: "high" }, true],
    [{ snooze: "2026-12-01T09:00:00Z" }, true],
    [{ snooze: null }, false],
  ]
  for (const [change, expected] of cases) {
    assert.equal(mayChange(whole, change), expected, JSON.stringify(change))
    assert.equal(mayChange(merged, change), false, JSON.stringify(change))
  }
  assert.equal(mayChange(ticket([], "open", "2026-12-01T09:00:00Z"), { snooze: null }), true)
})

test("a macro is for the tickets with which all that it does may be done", () => {
  const closing = {
    actions: [{ type: "priority", value: "low" } as const, { type: "status", value: "closed" } as const],
  }
  assert.equal(mayApply(whole, closing), true)
  assert.equal(mayApply(ticket(["edit"]), closing), false)
  assert.equal(mayApply(ticket(["edit"], "closed"), closing), true)
  assert.equal(mayApply(ticket(["edit", "closed"]), { actions: [{ type: "assign", value: "me" }] }), false)
})
