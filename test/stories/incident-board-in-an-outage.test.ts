// A carrier's outage, as a shipping supervisor sees it: the board says that one cause explains many, the worst is
// taken up and resolved, a telephone number is kept out, the others of the cause are taken and resolved at once, the carrier's file is read, and a word that nobody knew is taught.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createKey, createUser } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { acting, password } from "../desks/test-desk.ts"
import { dataFolder } from "../server-process.ts"
import { checkStuckShipments } from "../../src/incidents/stuck-shipments/check-stuck-shipments.ts"
import { es as texts } from "#texts/es.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const hilo = await startApp({ HILO_DATA: dataFolder() })
const email = "alma@example.com"
const hour = 3_600_000
const before = (hours: number) => new Date(Date.now() - hours * hour).toISOString()

const { key } = await acting(hilo, async (act) => {
  const passwordHash = cheapPasswordHash(password)
  const { id } = await createUser(act, { email, name: "Alma Restrepo", role: "admin", passwordHash })
  return createKey(act, { name: "Executor", role: "admin", userId: id })
})
const report = async (what: "actions" | "movements", items: object[]) => {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" }
  const body = JSON.stringify(items)
  const answer = await fetch(`${hilo.url}/api/v1/incidents/${what}`, { method: "POST", headers, body })
  assert.equal(answer.status, 200, await answer.text())
}
const shipments = Array.from({ length: 24 }, (_, n) => ({ guia: `0141178070${String(n).padStart(2, "0")}`, n }))
await report(
  "movements",
  shipments.map(({ guia, n }) => ({
    eventId: `ev_${n}`,
    guia,
    transportadora: "Coordinadora",
    estatus: n === 7 ? "NOVEDAD" : "EN TERMINAL DESTINO",
    novedad: n === 7 ? "DIRECCION ERRADA" : null,
    ciudad_de_destino: n % 3 ? "BARRANQUILLA" : "SANTA MARTA",
    at: before(n === 7 ? 130 : 60),
  })),
)
const message = { type: "SEND_WHATSAPP", status: "SUCCESS", httpCode: 200 }
await report(
  "actions",
  shipments.map(({ guia, n }) => ({ ...message, actionId: `act_${n}`, guia, at: before(50) })),
)
await checkStuckShipments(hilo)

test("an outage is seen as one, its worst shipment is resolved, and what carriers say is read", async () => {
  const look = { locale: "es-MX", viewport: { width: 1440, height: 900 }, bypassCSP: true }
  const context = await (await browser()).newContext(look)
  const page = await context.newPage()
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  const field = (label: string) => page.getByLabel(label, { exact: true })
  const dialog = page.getByRole("dialog")
  const rows = page.locator("a[data-row]")

  await page.goto(hilo.url)
  await field(texts["field.email"]).fill(email)
  await field(texts["field.password"]).fill(password)
  await button(texts["signIn.go"]).click()
  await page.getByRole("link", { name: texts["nav.incidents"], exact: true }).click()

  await page.getByRole("heading", { name: texts["incident.outage"] }).waitFor()
  await page.getByText("24 incidentes activos (100").waitFor()
  assert.match((await rows.first().textContent()) ?? "", /014117807007.*DIRECCION ERRADA/, "the worst comes first")
  assert.deepEqual(await axe(page), [])
  await page.getByRole("button", { name: "SANTA MARTA 8" }).click()
  await page.getByText("8 incidentes", { exact: true }).waitFor()
  assert.match(page.url(), /city=SANTA/)
  await button(texts["incident.clear"]).click()
  await rows.first().filter({ hasText: "014117807007" }).waitFor()

  await page.keyboard.press("j")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "014117807007" }).waitFor()
  await page.getByText(texts["incident.part.time"]).waitFor()
  assert.deepEqual(await axe(page), [])
  await button(texts["incident.step.in_progress"]).click()
  await page.keyboard.press("n")
  await page.keyboard.insertText("Llamar al 300 123 4567")
  await page.keyboard.press("Control+Enter")
  await page.getByText(texts["wrong.personal_data"]).waitFor()
  await field(texts["incident.note"]).fill("Pedí a la transportadora corregir la dirección")
  await button(texts["incident.addNote"]).click()
  await page.getByRole("listitem").filter({ hasText: "corregir la dirección" }).waitFor()

  await button(texts["incident.step.resolved"]).click()
  await dialog.getByLabel(texts["incident.resolutionLabel"]).fill("Habla con carla@example.com")
  await dialog.getByRole("button", { name: texts["incident.step.resolved"] }).click()
  await dialog.getByText(texts["wrong.personal_data"]).waitFor()
  await dialog.getByLabel(texts["incident.resolutionLabel"]).fill("Salió a reparto")
  await dialog.getByRole("button", { name: texts["incident.step.resolved"] }).click()
  await dialog.waitFor({ state: "detached" })
  await page.locator("header").getByText(texts["incident.status.RESOLVED"]).waitFor()
  await page.getByText("Salió a reparto").waitFor()

  await page.getByRole("link", { name: new RegExp(texts["incident.openTicket"]) }).click()
  await page.getByRole("tab", { name: texts["details.ticket"], exact: true }).click()
  await page.getByRole("link", { name: `${texts["details.openIncident"]} 014117807007` }).click()
  await page.getByRole("heading", { name: "014117807007" }).waitFor()

  await page.getByRole("link", { name: texts["incident.board"], exact: true }).first().click()
  await field(texts["incident.search"]).fill("807007")
  await rows.filter({ hasText: "014117807007" }).waitFor()
  await page.getByText("1 incidente", { exact: true }).waitFor()
  await button(texts["incident.clear"]).click()
  await page.getByText("23 incidentes", { exact: true }).waitFor()
  await button("Tomar los 23").click()
  await page.getByText("23 incidentes cambiados").waitFor()
  await rows.first().focus()
  await page.keyboard.press("x")
  await page.getByText("1 seleccionado", { exact: true }).waitFor()
  await button("Seleccionar los 23").click()
  await page.getByText("23 seleccionados", { exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press("e")
  await dialog.getByLabel(texts["incident.notesForAll"]).fill("La transportadora entregó todo")
  await dialog.getByRole("button", { name: texts["incident.step.resolved"] }).click()
  await page.getByText(texts["incident.none"]).waitFor()
  const { rows: ended } = await hilo.db.pool.query(
    "select count(*)::int as n from tickets where status = 'resolved' and resolution = 'La transportadora entregó todo'",
  )
  assert.equal(ended[0].n, 23)
  assert.notEqual(
    await page.evaluate(() => document.activeElement?.tagName),
    "BODY",
    "the focus is not lost with the rows",
  )

  await page.getByRole("link", { name: texts["incident.movements"] }).click()
  const head = "NÚMERO GUIA;ESTATUS;CIUDAD DESTINO;TRANSPORTADORA;HORA;FECHA"
  const lines = [
    "014117807001;EN LA LUNA;CALI;TCC;08:15;21-11-2026",
    ";ENTREGADO;CALI;TCC;08:15;21-11-2026",
    "014117807003;ENTREGADO;CALI;TCC;08:15;hoy",
  ]
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "ordenes.csv", mimeType: "text/csv", buffer: Buffer.from([head, ...lines].join("\r\n")) })
  await page.getByText("NÚMERO GUIA está vacía").waitFor()
  await page.getByText("FECHA debe ser una fecha como 31-12-2026").waitFor()
  await page.getByText("EN LA LUNA", { exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])

  await page.getByRole("link", { name: texts["incident.toStatusMapping"] }).click()
  await button(`${texts["incident.setMeaning"]}: EN LA LUNA`).click()
  await dialog.getByLabel(texts["incident.meaning"]).selectOption("IN_TRANSIT")
  await button(texts["action.save"]).click()
  await page.getByText(texts["incident.noUnknown"]).waitFor()
  assert.deepEqual(await axe(page), [])
  const { rows: parcel } = await hilo.db.pool.query("select canonical from shipments where guia = '014117807001'")
  assert.equal(parcel[0].canonical, "IN_TRANSIT", "the parcels that stand at the word are read anew")
  await context.close()
})
