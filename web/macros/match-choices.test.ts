import assert from "node:assert/strict"
import { test } from "node:test"
import { firstLine, matchChoices } from "./match-choices.ts"

const all = [
  { name: "Devolución", text: "Puedes enviar el paquete de vuelta." },
  { name: "No llegó", text: "Lamento la demora con tu envío." },
  { name: "Paquete perdido", text: "Abrimos una investigación." },
]
const found = (typed: string) => matchChoices(typed, all, (one) => one).map(({ name }) => name)

test("everything fits nothing typed, in its order", () =>
  assert.deepEqual(
    found(" "),
    all.map(({ name }) => name),
  ))

test("what is typed is looked for in name and text, without accents, names first", () => {
  assert.deepEqual(found("llego"), ["No llegó"])
  assert.deepEqual(found("paquete"), ["Paquete perdido", "Devolución"])
  assert.deepEqual(found("ENVIO"), ["No llegó"])
})

test("each word counts, wherever it stands", () => {
  assert.deepEqual(found("vuelta devolucion"), ["Devolución"])
  assert.deepEqual(found("paquete vacío"), [])
})

test("the first line of a text is what one recognises it by", () => {
  assert.equal(firstLine("\n Hola, Carla:\n\nTu paquete…"), "Hola, Carla:")
  assert.equal(firstLine(""), "")
})
