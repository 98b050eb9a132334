import assert from "node:assert/strict"
import { test } from "node:test"
import { filterOf, usualSort, viewOf } from "./views-and-sorts.ts"

test("open views leave out what is finished, and every view what has a board of its own", () => {
  const kind = ["conversation", "support"]
  assert.deepEqual(filterOf("mine"), { kind, assignedTo: "me", phase: ["new", "active", "waiting"] })
  assert.deepEqual(filterOf("closed"), { kind, phase: ["closed", "resolved"] })
  assert.deepEqual(filterOf("team:tem_1"), { kind, teamId: "tem_1", phase: ["new", "active", "waiting"] })
  assert.deepEqual(
    [filterOf("all"), filterOf("all", { isSearched: true })],
    [{ kind }, {}],
    "a search of everything finds everything",
  )
})

test("views of deadlines hold what is open, by how it stands, and until the end of the day", () => {
  const open = { kind: ["conversation", "support"], phase: ["new", "active", "waiting"] }
  assert.deepEqual(filterOf("breached"), { ...open, slaState: "breached" })
  assert.deepEqual(filterOf("atRisk"), { ...open, slaState: "warning" })
  assert.deepEqual(filterOf("dueToday"), { ...open, slaState: ["on_track", "warning"], slaDueTo: "today" })
})

test("views of deadlines begin with what is late longest, all others with what is newest", () => {
  assert.deepEqual(
    (["breached", "atRisk", "dueToday", "open", "saved:viw_1"] as const).map((view) => usualSort(view)),
    ["deadline", "deadline", "deadline", "newest", "newest"],
  )
})

test("an unknown view is the open one", () => {
  assert.equal(viewOf("nope"), "open")
  assert.equal(viewOf(undefined), "open")
  assert.equal(viewOf("closed"), "closed")
})
