import assert from "node:assert/strict"
import { test } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import {
  type Condition,
  type ConditionFacts,
  failingConditions,
  fields,
  operators,
  patternOf,
} from "./evaluate-conditions.ts"

const facts: ConditionFacts = {
  kind: "support",
  subject: "Factura duplicada",
  description: "Me cobraron dos veces",
  priority: "high",
  channel: "email",
  tags: ["Billing", "urgente"],
  categoryId: ["cat_1"],
  connectionId: null,
  teamId: "tem_1",
  customFields: { plan: "Oro", boxes: 3, due: "2026-12-01", colors: ["red", "blue"], paid: false },
  "customer.tier": "vip",
  "customer.email": ["carla@acme.com", "c@home.net"],
  "customer.language": null,
}

const holds: [string, string, Condition["value"], boolean][] = [
  ["kind", "equals", "support", true],
  ["subject", "equals", " FACTURA duplicada ", true],
  ["subject", "notEquals", "otra", true],
  ["subject", "contains", "duplicada", true],
  ["subject", "notContains", "duplicada", false],
  ["customer.tier", "equals", "vip", true],
  ["customer.tier", "in", ["gold", "vip"], true],
  ["customer.tier", "in", ["gold"], false],
  ["customer.email", "contains", "@ACME.com", true],
  ["customer.email", "equals", "c@home.net", true],
  ["customer.language", "equals", "es", false],
  ["customer.language", "equals", null, true],
  ["customer.language", "notEquals", "es", true],
  ["connectionId", "notContains", "x", true],
  ["tags", "contains", "billing", true],
  ["tags", "contains", "bill", false],
  ["tags", "equals", "urgente", true],
  ["tags", "notContains", "billing", false],
  ["tags", "notEquals", "billing", false],
  ["categoryId", "in", ["cat_1", "cat_2"], true],
  ["teamId", "equals", "tem_1", true],
  ["priority", "gt", "medium", true],
  ["priority", "gt", "high", false],
  ["priority", "lt", "urgent", true],
  ["priority", "gt", "nonsense", false],
  ["customFields.boxes", "gt", 2, true],
  ["customFields.boxes", "lt", "10", true],
  ["customFields.boxes", "equals", "3", true],
  ["customFields.due", "lt", "2026-12-02", true],
  ["customFields.colors", "contains", "blue", true],
  ["customFields.colors", "contains", "blu", false],
  ["customFields.paid", "equals", false, true],
  ["customFields.nothing", "equals", "x", false],
  ["customFields.constructor", "contains", "function", false],
  ["subject", "matches", "^factura\\b", true],
  ["subject", "matches", "(?=x)", false],
  ["subject", "gt", 3, false],
  ["nonsense", "equals", "x", false],
  ["subject", "nonsense", "x", false],
]

for (const [field, operator, value, expected] of holds) {
  test(`${field} ${operator} ${JSON.stringify(value)} ${expected ? "holds" : "does not hold"}`, () => {
    assert.equal(failingConditions([{ field, operator, value }], facts) === null, expected)
  })
}

test("all conditions must hold, and none at all always hold", () => {
  const yes = { field: "kind", operator: "equals", value: "support" }
  const no = { field: "kind", operator: "equals", value: "conversation" }
  assert.equal(failingConditions([], facts), null)
  assert.equal(failingConditions([yes, yes], facts), null)
  assert.equal(failingConditions([yes, no], facts), no)
})

test("whatever a condition says, asking it throws nothing", () => {
  const scalar = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null))
  const condition = fc.record({
    field: fc.oneof(
      fc.constantFrom(...fields),
      fc.string(),
      fc.string().map((key) => `customFields.${key}`),
    ),
    operator: fc.oneof(fc.constantFrom(...operators), fc.string()),
    value: fc.oneof(scalar, fc.array(scalar)),
  })
  fc.assert(
    fc.property(condition, (one) => typeof (failingConditions([one], facts) === null) === "boolean"),
    { numRuns: 2_000 },
  )
})

test("a pattern made to run for ever comes to an end", () => {
  const hostile = ["(a+)+$", "(a|aa)+$", "(.*a){20}b", "((a*)*)*c", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"]
  const text = { ...facts, description: "a".repeat(100_000) }
  for (const value of hostile) failingConditions([{ field: "description", operator: "matches", value }], text)
})

test("what cannot be bounded is no pattern: look-around, back-references, giants", () => {
  for (const pattern of ["(?=a)", "(a)\\1", "[", "a".repeat(201), "(a{1000}){1000}", "((a{100}){10})|(b{900}){2}"])
    assert.equal(patternOf(pattern), null, pattern)
  assert.ok(patternOf("(?i)garant[ií]a|devoluci[oó]n"))
})
