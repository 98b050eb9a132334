// Rows as CSV that no spreadsheet calculates, whichever separator it was opened with.
import { stringify } from "csv-stringify/sync"

export type Delimiter = "," | ";"

/** What spreadsheets part cells by, or end rows with: a cell that holds any of it is quoted, a reader may take several at once. */
const parting = /[,;\t\n\r\v\f\u0085\u2028\u2029]/

/** Signs that begin a formula, the full-width ones too. */
const formulaSigns = "=+\\-@＝＋－＠"

// A reader of another separator sees no quotes in the middle of what it takes for a cell: there it parts what was one cell, and ends
// its row at each line end. What would begin a cell or a row for it gets the apostrophe too.
const cellStarts = {
  ",": new RegExp(`([;\\t\\n\\r]["' \\t]{0,20})(?=[${formulaSigns}])`, "g"),
  ";": new RegExp(`([,\\t\\n\\r]["' \\t]{0,20})(?=[${formulaSigns}])`, "g"),
}

/**
 * A cell that a spreadsheet would calculate gets an apostrophe before it, so that +57 stays readable; so does what would begin a cell
 * inside it for a reader of another separator (0111). Lines end with CRLF.
 */
export const csv = (rows: (string | number)[][], delimiter: Delimiter = ","): string =>
  stringify(
    rows.map((row) =>
      row.map((cell) => (typeof cell === "string" ? cell.replaceAll(cellStarts[delimiter], "$1'") : cell)),
    ),
    { delimiter, escape_formulas: true, quoted_match: parting, record_delimiter: "\r\n" },
  )
