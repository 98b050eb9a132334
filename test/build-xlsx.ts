// A spreadsheet as Excel saves it: a ZIP of XML with shared texts, numbers, and dates as days since 1900 with a format.
import { crc32, deflateRawSync } from "node:zlib"

/** `serial`: a day and part of a day as a spreadsheet counts them, shown as a date or as a time. */
export type Cell = string | number | { serial: number; as: "date" | "time" } | null

export function xlsxOf(rows: readonly (readonly Cell[])[]): Buffer {
  const texts: string[] = []
  const sheet = rows.map((cells, r) => rowXml(cells, r + 1, texts)).join("")
  return zip({
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    "_rels/.rels": relations("officeDocument:xl/workbook.xml"),
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Ordenes" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      "worksheet:worksheets/sheet1.xml",
      "styles:styles.xml",
      "sharedStrings:sharedStrings.xml",
    ),
    // Formats 14 and 20 are a day and a time of day in every spreadsheet.
    "xl/styles.xml": `<styleSheet xmlns="${main}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("")}</sst>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  })
}

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

function relations(...targets: string[]): string {
  const all = targets.map((one, i) => {
    const [type, target] = one.split(":")
    return `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`
  })
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join("")}</Relationships>`
}

const rowXml = (cells: readonly Cell[], row: number, texts: string[]) =>
  `<row r="${row}">${cells.map((cell, c) => cellXml(cell, `${letters(c)}${row}`, texts)).join("")}</row>`

function cellXml(cell: Cell, at: string, texts: string[]): string {
  if (cell === null || cell === "") return ""
  if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`
  if (typeof cell === "string") return `<c r="${at}" t="s"><v>${texts.push(cell) - 1}</v></c>`
  return `<c r="${at}" s="${cell.as === "date" ? 1 : 2}"><v>${cell.serial}</v></c>`
}

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCodePoint(65 + (column % 26))

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

/** The same file with its sheet changed and compressed; `said` is what the archive says that the sheet unpacks to. */
export function rezipped(file: Buffer, change: (xml: string) => string, said?: number): Buffer {
  const parts = contents.get(file)!
  const name = "xl/worksheets/sheet1.xml"
  return zip({ ...parts, [name]: change(parts[name]!) }, { [name]: said })
}

const contents = new WeakMap<Buffer, Record<string, string>>()

/** Each file with its header, and a list of them at the end. Compressed are those of `said`. */
function zip(files: Record<string, string>, said: Record<string, number | undefined> = {}): Buffer {
  const parts: Buffer[] = []
  const listed: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const whole = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)
    const body = name in said ? deflateRawSync(whole) : whole
    const sizes = numbers(
      [4, crc32(whole)],
      [4, body.length],
      [4, said[name] ?? whole.length],
      [2, name.length],
      [2, 0],
    )
    const method = name in said ? 8 : 0
    const local = [numbers([4, 0x04034b50], [2, 20], [2, 0], [2, method], [4, 0]), sizes, Buffer.from(name), body]
    const entry = numbers([4, 0x02014b50], [2, 20], [2, 20], [2, 0], [2, method], [4, 0])
    listed.push(entry, sizes, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), Buffer.from(name))
    parts.push(...local)
    at += Buffer.concat(local).length
  }
  const list = Buffer.concat(listed)
  const count = Object.keys(files).length
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, list.length], [4, at], [2, 0])
  const file = Buffer.concat([...parts, list, end])
  contents.set(file, files)
  return file
}

function numbers(...fields: [bytes: 2 | 4, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes)
      field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}
