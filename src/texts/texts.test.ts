import assert from "node:assert/strict"
import { test } from "node:test"
import type { TextId } from "./contract.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"

const ids = Object.keys(en) as TextId[]
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)[,}]/g)].map(match => match[1]).sort()

test("every text says the same things in both languages", () => {
  for (const id of ids) assert.deepEqual(placeholders(es[id]), placeholders(en[id]), id)
  assert.deepEqual(Object.keys(es).sort(), [...ids].sort())
})

test("no text is empty or shouts", () => {
  for (const id of ids)
    for (const text of [en[id], es[id]]) {
      assert.ok(text.trim().length > 0, id)
      assert.ok(!/[!¡]/.test(text), `${id} shouts`)
    }
})
