// A campaign from its first plan to its end, by hand: a file in its header, a plan that is changed, an hour that is set,
// a pause, and a cancellation that stops what has not gone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { system } from "#kernel/act.ts"
import { createUser } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { acting, password } from "../desks/test-desk.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import {
  approvedTemplate,
  accessToken,
  appSecret,
  startFakeGraphApi,
  phoneNumberId,
  wabaId,
} from "../fakes/graph-api.ts"
import { dataFolder, waitUntil } from "../server-process.ts"
import { createConnection } from "#connections/index.ts"
import { syncTemplates } from "../../src/connections/template-store-and-sync.ts"
import { es as texts } from "#texts/es.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const graph = await startFakeGraphApi()
graph.templates.push(
  approvedTemplate("factura", "Hola {{1}}, aquí está su factura.", {
    header: [{ type: "HEADER", format: "DOCUMENT" }],
  }),
)
const hilo = await startApp({ WHATSAPP_API_URL: graph.url, HILO_DATA: dataFolder() })
const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }
const connectionId = await acting(hilo, (act) =>
  createConnection(act, hilo.secrets, { kind: "whatsapp", name: "Ventas", settings }),
)
await syncTemplates(hilo, system, connectionId)

// One a second goes: more than a busy machine lets go between two clicks.
const recipients = 90

test("a campaign is planned, changed, scheduled, paused, resumed and cancelled on screen", async () => {
  const passwordHash = cheapPasswordHash(password)
  const email = "ana@example.com"
  await acting(hilo, (act) => createUser(act, { email, name: "Ana Gómez", role: "admin", passwordHash }))
  const look = { locale: "es-MX", viewport: { width: 1440, height: 900 }, bypassCSP: true }
  const context = await (await browser()).newContext(look)
  const page = await context.newPage()
  const button = (label: string) => page.getByRole("button", { name: label, exact: true })
  const field = (label: string) => page.getByLabel(label, { exact: true })
  const dialog = page.getByRole("dialog")
  const becomes = (status: "draft" | "scheduled" | "running" | "paused" | "cancelled") =>
    page.locator("header").getByText(texts[`campaigns.status.${status}`], { exact: true }).waitFor()

  await page.goto(hilo.url)
  await field(texts["field.email"]).fill(email)
  await field(texts["field.password"]).fill(password)
  await button(texts["signIn.go"]).click()
  await page.getByRole("link", { name: texts["nav.campaigns"], exact: true }).first().waitFor()

  await page.goto(`${hilo.url}/campaigns/new`)
  await field(texts["field.name"]).fill("Facturas de mayo")
  await field(texts["templates.template"]).selectOption("factura es")
  await field(texts["templates.part.body"].replace("{label}", "1")).fill("{nombre}")
  assert.equal(await button(texts["campaigns.continue"]).isDisabled(), true, "the file is missing")
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "factura.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 factura") })
  await button(texts["campaigns.continue"]).click()

  const lines = Array.from({ length: recipients }, (_, i) => `+5730144455${String(i).padStart(2, "0")},Persona ${i}`)
  await field(texts["recipients.list"]).fill(["telefono,nombre", ...lines].join("\n"))
  await button(texts["recipients.add"]).click()
  await page.getByText(String(recipients), { exact: true }).first().waitFor()

  await button(texts["campaigns.editPlan"]).click()
  await dialog.getByLabel(texts["field.name"], { exact: true }).fill("Facturas de junio")
  await dialog.getByLabel(texts["campaigns.pace"]).fill("60")
  await button(texts["action.save"]).click()
  await page.getByRole("heading", { name: "Facturas de junio" }).waitFor()
  await page.getByText(texts["campaigns.perMinute"].replace("{count}", "60")).waitFor()

  await button(texts["campaigns.schedule"]).click()
  await dialog.getByLabel(texts["campaigns.scheduledFor"]).fill("2099-01-01T09:00")
  await dialog.getByRole("button", { name: texts["campaigns.schedule"], exact: true }).click()
  await becomes("scheduled")
  assert.equal(graph.tries.length, 0)
  await button(texts["campaigns.pause"]).click()
  await becomes("paused")
  assert.deepEqual(await axe(page), [])

  await button(texts["campaigns.resume"]).click()
  await becomes("running")
  await waitUntil("some have gone", async () => graph.accepted.length >= 4)
  await button(texts["campaigns.pause"]).click()
  await becomes("paused")
  await waitUntil("what was under way has arrived", async () => {
    const { rows } = await hilo.db.pool.query("select count(*) as n from sends where state <> 'sent'")
    return rows[0].n === 0
  })
  const paused = graph.accepted.length
  await button(texts["campaigns.resume"]).click()
  await becomes("running")
  await waitUntil("it goes on", async () => graph.accepted.length > paused)
  await button(texts["campaigns.cancel"]).click()
  await dialog.getByRole("button", { name: texts["campaigns.cancel"], exact: true }).click()
  await becomes("cancelled")
  const gone = graph.accepted.length
  assert.ok(gone < recipients, `${gone} of ${recipients}`)
  assert.equal(new Set(graph.accepted.map(({ to }) => to)).size, gone, "nobody twice")
  assert.equal(graph.uploads.length, 1)
  await page.locator("dl > div").filter({ hasText: texts["campaigns.part.cancelled"] }).waitFor()
  await context.close()
})
