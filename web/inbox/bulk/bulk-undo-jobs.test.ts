import assert from "node:assert/strict"
import { test } from "node:test"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { undoJobs } from "./bulk-undo-jobs.ts"

const ticket = (number: string, more: Partial<ListedTicket>) =>
  ({ number, tags: [], priority: "low", status: "open", assignee: null, team: null, ...more }) as ListedTicket

test("what undoes one act on many asks once for each past they had", () => {
  const tickets = [ticket("1", {}), ticket("2", { priority: "high" }), ticket("3", {})]
  assert.deepEqual(undoJobs(tickets, { priority: "urgent" }), [
    { tickets: ["1", "3"], change: { priority: "low" } },
    { tickets: ["2"], change: { priority: "high" } },
  ])
})

test("a tag that was there before stays when its adding is undone", () => {
  const tickets = [ticket("1", { tags: ["vip"] }), ticket("2", {})]
  assert.deepEqual(undoJobs(tickets, { tags: { add: ["vip"], remove: [] } }), [
    { tickets: ["2"], change: { tags: { add: [], remove: ["vip"] } } },
  ])
})
