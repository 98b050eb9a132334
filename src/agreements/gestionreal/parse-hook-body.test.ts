import assert from "node:assert/strict"
import { test } from "node:test"
import { closureBody, openingBody } from "#test/fakes/gestion-real.ts"
import { parseHookBody } from "./parse-hook-body.ts"

const opening = (body: unknown) => parseHookBody(JSON.stringify(body), ["numero_ticket", "numero_cliente"])
const closure = (body: unknown) => parseHookBody(JSON.stringify(body), ["numero_ticket"])
const errorOf = (parsed: ReturnType<typeof opening>) => (parsed.ok ? null : parsed.error)
const bodyOf = (parsed: ReturnType<typeof opening>) => {
  assert.ok(parsed.ok, errorOf(parsed) ?? "")
  return parsed.body
}
const at = new Date("2026-11-22T09:00:00Z")

test("both spellings of the keys say the same", () => {
  const prose = bodyOf(opening(openingBody({ number: 501, at })))
  const snake = {
    nombre_empresa: "Red Sur",
    numero_ticket: "0501",
    fecha_creado: "22-11-2026 06:00:00",
    departamento: "Soporte",
    canal_entrada: "WhatsApp",
    motivo_contacto: "General Soporte",
    numero_cliente: "77",
    numero_whatsapp: "5491155551234",
    nombre_usuario: "Carla Gómez",
  }
  assert.deepEqual(bodyOf(opening(snake)), prose)
  const { digest, ...said } = prose
  assert.match(digest, /^[0-9a-f]{64}$/)
  const about = { number: "501", workNumber: "", customerNumber: "77", company: "Red Sur", motive: "General Soporte" }
  assert.deepEqual(said, { ...about, createdAt: at, closedAt: null, closureDescription: "", saysClosed: false })
  assert.equal(bodyOf(closure(closureBody({ number: 501, at }))).closedAt?.toISOString(), at.toISOString())
})

test("the prose wins over the snake case, unless it is empty; accents, case and blanks do not matter", () => {
  assert.equal(bodyOf(closure({ "Numero de ticket": 1, numero_ticket: 2 })).number, "1")
  assert.equal(bodyOf(closure({ "Numero de ticket": "", numero_ticket: 2 })).number, "2")
  assert.equal(bodyOf(closure({ " Número  de TICKET ": 3 })).number, "3")
  assert.equal(bodyOf(opening({ numero_ticket: 4, "Numero de cliente": 5 })).customerNumber, "5")
})

test("a number of digits is a number, also as a text, and nothing else is", () => {
  for (const [given, number] of [
    [123, "123"],
    ["123", "123"],
    [" 00123 ", "123"],
    ["9223372036854775807", "9223372036854775807"],
    [123.0, "123"],
  ] as const)
    assert.equal(bodyOf(closure({ numero_ticket: given })).number, number, String(given))
  for (const given of ["abc", "12a", 12.5, -3, 0, "0", "1e3", true, [1], { n: 1 }, "٣", 2 ** 53, "9223372036854775808"])
    assert.equal(
      errorOf(closure({ numero_ticket: given })),
      "Campo numero_ticket debe ser numérico",
      JSON.stringify(given),
    )
  assert.equal(
    errorOf(opening({ numero_ticket: 1, numero_cliente: 2, splynx_id: "x" })),
    "Campo splynx_id debe ser numérico",
  )
})

test("what is missing is named", () => {
  for (const given of [{}, { numero_ticket: null }, { numero_ticket: "" }, { numero_ticket: "  " }])
    assert.equal(errorOf(closure(given)), "Campo numero_ticket es requerido")
  assert.equal(errorOf(opening({ numero_ticket: 1 })), "Campo numero_cliente es requerido")
  for (const text of ["", "{", "null", "1", '"x"', "[]", `{"a":`.repeat(200), '{"__proto__":1}'])
    assert.equal(errorOf(parseHookBody(text, ["numero_ticket"])), "Body JSON requerido", text.slice(0, 20))
})

test("a time that is none is no time, and unknown keys are none of our business", () => {
  for (const fc of ["31-02-2026 10:00:00", "2026-11-22 10:00:00", "22-11-2026", "ayer", 5])
    assert.equal(bodyOf(closure({ numero_ticket: 1, fc })).closedAt, null, String(fc))
  assert.equal(bodyOf(closure({ numero_ticket: 1, otra: { cosa: 1 } })).number, "1")
  // 2008: Argentina's clocks were an hour ahead in summer.
  assert.equal(
    bodyOf(closure({ numero_ticket: 1, fc: "01-02-2008 10:00:00" })).closedAt?.toISOString(),
    "2008-02-01T12:00:00.000Z",
  )
})
