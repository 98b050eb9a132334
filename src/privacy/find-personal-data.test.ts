// Both tables of what must be found and what must not, and every written form of generated numbers of eight countries.
import assert from "node:assert/strict"
import { test } from "node:test"
import { canary, numbers, shipmentNumber, writtenForms } from "#test/planted-phone-numbers.ts"
import { fc } from "#test/fast-check-seed.ts"
import { containsPersonalData } from "./find-personal-data.ts"
import { redact } from "./redact-text.ts"

const caught = [
  "+573001234567",
  "+57 300 123 4567",
  "+57 (300) 123-4567",
  "573001234567",
  "3001234567",
  "300 123 4567",
  "300-123-4567",
  "300.123.4567",
  "(300) 123 4567",
  "310/456/7890",
  "3 0 0 1 2 3 4 5 6 7",
  "601 7456789",
  "00573001234567",
  "+52 1 55 1234 5678",
  "+54 9 11 5555-1234",
  "+51 987 654 321",
  "+56 9 8765 4321",
  "+593 99 123 4567",
  "+55 (11) 98765-4321",
  "wa.me/573001234567",
  "tel:+573001234567",
  "573104567890@c.us",
  "WhatsApp 987654321",
  "llamar al 7456789",
  "tel. 745-6789",
  "cel 300 1234567",
  "３００１２３４５６７",
  "٣٠٠١٢٣٤٥٦٧",
  "300\u00A0123\u00A04567",
  "300\u200B123\u200B4567",
  "300\u2010123\u20114567",
  "300\n123\n4567",
  "+58 412 123 4567",
  "0412-1234567",
  "carla@example.com",
  "escribir a carla.perez+1@correo.example.co por favor",
  "CC 1020304050",
  "cédula 52.123.456",
  "%2B57%20300%20123%204567",
  "&#43;573001234567",
  "KzU3MzAwMTIzNDU2Nw==",
  "Invalid phone +57 300 123 4567",
  "el cliente Carla, 3001234567, no contesta",
]

const kept = [
  "014117806991",
  "240062099941",
  "2259180939",
  "700123456789",
  "guia 3001234567",
  "Guía No. 3001234567 devuelta",
  "2024-12-29 10:00",
  "2024-12-29T10:00:00.000Z",
  "29-12-2024 10:00",
  "05/03/2026",
  "20241229",
  "1735470000",
  "1735470000000",
  "$ 1.234.567",
  "COP 89900",
  "TKT-00001",
  "tkt_0198c6f2a1b74c0d8e9f001122334455",
  "act_456",
  "ORDEN 80006510",
  "wamid.HBgLNTczMDAxMjM0NTY3FQIAERgSQjZFMDk3",
  "f47ac10b-58cc-4372-a567-0e02b2c3d479",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "ph_3f2a9c81d4e5b6a7988776655443322110ffeeddccbbaa99",
  "HTTP 400 131026",
  "error 131026: Message undeliverable",
  "4.710989, -74.072092",
  "CALLE 45 # 12-34",
  "Cra 7 # 12 - 34 apto 501",
  "NIT 900123456-7",
  "192.168.100.200",
  "10:30 a 11:45",
  "CODIGO POSTAL 110111",
  "3 intentos en 48 horas",
  "",
]

for (const text of caught) test(`found: ${JSON.stringify(text)}`, () => assert.ok(containsPersonalData(text)))
for (const text of kept) test(`let be: ${JSON.stringify(text)}`, () => assert.equal(redact(text), text))

test("the ticket's own tracking number is let be, even when it looks like a mobile", () => {
  assert.equal(redact("3001234567 no entregada", { guias: ["3001234567"] }), "3001234567 no entregada")
})

test("the number of whom the message was for is found however it is spread", () => {
  for (const text of ["2 2 5 9 1 8 0 9 3 9", "225..918..0939", "nro2259180939x", "termina en 9180939"]) {
    assert.ok(containsPersonalData(text, { phones: ["+522259180939"] }), text)
  }
  assert.ok(!containsPersonalData("guia 2259180938", { phones: ["+522259180939"] }))
})

test("only the number goes, and what stands around it stays", () => {
  assert.equal(redact("Llamar a +57 300 123 4567 o a 3109876543."), "Llamar a [PHONE_REDACTED] o a [PHONE_REDACTED].")
  assert.equal(
    redact("2024-12-29 10:00 3001234567 guia 014117806991"),
    "2024-12-29 10:00 [PHONE_REDACTED] guia 014117806991",
  )
  assert.equal(redact(redact("a 300 123 4567")), redact("a 300 123 4567"))
})

const around = fc.constantFrom(
  "",
  "Invalid phone ",
  "El cliente pide: ",
  "no contesta (",
  "\n",
  "código 131026: ",
  "Carla ",
)
const after = fc.constantFrom("", ".", " gracias", ") hoy", "\nfin", ", otra vez")

for (const country of Object.keys(numbers)) {
  test(`a number of ${country} is found in every written form`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), around, after, (seed, before, behind) => {
        const number = numbers[country]!(seed)
        for (const [form, write] of Object.entries(writtenForms)) {
          const text = before + write(number) + behind
          const left = canary(number)(redact(text))
          assert.ok(!left, `${form}: ${JSON.stringify(text)} became ${JSON.stringify(redact(text))}`)
        }
      }),
      { numRuns: 150 },
    )
  })
}

test("generated tracking numbers, instants and money are stored unchanged", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const guia = shipmentNumber(seed)
      const at = new Date(1_400_000_000_000 + seed * 300)
      for (const text of [
        `guia ${guia}`,
        `Guía: ${guia}`,
        at.toISOString(),
        String(at.getTime()),
        String(Math.floor(at.getTime() / 1000)),
        `$ ${seed.toLocaleString("de-DE")}`,
        `${guia} en reparto`,
      ]) {
        assert.equal(redact(text, { guias: [guia] }), text)
      }
    }),
    { numRuns: 1_000 },
  )
})
