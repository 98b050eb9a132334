import assert from "node:assert/strict"
import { test } from "node:test"
import { errorCodes } from "#kernel/errors.ts"
import { formatDecision } from "./format-text.ts"
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

const granted: [minutes: number, es: string, en: string][] = [
  [45, "da 45 min hábiles desde", "grants 45 min of working time since"],
  [60, "da 1 h hábiles desde", "grants 1 h of working time since"],
  [90, "da 1 h 30 min hábiles desde", "grants 1 h 30 min of working time since"],
  [1800, "da 30 h hábiles desde", "grants 30 h of working time since"],
  [2880, "da 48 h hábiles desde", "grants 48 h of working time since"],
]

for (const [minutes, spanish, english] of granted)
  test(`what a policy grants is said in hours, never in days of 24 of them: ${minutes} min`, () => {
    const reason = { code: "sla_resolution", inputs: { policyName: "Oro", minutes } }
    assert.ok(formatDecision("es", reason).includes(`la política Oro ${spanish}`), formatDecision("es", reason))
    assert.ok(formatDecision("en", reason).includes(`the policy Oro ${english}`), formatDecision("en", reason))
  })
