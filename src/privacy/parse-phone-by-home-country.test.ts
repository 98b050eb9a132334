import assert from "node:assert/strict"
import { test } from "node:test"
import { phoneRefusal, parsePhone } from "./parse-phone-by-home-country.ts"

const number = (text: string, home: string | null) => parsePhone(text, home)?.number ?? null

test("a number written as at home is one of the desk's country", () => {
  const cases: [text: string, home: string, read: string][] = [
    ["3009998877", "CO", "+573009998877"],
    ["3123456789", "CO", "+573123456789"],
    ["(300) 999-8877", "CO", "+573009998877"],
    ["300 999 88 77", "CO", "+573009998877"],
    ["573009998877", "CO", "+573009998877"],
    ["601 7654321", "CO", "+576017654321"],
    ["0991234567", "EC", "+593991234567"],
    ["991234567", "EC", "+593991234567"],
    ["987654321", "PE", "+51987654321"],
    ["55 1234 5678", "MX", "+525512345678"],
    ["3123456789", "US", "+13123456789"],
    ["011 15-2345-6789", "AR", "+5491123456789"],
    ["612 34 56 78", "ES", "+34612345678"],
  ]
  for (const [text, home, read] of cases) {
    assert.equal(number(text, home), read, `${text} in ${home}`)
    assert.equal(parsePhone(text, home)!.isLocal, true)
  }
})

test("with + or 00 it is what it says, wherever the desk is", () => {
  for (const home of ["CO", "MX", null])
    for (const text of [
      "+57 300 999 8877",
      "0057 300 999 8877",
      "(+57) 300 9998877",
      "+57-300-999-8877",
      "tel:+573009998877",
    ]) {
      assert.equal(number(text, home), "+573009998877", text)
      assert.deepEqual(parsePhone(text, home), { number: "+573009998877", country: "CO", isLocal: false })
    }
  for (const text of ["+52 1 81 8765 4321", "5218187654321".replace(/^/, "+"), "+52 044 818 765 4321"])
    assert.equal(number(text, null), "+528187654321", text)
  assert.equal(number("+57 601 765 4321 ext. 5", null), "+576017654321;ext=5")
})

test("what cannot be read is refused and never guessed", () => {
  for (const text of ["3009998877", "3123456789", "573009998877", "987654321"])
    assert.equal(number(text, null), null, text)
  const wrong = [
    "",
    " ",
    "hola",
    "123",
    "12345",
    "999999999",
    "5215512345678",
    "447911123456",
    "31234567890123",
    "300999887",
    "+",
    "+57",
    "+57 hola",
    "300 999 88 7x",
  ]
  for (const text of wrong) assert.equal(number(text, "CO"), null, text)
  for (const text of ["+1", "1".repeat(5_000), "+5730099988771234"]) assert.equal(number(text, "CO"), null)
  assert.match(phoneRefusal(null), /desk\.country/)
  assert.match(phoneRefusal("CO"), /CO/)
})

test("marks that nobody sees and digits of other scripts change nothing", () => {
  for (const text of [
    "\u202a300\u00a0999\u200b8877\u202c",
    "300\ufe0e9998877",
    "\u2066+57 300 999 8877\u2069",
    "３００９９９８８７７",
    "٣٠٠٩٩٩٨٨٧٧",
    "300\u2011999\u20138877",
    "\ufeff3009998877",
    "300\u2009999\u202f8877",
  ])
    assert.equal(number(text, "CO"), "+573009998877", JSON.stringify(text))
})
