import assert from "node:assert/strict"
import { test } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import { groupByPerson } from "./group-by-person.ts"

type NamedDelivery = { position: number; names: string[] }
const groupsOf = (...given: [position: number, ...names: string[]][]) =>
  groupByPerson(
    given.map(([position, ...names]): NamedDelivery => ({ position, names })),
    ({ names }) => names,
  ).map((group) => group.map(({ position }) => position))

test("what one person sent is one group, in the order in which it came", () => {
  assert.deepEqual(groupsOf([3, "ana"], [1, "ana"], [2, "eva"]), [[1, 3], [2]])
})

test("two addresses in one delivery join what each of them sent, before and after", () => {
  assert.deepEqual(groupsOf([4, "phone"], [1, "id"], [3, "phone", "id"], [2, "other"]), [[1, 3, 4], [2]])
  assert.deepEqual(groupsOf([1, "a", "b"], [2, "c", "d"], [3, "d", "e"], [4, "b", "c"], [5, "z"]), [[1, 2, 3, 4], [5]])
})

test("whatever came, each delivery is in one group, in order, with all that bears one of its names", () => {
  const deliveries = fc.array(
    fc.uniqueArray(fc.integer({ min: 0, max: 9 }).map(String), { minLength: 1, maxLength: 3 }),
  )
  fc.assert(
    fc.property(deliveries, (all) => {
      const given = all.map((names, i): NamedDelivery => ({ position: (i * 7) % 101, names }))
      const groups = groupByPerson(given, ({ names }) => names)
      assert.deepEqual(new Set(groups.flat()), new Set(given))
      assert.equal(groups.flat().length, given.length)
      for (const group of groups)
        assert.deepEqual(
          group,
          group.toSorted((a, b) => a.position - b.position),
        )
      const namesOf = groups.map((group) => new Set(group.flatMap(({ names }) => names)))
      for (const [i, one] of namesOf.entries())
        for (const other of namesOf.slice(i + 1)) assert.ok(one.isDisjointFrom(other))
    }),
  )
})
