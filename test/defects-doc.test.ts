// docs/defects.md says which test prevents what: every test that it names is there, and no number is left out.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { sources } from "./source-files.ts"

const page = readFileSync(join(import.meta.dirname, "../docs/defects.md"), "utf8")
const rows = [...page.matchAll(/^\| ((?:mail )?\d+) \| (.+?) \| (.+?) \|$/gm)].map(([, number, what, name]) => ({
  number: number!,
  what: what!,
  name: name!,
}))
const texts = sources("{src,test,web}/**/*.test.{ts,tsx}").map(({ text }) => text)

const counted = (length: number, before = "") => Array.from({ length }, (_, i) => `${before}${i + 1}`)
const wanted = [...counted(130), ...counted(42, "mail ")]

test("every defect of tickets, messages, assignment, deadlines, search, screens, numbers, tracking, agreements and mails has its row, once", () => {
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

// As UTF-8 looks that was taken for Windows-1252: the first bytes of letters, dashes and pictures.
const misread = /[\u00c3\u00c2][\u0080-\u00bf\u2018-\u2122]|\u00e2\u20ac|\u011f\u0178/

test("no text and no page was read in another encoding and written in this one", () => {
  const ours = sources("src/texts/**/*.ts", "{docs,web}/**/*.{md,html}", "*.md")
  assert.deepEqual(
    ours.filter(({ text }) => misread.test(text)).map(({ path }) => path),
    [],
  )
})
