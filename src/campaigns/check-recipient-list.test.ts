import assert from "node:assert/strict"
import { test } from "node:test"
import { phoneRefusal } from "#privacy/index.ts"
import { columnsIn, readRows, valuesFor } from "./check-recipient-list.ts"
import { parse } from "./csv-rows-worker.ts"

const readCsv = (csv: string, needed: string[], home: string | null = null) =>
  readRows([...parse(csv)].flat(), { needed, home })

const phones = async (csv: string, needed: string[] = []) =>
  (await readCsv(csv, needed)).recipients.map(({ phone }) => phone)
const errors = async (csv: string, needed: string[] = []) => (await readCsv(csv, needed)).errors

test("a list is read whatever its delimiter, its order and the language of its columns", async () => {
  for (const csv of [
    "phone,name,pedido\n+573001234567,Carla,A-7\n",
    "\uFEFFNombre;Teléfono;Pedido\r\nCarla;+57 300 123 4567;A-7\r\n\r\n",
    "WhatsApp\tname\tPEDIDO\n00573001234567\tCarla\tA-7",
    'pedido,"phone","name"\n"A-7","+57 (300) 123-4567","Carla"',
  ]) {
    const { recipients, errors } = await readCsv(csv, ["pedido", "name"])
    assert.deepEqual(errors, [])
    assert.equal(recipients[0]!.phone, "+573001234567")
    assert.deepEqual(valuesFor(["Hola {name}", "{PEDIDO}"], recipients[0]!), ["Hola Carla", "A-7"])
  }
})

test("what is wrong is said by its line, and the rest is taken", async () => {
  const csv = 'phone,name,saldo\n+573001234567,Ana,5\nno,Bruno,6\n+573001234568,"Car\nla",\n+573001234569,Sol,7\n'
  assert.deepEqual(await phones(csv, ["saldo"]), ["+573001234567", "+573001234569"])
  assert.deepEqual(await errors(csv, ["saldo"]), [
    { line: 3, message: `phone: ${phoneRefusal(null)}` },
    { line: 5, message: "saldo: is empty" },
  ])
  assert.deepEqual(await errors("name\nCarla"), [{ line: 1, message: "must name the columns, one of them phone" }])
  assert.equal((await errors(""))[0]!.line, 1)
  assert.equal(
    (await errors('phone\n+573001234567\n"+57300'))[0]!.message,
    "is not CSV: a quote is not closed, or stands where none may",
  )
  assert.deepEqual((await errors("phone\n3001234567"))[0]!.line, 2)
})

test("numbers without a country's code are the desk's country's, and counted; others are refused by line", async () => {
  const csv = "phone\n300 999 8877\n573009998878\n+52 55 1234 5678\n5512345678\n3009998877123\n"
  const { recipients, errors, local } = await readCsv(csv, [], "CO")
  assert.deepEqual(
    recipients.map(({ phone }) => phone),
    ["+573009998877", "+573009998878", "+525512345678"],
  )
  assert.equal(local, 2)
  const message = `phone: ${phoneRefusal("CO")}`
  assert.deepEqual(errors, [
    { line: 5, message },
    { line: 6, message },
  ])
})

test("values name columns, each once", () => {
  assert.deepEqual(columnsIn(["Hola {nombre}", "{saldo} de {nombre}", "20 %"]), ["nombre", "saldo"])
})

test("more lines or columns than anybody has are refused before they are built", () => {
  for (const csv of ["a\n".repeat(1_000_000), "a,".repeat(1_000_000), `phone\n${"1,".repeat(101)}`])
    assert.throws(() => [...parse(csv)], /at most \d+ (rows|columns|characters)/)
})
