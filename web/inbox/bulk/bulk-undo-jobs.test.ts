import assert from "node:assert/strict"
import { test } from "node:test"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { batchesOf, undoJobs } from "./bulk-undo-jobs.ts"

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

test("jobs go together as long as they fit into one request", () => {
  const [low, high] = [{ priority: "low" as const }, { priority: "high" as const }]
  const jobs = [
    { tickets: ["1", "2"], change: low },
    { tickets: ["3", "4", "5"], change: high },
  ]
  assert.deepEqual(batchesOf(jobs, 100), [jobs])
  assert.deepEqual(batchesOf(jobs, 3), [
    [
      { tickets: ["1", "2"], change: low },
      { tickets: ["3"], change: high },
    ],
    [{ tickets: ["4", "5"], change: high }],
  ])
})
