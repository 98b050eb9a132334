import assert from "node:assert/strict"
import { test } from "node:test"
import { errorCodes } from "#kernel/errors.ts"
import type { TextId } from "./languages-and-text-ids.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"

const ids = Object.keys(en) as TextId[]
// An arm of a plural ("one {once}") opens a brace too, but names nothing.
const placeholders = (text: string) =>
  [...text.matchAll(/(?<!(?:=\d+|zero|one|two|few|many|other) )\{(\w+)[,}]/g)].map((match) => match[1]).toSorted()

test("every text says the same things in both languages", () => {
  for (const id of ids) assert.deepEqual(placeholders(es[id]), placeholders(en[id]), id)
  assert.deepEqual(Object.keys(es).toSorted(), [...ids].toSorted())
})

test("no text is empty or shouts", () => {
  for (const id of ids)
    for (const text of [en[id], es[id]]) {
      assert.ok(text.trim().length > 0, id)
      assert.ok(!/[!¡]/.test(text), `${id} shouts`)
    }
})

test("every refusal has words of its own for the reader of the screen", () => {
  // Said as a fault of the server, whatever the code.
  const faults = new Set(["internal", "unavailable"])
  const unsaid = Object.keys(errorCodes).filter((code) => !faults.has(code) && !Object.hasOwn(en, `refusal.${code}`))
  assert.deepEqual(unsaid, [])
})

test("a text that is not a channel's own names none: it is said of every channel", () => {
  // What kinds of channels and addresses are called; and incidents, which are made of one channel's failures by their rule.
  const own = /^(channel\.|connections\.kind|identity\.|whatsapp\.|why\.incident_)/
  const wrong = ids.filter((id) => !own.test(id) && /whatsapp/i.test(`${id} ${en[id]} ${es[id]}`))
  assert.deepEqual(wrong, [])
})
