// Dropi's export as people download it, and the words in it.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { openIncidentDesk } from "#test/desks/incident-desk.ts"
import { type Cell, rezipped, xlsxOf } from "#test/build-xlsx.ts"
import { parseCarrierDate } from "./parse-carrier-date.ts"
import { repairEncoding } from "./repair-encoding.ts"
import { canonicalOf, carrierOf, foldStatus } from "./status-mapping.ts"

const { desk, executor } = await openIncidentDesk()

const send = (content: string | Buffer, type: string) =>
  desk.app.inject({
    method: "POST",
    url: "/api/v1/incidents/movements",
    headers: { "content-type": type, authorization: `Bearer ${executor.key}` },
    payload: content,
  })

async function upload(content: string | Buffer, type = "text/csv") {
  const answer = await send(content, type)
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<{
    lines: number
    stored: number
    known: number
    errors: { line: number; message: string }[]
    unknownWords: string[]
  }>()
}
const shipment = async (guia: string) =>
  (
    await desk.db.pool.query(
      `select canonical, moved_at as at, transportadora, estatus, ciudad_de_destino as ciudad, novedad from shipments where guia = $1`,
      [guia],
    )
  ).rows[0]

const head = [
  "ID",
  "HORA",
  "FECHA",
  "NOMBRE CLIENTE",
  "TELÉFONO",
  "EMAIL",
  "NÚMERO GUIA",
  "ESTATUS",
  "CIUDAD DESTINO",
  "DIRECCION",
  "NOTAS",
  "TRANSPORTADORA",
  "NOVEDAD",
  "HORA DE ÚLTIMO MOVIMIENTO",
  "FECHA DE ÚLTIMO MOVIMIENTO",
  "ÚLTIMO MOVIMIENTO",
]
const row = (guia: string, estatus: string, more: Partial<Record<string, string>> = {}) =>
  head.map(
    (name) =>
      ({
        ID: "80006510",
        HORA: "08:15",
        FECHA: "01-03-2026",
        "NOMBRE CLIENTE": "Carla Pérez",
        TELÉFONO: "3001234567",
        EMAIL: "carla@example.com",
        "NÚMERO GUIA": guia,
        ESTATUS: estatus,
        "CIUDAD DESTINO": "MEDELLÍN",
        DIRECCION: "CALLE 45 # 12-34",
        NOTAS: "llamar al 3001234567",
        TRANSPORTADORA: "ENVIA",
        NOVEDAD: "",
        "HORA DE ÚLTIMO MOVIMIENTO": "10:30",
        "FECHA DE ÚLTIMO MOVIMIENTO": "05-03-2026",
        "ÚLTIMO MOVIMIENTO": "EN REPARTO",
        ...more,
      })[name] ?? "",
  )
const csv = (rows: string[][], by = ",") =>
  rows.map((cells) => cells.map((cell) => (cell.includes(by) ? `"${cell}"` : cell)).join(by)).join("\r\n")

test("commas, a title above, leading zeros, the day before the month, and the hour of Bogota", async () => {
  const report = await upload(csv([["REPORTE DE ÓRDENES"], head, row("014117806991", "EN REPARTO")]))
  assert.deepEqual([report.lines, report.stored, report.errors], [1, 1, []])
  assert.deepEqual(await shipment("014117806991"), {
    canonical: "OUT_FOR_DELIVERY",
    at: new Date("2026-03-05T15:30:00Z"),
    transportadora: "ENVIA",
    estatus: "EN REPARTO",
    ciudad: "MEDELLÍN",
    novedad: null,
  })
})

for (const [name, by] of [
  ["semicolons", ";"],
  ["tabs", "\t"],
] as const) {
  test(`${name}, with a mark of UTF-8`, async () => {
    const guia = `SEP-${name.toUpperCase()}`
    const report = await upload(`\uFEFF${csv([head, row(guia, "RECLAME EN OFICINA")], by)}`)
    assert.deepEqual([report.stored, (await shipment(guia)).canonical], [1, "IN_OFFICE"])
  })
}

test("Latin-1, and texts that were doubled on the way", async () => {
  await upload(Buffer.from(csv([head, row("LATIN-1", "DEVOLUCIÓN")]), "latin1"))
  assert.equal((await shipment("LATIN-1")).canonical, "RETURNED")
  await upload(csv([head, row("DOUBLED-1", "DEVOLUCIÃ“N", { "CIUDAD DESTINO": "MEDELLÃ\u008DN" })]))
  assert.deepEqual(
    [(await shipment("DOUBLED-1")).canonical, (await shipment("DOUBLED-1")).ciudad],
    ["RETURNED", "MEDELLÍN"],
  )
})

test("nothing of the recipient is kept, also when the carrier's own words bring them", async () => {
  await upload(csv([head, row("PII-1", "NOVEDAD", { NOVEDAD: "TELEFONO ERRADO 300 123 4567" })]))
  assert.equal((await shipment("PII-1")).novedad, "TELEFONO ERRADO [PHONE_REDACTED]")
  const { rows } = await desk.db.pool.query("select s::text as text from shipments s")
  for (const { text } of rows) assert.doesNotMatch(text, /Carla|CALLE 45|1234567|example\.com/)
})

test("what is wrong is said by line and holds nothing back; the same file again changes nothing", async () => {
  const rows = [
    head,
    row("GOOD-1", "EN DESPACHO"),
    row("", "EN REPARTO"),
    row("BAD-DATE", "EN REPARTO", { "FECHA DE ÚLTIMO MOVIMIENTO": "31-02-2026" }),
    row("+57 300 123 4567", "EN REPARTO"),
    row("GOOD-2", ""),
  ]
  const report = await upload(csv(rows))
  assert.deepEqual([report.lines, report.stored, report.errors.map(({ line }) => line)], [5, 1, [3, 4, 5, 6]])
  assert.doesNotMatch(JSON.stringify(report), /4567/)
  const again = await upload(csv(rows))
  assert.deepEqual([again.stored, again.known], [0, 1])
})

test("a shipment with several products is one shipment, and unknown statuses are reported", async () => {
  const report = await upload(csv([head, row("MANY-1", "EN VIAJE AL SOL"), row("MANY-1", "EN VIAJE AL SOL")]))
  assert.deepEqual([report.lines, report.stored, report.unknownWords], [2, 1, ["EN VIAJE AL SOL"]])
})

describe("a spreadsheet", () => {
  const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  const put = (cells: Cell[], more: Partial<Record<string, Cell>>) => head.map((name, i) => more[name] ?? cells[i]!)
  // The 5th of March 2026 is the 46086th day; 10:30 is 0.4375 of a day.
  const day = 46_086

  test("with titles above, zeros that lead, and dates as days or as texts, is read as it is seen", async () => {
    const dates: [guia: string, date: Cell, time: Cell][] = [
      ["014117800001", "05-03-2026", "10:30"],
      ["014117800002", { serial: day, as: "date" }, { serial: 0.4375, as: "time" }],
      ["014117800003", { serial: day + 0.4375, as: "date" }, null],
      ["014117800004", "05/03/2026", { serial: 0.4375, as: "time" }],
      ["014117800005", { serial: day, as: "date" }, "10:30"],
    ]
    const rows = dates.map(([guia, date, time]) =>
      put(row(guia, "EN AGENCIA", { TRANSPORTADORA: "TCC", "HORA DE ÚLTIMO MOVIMIENTO": "" }), {
        "FECHA DE ÚLTIMO MOVIMIENTO": date,
        "HORA DE ÚLTIMO MOVIMIENTO": time,
      }),
    )
    const file = xlsxOf([["REPORTE DE ÓRDENES DROPI"], ["Desde 01-03-2026"], [], head, ...rows])
    const report = await upload(file, spreadsheet)
    assert.deepEqual([report.lines, report.stored, report.errors], [5, 5, []])
    for (const [guia] of dates) {
      const { at, canonical, ciudad } = await shipment(guia)
      assert.deepEqual(
        [at.toISOString(), canonical, ciudad],
        ["2026-03-05T15:30:00.000Z", "IN_OFFICE", "MEDELLÍN"],
        guia,
      )
    }
    assert.deepEqual([(await upload(file, spreadsheet)).stored], [0])
  })

  test("whose guias were made numbers keeps all their digits, and errors name the line as the sheet counts", async () => {
    const rows = [
      put(row("", "EN REPARTO"), { "NÚMERO GUIA": 240_062_099_941 }),
      [],
      put(row("", "EN REPARTO"), { "NÚMERO GUIA": 573_001_234_567 }),
      put(row("XLSX-9", "EN REPARTO"), { "FECHA DE ÚLTIMO MOVIMIENTO": "ayer" }),
    ]
    const report = await upload(xlsxOf([["Órdenes"], head, ...rows]), spreadsheet)
    assert.deepEqual([report.stored, report.errors.map(({ line }) => line)], [1, [5, 6]])
    assert.equal((await shipment("240062099941")).canonical, "OUT_FOR_DELIVERY")
    assert.doesNotMatch(JSON.stringify(report), /1234567/)
  })
})

test("a list without the column of tracking numbers is refused in words", async () => {
  const report = await upload("a,b\n1,2\n")
  assert.deepEqual([report.stored, report.errors.length], [0, 1])
  assert.equal((await upload(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), "application/octet-stream")).errors.length, 1)
})

describe("a file that would not fit", () => {
  const refusals: [what: string, file: () => string | Buffer, why: RegExp][] = [
    ["a cell in the last column of the last row", () => withCellAt("XFD1048576"), /at most \d+ (rows|columns)/],
    ["a cell in the last row", () => withCellAt("A1048576"), /at most \d+ rows/],
    ["ten million lines", () => "a\n".repeat(10_000_000), /at most \d+ rows/],
    ["ten million columns", () => `${",".repeat(10_000_000)}\n`, /at most \d+ (columns|characters)/],
    ["thousands of columns", () => "a,".repeat(5_000), /at most \d+ columns/],
    ["a ZIP that says that it unpacks to gigabytes", () => bomb(0xf0_00_00_00), /unpack to at most/],
    ["a ZIP that unpacks to more than it says", () => bomb(1_000), /unpack to more than it says/],
  ]
  for (const [what, file, why] of refusals) {
    test(`is refused by what is too much: ${what}`, async () => {
      const answer = await send(file(), "application/octet-stream")
      assert.equal(answer.statusCode, 413, answer.body)
      assert.match(answer.json<{ detail: string }>().detail, why)
    })
  }

  test("and a damaged archive is said to be one", async () => {
    const whole = xlsxOf([head, row("ZIP-1", "EN REPARTO")])
    for (const cut of [40, 200, whole.length - 30, whole.length - 10])
      assert.equal((await upload(whole.subarray(0, cut), "application/octet-stream")).errors.length, 1)
  })

  function withCellAt(place: string): Buffer {
    const file = xlsxOf([["x"]])
    const [from, to] = ['<c r="A1"', `<c r="${place}"`]
    return rezipped(file, (xml) => xml.replace(from, to))
  }

  function bomb(said: number): Buffer {
    return rezipped(xlsxOf([["x"]]), (xml) => xml.replace("</sheetData>", `${" ".repeat(3_000_000)}</sheetData>`), said)
  }
})

test("dates as carriers write them", () => {
  const bogota: [string, string, string | null][] = [
    ["05-03-2026", "10:30", "2026-03-05T15:30:00.000Z"],
    ["05/03/2026", "", "2026-03-05T05:00:00.000Z"],
    ["2026-03-05", "23:59", "2026-03-06T04:59:00.000Z"],
    ["2026-03-05 10:30:15", "", "2026-03-05T15:30:15.000Z"],
    ["2026-03-05T10:30:00Z", "", "2026-03-05T10:30:00.000Z"],
    ["2026-03-05T10:30:00-03:00", "", "2026-03-05T13:30:00.000Z"],
    ["05-03-2026", "3:05 PM", "2026-03-05T20:05:00.000Z"],
    ["31-02-2026", "", null],
    ["13-13-2026", "", null],
    ["mañana", "", null],
  ]
  for (const [date, time, expected] of bogota)
    assert.equal(parseCarrierDate(date, time)?.toISOString() ?? null, expected, `${date} ${time}`)
})

test("broken encodings are mended once or twice, and good texts stay", () => {
  assert.deepEqual(["mÃ³vil", "mÃƒÂ³vil", "móvil", "Ã", "NIÑO", "DEVOLUCIÃ“N"].map(repairEncoding), [
    "móvil",
    "móvil",
    "móvil",
    "Ã",
    "NIÑO",
    "DEVOLUCIÓN",
  ])
})

const words: [carrier: string, word: string, canonical: string][] = [
  ["ENVIA", "ENTREGADO", "DELIVERED"],
  ["ENVIA", "entregada", "DELIVERED"],
  ["ENVIA", "ENTREGADO A TRANSPORTADORA", "SHIPPED"],
  ["ENVIA", "ENTREGADA A CONEXIONES", "IN_TRANSIT"],
  ["ENVIA", "NO ENTREGADO", "ISSUE"],
  ["ENVIA", "EN AGENCIA", "IN_TRANSIT"],
  ["TCC", "EN AGENCIA", "IN_OFFICE"],
  ["", "EN AGENCIA", "UNKNOWN"],
  ["Coordinadora Mercantil", "EN RUTA", "OUT_FOR_DELIVERY"],
  ["SERVIENTREGA S.A.", "EN RUTA", "IN_TRANSIT"],
  ["Inter Rapidísimo", "INTENTO DE ENTREGA", "OUT_FOR_DELIVERY"],
  ["VELOCES", "INTENTO DE ENTREGA", "ISSUE"],
  ["VELOCES", "CERRADO", "ISSUE"],
  ["TCC", "DEVOLUCIÓN", "RETURNED"],
  ["TCC", "GUIA_GENERADA", "CREATED"],
  ["TCC", "  en   bodega_origen ", "IN_TRANSIT"],
  ["TCC", "REENVÍO", "IN_TRANSIT"],
  ["TCC", "NOVEDAD SOLUCIONADA", "IN_TRANSIT"],
  ["TCC", "TELEMERCADEO", "ISSUE"],
  ["TCC", "PALABRA NUEVA", "UNKNOWN"],
]
for (const [carrier, word, canonical] of words) {
  test(`${word.trim()} at ${carrier || "nobody"} is ${canonical}`, () =>
    assert.equal(canonicalOf(carrierOf(carrier), foldStatus(word)), canonical))
}
