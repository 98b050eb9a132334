// docs/defects.md says which test prevents what: every test that it names is there, and no number is left out.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { sources } from "./source-files.ts"

const page = readFileSync(join(import.meta.dirname, "../docs/defects.md"), "utf8")
const rows = [...page.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \|$/gm)].map(([, number, what, name]) => ({
  number: Number(number),
  what: what!,
  name: name!,
}))
const texts = sources("{src,test,web}/**/*.test.{ts,tsx}").map(({ text }) => text)

// What follows 97 is not about tickets.
const wanted = Array.from({ length: 97 }, (_, i) => i + 1)

test("every defect of tickets, messages, assignment, deadlines, search and screens has its row, once", () => {
  const numbers = rows.map(({ number }) => number)
  assert.equal(new Set(numbers).size, numbers.length)
  assert.deepEqual(
    wanted.filter((number) => !numbers.includes(number)),
    [],
  )
})

test("every test that the page of defects names is there", () => {
  const missing = rows.filter(
    ({ name }) => !name.startsWith("later: ") && !texts.some((text) => text.includes(`("${name}"`)),
  )
  assert.deepEqual(missing, [])
})
