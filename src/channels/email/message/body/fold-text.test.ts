import assert from "node:assert/strict"
import { test } from "node:test"
import { foldText } from "./fold-text.ts"

const answer = { isReply: true, isForward: false }
const firstMail = { isReply: false, isForward: false }
const forward = { isReply: false, isForward: true }
const folded = (text: string, reply = answer) => {
  const { visibleText, signature, quoteFrom } = foldText(text, reply)
  return { visibleText, signature, quote: quoteFrom === null ? null : text.slice(quoteFrom).trim() }
}

test("the quote at the end is folded with the lines that say whose it is", () => {
  const attributions = [
    "El mié, 3 dic 2025 a las 10:15, Mesa de ayuda (<soporte@example.org>) escribió:",
    "El mié, 3 dic 2025 a las 10:15, Mesa de ayuda (<soporte@example.org>)\nescribió:",
    "On Thu, 4 Dec 2025 at 12:31,\nMesa de ayuda de la empresa <soporte@example.org>\nwrote:",
    "Le mer. 3 déc. 2025 à 10:15, Mesa <soporte@example.org> a écrit :",
    "Em qua., 3 de dez. de 2025 às 10:15, Mesa <soporte@example.org> escreveu:",
    'Среда, 3 декабря 2025, 10:15 +03:00 от "Mesa" <soporte@example.org>:',
    "2025-12-03 10:15 GMT-05:00 Mesa <soporte@example.org>:",
    "> El 3 dic 2025, a las 10:15, Mesa <soporte@example.org>\n> escribió:",
  ]
  for (const attribution of attributions) {
    const text = `Listo.\n\n¿Y la caja 3?\n\n${attribution}\n\n> Hola:\n>\n> Reinicie la caja 2.\n`
    const { visibleText, quote } = folded(text)
    assert.equal(visibleText, "Listo.\n\n¿Y la caja 3?", attribution)
    assert.ok(quote?.startsWith(attribution.slice(0, 6)), attribution)
  }
})

test("a quote without marks is folded from the headers of the quoted mail on, of an answer only", () => {
  const headers = [
    "De: Mesa <soporte@example.org>\nEnviado el: miércoles, 3 de diciembre de 2025 10:15\nPara: Ana <ana@example.com>\nAsunto: Caja 2",
    "________________________________\nFrom: Mesa <soporte@example.org>\nSent: Wednesday\nTo: Ana <ana@example.com>\nSubject: Till 2",
    "-----Mensaje original-----\nDe: Mesa\nEnviado: hoy\nPara: Ana",
    "----- Original Message -----\nHello",
    "*From:* Mesa\n*Date:* Wed\n*To:* Ana\n*Subject:* Till",
  ]
  for (const header of headers) {
    const text = `Ya quedó.\n\n${header}\n\nReinicie la caja 2.`
    assert.equal(folded(text).visibleText, "Ya quedó.", header)
    assert.equal(folded(text, forward).visibleText, text, header)
  }
  const form = `Formulario\n\n${headers[0]!}\n\nMensaje del cliente`
  assert.equal(folded(form, firstMail).visibleText, form)
})

test("nothing is folded where something new stands behind a quote, in a forwarded mail, or when nothing else would be left", () => {
  const kept = [
    "Respondo en cada punto.\n\nEl jue, 11 dic 2025 a las 9:40, Mesa (<s@example.org>) escribió:\n\n> 1. ¿Está publicada?\n\nSí.\n\n> Con eso miramos.\n> Mesa",
    "> ¿Desde cuándo?\n\nDesde el martes.",
    "Para su información.\n\n---------- Forwarded message ---------\nDe: Wilmer\nDate: hoy\nSubject: Plan\nTo: Laura\n\nQuiero cambiar.",
    "Inicio del mensaje reenviado:\n\n> De: Wilmer\n> Quiero cambiar.",
    "> solo lo que ya estaba",
    "De: Ana\nPara: Mesa\nAsunto: Caja\n\nHola",
  ]
  for (const text of kept) {
    const { visibleText, quote } = folded(text)
    assert.equal(visibleText, text, text)
    assert.equal(quote, null, text)
  }
})

test("the signature is folded with the quote behind it, and so is what a telephone adds", () => {
  const quote = "El vie, 12 dic 2025 a las 11:48, Mesa (<s@example.org>) escribió:\n\n> ¿Todavía?"
  const cases: [text: string, visible: string, signature: string][] = [
    [`Gracias!\n\n-- \nAna Lucía\nTel. 555\n\n${quote}`, "Gracias!", "Ana Lucía\nTel. 555"],
    [`Gracias!\n\nEnviado desde mi iPhone\n\n${quote}`, "Gracias!", "Enviado desde mi iPhone"],
    ["Ok\n\nSent from my Galaxy", "Ok", "Sent from my Galaxy"],
    ["Ok\n\nGet Outlook for iOS", "Ok", "Get Outlook for iOS"],
    ["Ok\n--\nAna", "Ok", "Ana"],
    [`Uno\n--\n${"línea\n".repeat(30)}`, `Uno\n--\n${"línea\n".repeat(30)}`.trim(), ""],
    ["-- \nAna", "--\nAna", ""],
    ["Lo envié desde mi casa.", "Lo envié desde mi casa.", ""],
  ]
  for (const [text, visible, expected] of cases) {
    const { visibleText, signature } = folded(text)
    assert.deepEqual([visibleText, signature], [visible, expected], text)
  }
})
