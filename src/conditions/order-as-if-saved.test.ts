import assert from "node:assert/strict"
import { test } from "node:test"
import { asIfSaved, unsavedId } from "./order-as-if-saved.ts"

type OrderedPolicy = { id: string; priority: number; isDefault: boolean }
const policy = (id: string, priority: number, isDefault = false): OrderedPolicy => ({ id, priority, isDefault })
const draft = (priority: number, isDefault = false) => ({ priority, isDefault })
const [a, b, usual] = [policy("sla_a", 10), policy("sla_b", 10), policy("sla_d", 1, true)]
const saved = [a, b, usual]

const cases: [what: string, given: Parameters<typeof asIfSaved<OrderedPolicy>>[1], expected: string[]][] = [
  ["a new one comes after what has its priority", draft(10), ["sla_a", "sla_b", unsavedId(), "sla_d"]],
  ["one that is changed keeps its place among those", { ...draft(10), id: "sla_a" }, ["sla_a", "sla_b", "sla_d"]],
  ["a lower priority comes first", { ...draft(5), id: "sla_b" }, ["sla_b", "sla_a", "sla_d"]],
  [
    "a new default takes the mark, and the old one its place by priority",
    draft(50, true),
    ["sla_d", "sla_a", "sla_b", unsavedId()],
  ],
  [
    "a list stands in for all, in its order",
    Array.from({ length: 12 }, () => draft(1)),
    Array.from({ length: 12 }, (_, nth) => unsavedId(nth)),
  ],
]
for (const [what, given, expected] of cases)
  test(what, () => {
    const all = asIfSaved(saved, given)
    assert.deepEqual(
      all.map(({ id }) => id),
      expected,
    )
    assert.ok(all.filter(({ isDefault }) => isDefault).length <= 1)
  })
