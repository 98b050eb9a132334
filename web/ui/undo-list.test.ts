import assert from "node:assert/strict"
import { test } from "node:test"
import { addUndo, newestUndo, removeUndo } from "./undo-list.ts"

const undo = (id: number, at = 0) => ({ id, at, run: () => {} })

test("the newest act is undone first, and then the one before it", () => {
  const undos = addUndo(addUndo([], undo(1)), undo(2, 5_000))
  assert.equal(newestUndo(undos, 6_000, 0)?.id, 2)
  assert.equal(newestUndo(removeUndo(undos, 2), 6_000, 0)?.id, 1)
  assert.equal(newestUndo([], 0, 0), undefined)
})

test("no act is undone while a newer one is on its way", () => {
  assert.equal(newestUndo([undo(1)], 1_000, 1), undefined)
})

test("an act can be undone for a minute", () => {
  assert.equal(newestUndo([undo(1)], 59_999, 0)?.id, 1)
  assert.equal(newestUndo([undo(1)], 60_000, 0), undefined)
})

test("only the last twenty acts are remembered", () => {
  const undos = Array.from({ length: 30 }, (_, id) => undo(id)).reduce(addUndo, [] as ReturnType<typeof addUndo>)
  assert.deepEqual([undos.length, undos[0]?.id], [20, 10])
})
