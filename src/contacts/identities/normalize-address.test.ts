import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import { type IdentityKind, identityKinds } from "../api-contract.ts"
import { type IdentityHint, identityOf } from "./normalize-address.ts"

const api: IdentityHint = { scope: "con_1" }
const whatsapp: IdentityHint = { kind: "phone", scope: "con_1" }

/** The answer of someone who knows only `stored`: does a message from `sender` belong to that person? */
function joins(sender: string, stored: string): boolean {
  const [who, known] = [identityOf(sender, whatsapp), identityOf(stored, whatsapp)]
  assert.ok(who && known)
  return [who.value, ...who.also].includes(known.value)
}

describe("a phone", () => {
  const onePerson: [why: string, sender: string, stored: string][] = [
    ["Mexico with the old mobile 1", "5218187654321", "528187654321"],
    ["Mexico without it, stored with it", "528187654321", "5218187654321"],
    ["Mexico with the trunk prefix 044", "+52 044 818 765 4321", "528187654321"],
    ["Argentina, mobile sender, stored without the 9", "5493514445566", "543514445566"],
    ["Argentina, trunk 0 and mobile 15", "+54 0351 15 444 5566", "5493514445566"],
    ["Brazil without the ninth digit", "552199887766", "5521999887766"],
    ["Brazil with the ninth digit, stored without", "5521999887766", "552199887766"],
    ["Brazil with a carrier code", "+55 0 41 21 99988 7766", "5521999887766"],
    ["two zeros are a plus", "00573157654321", "573157654321"],
    ["a national prefix in brackets", "+44 (0)7911 123456", "447911123456"],
    ["full-width digits", "＋５７３１５７６５４３２１", "573157654321"],
    ["arabic digits", "+٥٧٣١٥٧٦٥٤٣٢١", "573157654321"],
    ["marks nobody sees", "\u202a+57\u200b 315 765 4321\u202c\0", "573157654321"],
    ["a tel link", "tel:+57-315-765-4321", "573157654321"],
  ]
  for (const [why, sender, stored] of onePerson)
    it(`is one person: ${why}`, () => assert.equal(joins(sender, stored), true))

  const twoPersons: [why: string, sender: string, stored: string][] = [
    ["Brazil, a landline that a stripped 9 would make", "5521933445566", "552133445566"],
    ["Brazil, the landline asks for the mobile", "552133445566", "5521933445566"],
    ["Argentina, a landline sender and a stored mobile", "543514445566", "5493514445566"],
    ["Argentina, another area", "5493514445566", "541114445566"],
    ["Mexico, ten digits that begin with 1", "521187654321", "52187654321"],
    ["another extension of one switchboard", "+57 601 765 4321 ext. 5", "+57 601 765 4321"],
    ["one digit", "573157654321", "573157654322"],
  ]
  for (const [why, sender, stored] of twoPersons)
    it(`is two persons: ${why}`, () => assert.equal(joins(sender, stored), false))

  const kept: [raw: string, value: string][] = [
    ["5218187654321", "+528187654321"],
    ["521187654321", "+521187654321"],
    ["5521999887766", "+5521999887766"],
    ["549", "+549"],
    ["573157654321", "+573157654321"],
  ]
  for (const [raw, value] of kept)
    it(`${raw} is kept as ${value}`, () => assert.equal(identityOf(raw, whatsapp)?.value, value))

  it("is global and shown in groups of digits", () => {
    assert.deepEqual(identityOf("573157654321", whatsapp), {
      kind: "phone",
      scope: "",
      value: "+573157654321",
      display: "+57 315 7654321",
      also: [],
    })
  })

  for (const nothing of ["", "+", "00", "hola", "+57 315 hola", "1234567890123456", "\0\ud800"])
    it(`is not ${JSON.stringify(nothing)}`, () => assert.equal(identityOf(nothing, whatsapp), null))
})

describe("an API source's contact", () => {
  const cases: [raw: string, kind: IdentityKind, scope: string, value: string][] = [
    ["+57 315 765 4321", "phone", "", "+573157654321"],
    ["0057 315 765 4321", "phone", "", "+573157654321"],
    ["573157654321", "external", "con_1", "573157654321"],
    ["+57573157654321", "external", "con_1", "+57573157654321"],
    ["+573157654321 and +573157654322", "external", "con_1", "+573157654321 and +573157654322"],
    ["0042", "external", "con_1", "0042"],
    ["Carla@Example.COM", "email", "", "carla@example.com"],
    [" carla@example.com\u200f", "email", "", "carla@example.com"],
    ["carla@localhost", "external", "con_1", "carla@localhost"],
    ["a b@example.com", "external", "con_1", "a b@example.com"],
    ["Cust-42", "external", "con_1", "Cust-42"],
    ["cust-42", "external", "con_1", "cust-42"],
    ["a\0b\ud800", "external", "con_1", "ab\ufffd"],
    ["__proto__", "external", "con_1", "__proto__"],
  ]
  for (const [raw, kind, scope, value] of cases)
    it(`${JSON.stringify(raw)} is ${kind}`, () => {
      const identity = identityOf(raw, api)
      assert.deepEqual([identity?.kind, identity?.scope, identity?.value], [kind, scope, value])
    })

  for (const raw of [
    "",
    " \t\u00a0",
    "\0",
    "x".repeat(10_000),
    "+57".padEnd(10_000, "1"),
    `${"a".repeat(10_000)}@b.co`,
  ])
    it(`is nobody: ${JSON.stringify(raw.slice(0, 12))} of ${raw.length}`, () =>
      assert.equal(identityOf(raw, api), null))
})

it("an e-mail keeps its writing for show and folds it for matching", () => {
  const identity = identityOf("Zoë.Müller@Example.com", { kind: "email", scope: "con_1" })
  assert.deepEqual([identity?.value, identity?.display], ["zoë.müller@example.com", "Zoë.Müller@Example.com"])
  assert.equal(identityOf("573157654321", { kind: "email", scope: "con_1" }), null)
})

it("a BSUID, a visitor, an external id and a group belong to their scope and are never read as phones", () => {
  for (const kind of ["bsuid", "visitor", "external", "group"] as const)
    assert.deepEqual(identityOf("+573157654321", { kind, scope: "one" }), {
      kind,
      scope: "one",
      value: "+573157654321",
      also: [],
    })
})

describe("for any text", () => {
  const kinds = fc.constantFrom(undefined, ...identityKinds)
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."+0123456789 ()-.;ext=@\0\u202e\ud800\uff11٣") }),
    fc.string({ unit: "binary", maxLength: 40 }).map((text) => `${text}@Example.com`),
    fc
      .tuple(fc.constantFrom("+52", "+54", "+55", "+57", "00"), fc.string({ unit: fc.constantFrom(..."0123456789") }))
      .map((parts) => parts.join("")),
  )

  it("nothing is thrown, and what is stored is well formed, trimmed, bounded and without NUL", () => {
    fc.assert(
      fc.property(hostile, kinds, (raw, kind) => {
        const identity = identityOf(raw, { kind, scope: "con_1" })
        if (!identity) return
        assert.ok(identity.value.isWellFormed() && !identity.value.includes("\0"))
        assert.ok(identity.value.length > 0 && identity.value.length <= 300 && identity.value.trim() === identity.value)
      }),
    )
  })

  it("reading a stored value again gives the same value", () => {
    fc.assert(
      fc.property(hostile, kinds, (raw, kind) => {
        const once = identityOf(raw, { kind, scope: "con_1" })
        if (!once) return
        const twice = identityOf(once.value, { kind: once.kind, scope: once.scope })
        assert.deepEqual(
          [twice?.kind, twice?.scope, twice?.value, twice?.also],
          [once.kind, once.scope, once.value, once.also],
        )
      }),
      { numRuns: 500 },
    )
  })

  const numbers = fc.oneof(
    fc.tuple(fc.constant("57"), fc.constantFrom("300", "315", "350"), digits(7)),
    fc.tuple(fc.constant("52"), fc.constantFrom("55", "81"), digits(8)),
    fc.tuple(fc.constant("549"), fc.constantFrom("11", "22"), digits(8)),
    fc.tuple(fc.constant("55"), fc.constantFrom("11", "21", "41"), fc.constantFrom("9", "8", "3"), digits(7)),
  )

  it("spaces, dots, dashes and brackets make no other person", () => {
    const marks = fc.array(fc.constantFrom("", "", " ", ".", "-", "\u00a0"), { minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(numbers, marks, ([country, area, ...rest], between) => {
        const plain = `+${country}${area}${rest.join("")}`
        const spread = [...rest.join("")].map((digit, at) => (between[at] ?? "") + digit).join("")
        const written = `+${country} (${area}) ${spread}`
        assert.deepEqual(identityOf(written, api), identityOf(plain, api))
      }),
    )
  })

  it("two mobile numbers that differ in a digit are never joined", () => {
    fc.assert(
      fc.property(numbers, fc.nat(7), fc.integer({ min: 1, max: 9 }), (parts, place, step) => {
        const number = parts.join("")
        const at = number.length - 1 - (place % 6)
        const other = number.slice(0, at) + String((Number(number[at]) + step) % 10) + number.slice(at + 1)
        assert.equal(joins(number, other), false)
      }),
    )
  })
})

function digits(length: number) {
  return fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length })
}
