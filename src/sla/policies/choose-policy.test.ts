import assert from "node:assert/strict"
import { test } from "node:test"
import type { ConditionFacts } from "#conditions/index.ts"
import type { Policy } from "./api-contract.ts"
import { choosePolicy, fieldsRead, noTerms, termsOf } from "./choose-policy.ts"

const facts = { kind: "support", subject: "Pedido", tags: ["vip"], customFields: {} } as unknown as ConditionFacts
const targets = { firstResponse: { low: 60, urgent: 10 }, resolution: { urgent: 90 } }
type Conditions = Policy["conditions"]
const vip: Conditions[number] = { field: "tags", operator: "contains", value: "vip" }
const other: Conditions[number] = { field: "subject", operator: "equals", value: "otra cosa" }
const policy = (id: string, more: object = {}) => {
  return { id, isDefault: false, conditions: [] as Conditions, calendarId: null, targets, ...more }
}
const theDefault = policy("default", { isDefault: true })

const cases: [what: string, policies: ReturnType<typeof policy>[], expected: string | null][] = [
  ["none there are", [], null],
  ["the first that matches", [policy("a", { conditions: [vip] }), policy("b", { conditions: [vip] }), theDefault], "a"],
  [
    "one that does not match is passed over",
    [policy("a", { conditions: [other] }), policy("b", { conditions: [vip] })],
    "b",
  ],
  ["all conditions must hold", [policy("a", { conditions: [vip, other] })], null],
  ["the default one for the rest", [policy("a", { conditions: [other] }), theDefault], "default"],
  ["the default one before others without conditions", [policy("a"), theDefault], "default"],
  [
    "without a default the first without conditions",
    [policy("a", { conditions: [other] }), policy("b"), policy("c")],
    "b",
  ],
]
for (const [what, policies, expected] of cases)
  test(`which policy is for a ticket: ${what}`, () => {
    assert.equal(choosePolicy(policies, facts)?.id ?? null, expected)
  })

test("a metric or a priority that is left out has no target, and null says no SLA", () => {
  assert.deepEqual(termsOf(theDefault, "urgent").minutes, { first_response: 10, next_response: null, resolution: 90 })
  assert.deepEqual(termsOf(theDefault, "low").minutes, { first_response: 60, next_response: null, resolution: null })
  assert.deepEqual(termsOf(policy("none", { targets: null }), "low"), noTerms)
  assert.deepEqual(termsOf(null, "low"), noTerms)
})

test("which fields policies read", () => {
  const read = fieldsRead([policy("a", { conditions: [vip, other] }), policy("b", { conditions: [vip] })])
  assert.deepEqual([...read], ["tags", "subject"])
})
