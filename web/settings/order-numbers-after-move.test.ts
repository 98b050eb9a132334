import assert from "node:assert/strict"
import { test } from "node:test"
import { type Ordered, prioritiesInOrder } from "./order-numbers-after-move.ts"

const named = (priorities: Record<string, number>): Ordered[] =>
  Object.entries(priorities).map(([id, priority]) => ({ id, name: id, priority }))
const ids = (items: readonly Ordered[]) => items.map(({ id }) => id).join("")
/** As servers ask them. */
const asked = (items: Ordered[]) => items.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))

test("while one is moved a place up, all stand in the order before or in the one after, whatever their numbers were", () => {
  const desks = [
    { a: 10, b: 20, c: 30, d: 40 },
    { a: 0, b: 0, c: 0, d: 0 },
    { a: 15, b: 16, c: 17, d: 500 },
    { a: -5, b: 35, c: 36, d: 37 },
    { a: 100, b: 200, c: 300, d: 400 },
  ]
  for (const before of desks.map(named))
    for (const at of [1, 2, 3]) {
      const after = before.toSpliced(at, 1).toSpliced(at - 1, 0, before[at]!)
      const seen = [ids(before)]
      let now = before
      for (const { id, priority } of prioritiesInOrder(after)) {
        now = asked(now.map((one) => (one.id === id ? { ...one, priority } : one)))
        seen.push(ids(now))
      }
      assert.deepEqual([...new Set(seen)], [ids(before), ids(after)])
      assert.deepEqual(
        now.map(({ priority }) => priority),
        [10, 20, 30, 40],
      )
    }
})

test("what stands where it is to stand is not written", () => {
  assert.deepEqual(prioritiesInOrder(named({ a: 10, c: 30, b: 20 })), [
    { id: "b", priority: 30 },
    { id: "c", priority: 20 },
  ])
})
