import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import { isAcknowledgement } from "./detect-acknowledgement.ts"

const list = [
  "gracias",
  "muchas gracias",
  "ok",
  "okey",
  "vale",
  "de acuerdo",
  "👍",
  "🙏",
  "❤️",
  "thank you",
  "Está bien",
]

const yes = [
  "gracias",
  "GRACIAS",
  "Grácias!!!",
  "  gracias  ",
  "¡Muchas gracias!",
  "muchas\ngracias",
  "ok",
  "Ok.",
  "OK, gracias",
  "ok gracias",
  "gracias, ok, vale",
  "ｇｒａｃｉａｓ",
  "👍",
  "👍👍👍",
  "👍🏿",
  "gracias👍",
  "👍gracias",
  "ok 🙏🏽 gracias",
  "❤",
  "❤️",
  "De acuerdo.",
  "Thank you!",
  "esta bien",
  "“gracias”",
  "gracias\u200d",
]

const no = [
  "",
  "   ",
  "!!!",
  "…",
  "ok pero no funciona",
  "gracias por nada",
  "oki",
  "okok",
  "graciass",
  "muchas",
  "muchas veces gracias",
  "no",
  "👎",
  "👍👎",
  "ok?no",
  "ok?",
  "¿vale?",
  "gracias？",
  "gracias 1",
  "ok2",
  "1ok",
  "g r a c i a s",
  `gracias ${"gracias ".repeat(20)}`,
  "merci",
]

describe("an acknowledgement", () => {
  for (const text of yes) it(`is ${JSON.stringify(text)}`, () => assert.equal(isAcknowledgement(text, list), true))
})

describe("no acknowledgement", () => {
  for (const text of no) it(`is ${JSON.stringify(text)}`, () => assert.equal(isAcknowledgement(text, list), false))

  it("is anything when the list is empty, or holds only signs", () => {
    assert.equal(isAcknowledgement("gracias", []), false)
    assert.equal(isAcknowledgement("!", ["!", " ", ""]), false)
  })
})

it("any text ends with an answer", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof isAcknowledgement(text, list) === "boolean"))
})

it("whatever is made of the list's phrases is one", () => {
  const phrases = fc.array(fc.constantFrom(...list), { minLength: 1, maxLength: 5 })
  fc.assert(fc.property(phrases, (said) => isAcknowledgement(said.join(", "), list)))
})
