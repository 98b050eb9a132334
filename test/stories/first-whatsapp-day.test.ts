// A business connects its number and lives its first day with it: a photo, a group, a reply that is read, a window that has
// closed, and a campaign of fifty of which some fail.
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { test } from "node:test"
import { deflateSync, crc32 } from "node:zlib"
import type { Page } from "playwright-core"
import { setupLink } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import {
  approvedTemplate,
  accessToken,
  appSecret,
  startFakeGraphApi,
  phoneNumberId,
  signed,
  statusWebhook,
  wabaId,
  webhook,
} from "../fakes/graph-api.ts"
import { dataFolder, waitUntil } from "../server-process.ts"
import { from, text } from "../desks/whatsapp-number.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const screens = [
  { name: "Spanish at 1440, light", texts: es, locale: "es-MX", colorScheme: "light", width: 1440, height: 900 },
  { name: "English at 390, dark", texts: en, locale: "en-US", colorScheme: "dark", width: 390, height: 844 },
] as const

const day = 24 * 3_600_000
const template = approvedTemplate("pedido_listo", "Hola {{1}}, tu pedido {{2}} está listo.")

for (const { name, texts, width, height, ...look } of screens) {
  test(`from a number's keys to a campaign: ${name}`, async () => {
    const graph = await startFakeGraphApi()
    graph.templates.push(template)
    graph.files.set("900100", { bytes: picture(), mimeType: "image/png" })
    graph.otherwise = ({ to }) =>
      String(to).endsWith("0") ? { does: "refuse", status: 400, code: 131026 } : { does: "accept" }
    const hilo = await startApp({ WHATSAPP_API_URL: graph.url, HILO_DATA: dataFolder() })
    const context = await (await browser()).newContext({ ...look, viewport: { width, height }, bypassCSP: true })
    const page = await context.newPage()
    const button = (label: string) => page.getByRole("button", { name: label, exact: true })
    const field = (label: string) => page.getByLabel(label, { exact: true })
    const words = (text: string) => page.getByText(text.split("{")[0]!.trim()).first()
    const isThere = (ticket: string) =>
      waitUntil(`${ticket} is there`, async () => {
        return (await hilo.db.pool.query("select from tickets where number = $1", [ticket])).rows.length > 0
      })
    const looksWell = async (where: string) => {
      assert.deepEqual(await axe(page), [], where)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, where)
    }

    await setUp(page, (await setupLink(hilo.db, hilo.url))!, texts)
    await page.goto(`${hilo.url}/settings/connections/new`)
    await field(texts["field.name"]).fill("Ventas")
    await field(texts["whatsapp.phoneNumberId"]).fill(phoneNumberId)
    await field(texts["whatsapp.wabaId"]).fill(wabaId)
    await field(texts["whatsapp.accessToken"]).fill(accessToken)
    await field(texts["whatsapp.appSecret"]).fill(appSecret)
    await looksWell("the keys")
    await button(texts["whatsapp.saveAndGoOn"]).click()
    await words(texts["whatsapp.listening"]).waitFor()
    const address = `${hilo.url}${await page.evaluate(() => location.pathname.replace(/.*\//, "/webhooks/whatsapp/"))}`
    const listens = async (value: object) => {
      const { payload, headers } = signed(webhook(value))
      assert.equal((await fetch(address, { method: "POST", body: payload, headers })).status, 200)
    }
    const image = { id: "900100", mime_type: "image/png", caption: "Llegó así" }
    const at = String(Math.floor(hilo.now().getTime() / 1000))
    await listens(from({ phone: "573001234567" }, { type: "image", image, timestamp: at }))
    await words(texts["whatsapp.lastWebhook"]).waitFor()
    await button(texts["templates.sync"]).click()
    await page.getByText(template.name).waitFor()
    await looksWell("the number")

    await page.goto(`${hilo.url}/tickets/TKT-00001`)
    await button(texts["file.enlarge"].replace("{name}", "Llegó así")).click()
    await page.getByRole("dialog").getByAltText("Llegó así").waitFor()
    await looksWell("a picture")
    await page.keyboard.press("Escape")
    await page.locator("#composer").fill("Le enviamos **otro**")
    await button(texts["composer.preview"]).click()
    const preview = page.getByRole("region", { name: texts["composer.preview"], exact: true })
    await preview.locator("strong").getByText("otro", { exact: true }).waitFor()
    assert.equal(await preview.innerText(), "Le enviamos otro")
    const leavesAs = texts["composer.leavesAs"].replace("{channel}", "WhatsApp")
    await page.getByRole("region", { name: leavesAs }).getByText("Le enviamos *otro*", { exact: true }).waitFor()
    await looksWell("a preview")
    await button(texts["composer.write"]).click()
    await page.locator("#composer").press("Control+Enter")
    await page.getByRole("img", { name: texts["delivery.sent"], exact: true }).waitFor()
    await listens(statusWebhook(graph.accepted[0]!, "read").entry[0]!.changes[0]!.value)
    await page.getByRole("img", { name: texts["delivery.read"], exact: true }).waitFor()
    await looksWell("a conversation")

    await listens(
      from({ phone: "573005554433", name: "Elena" }, { ...text("¿Abren hoy?", hilo.now()), group_id: "G1" }),
    )
    await isThere("TKT-00002")
    await page.goto(`${hilo.url}/tickets/TKT-00002`)
    await page.getByRole("article", { name: texts["message.by"].replace("{name}", "Elena") }).waitFor()

    const before = new Date(hilo.now().getTime() - day - 60_000)
    await listens(from({ phone: "573007776655", name: "Óscar" }, text("¿Siguen ahí?", before)))
    await isThere("TKT-00003")
    await page.goto(`${hilo.url}/tickets/TKT-00003`)
    await field(texts["templates.template"]).selectOption(`${template.name} ${template.language}`)
    await field(texts["templates.part.body"].replace("{label}", "1")).fill("Óscar")
    await field(texts["templates.part.body"].replace("{label}", "2")).fill("42")
    await page.getByText("Hola Óscar, tu pedido 42 está listo.").waitFor()
    await looksWell("a template")
    await button(texts["templates.send"]).click()
    await page.getByRole("img", { name: texts["delivery.sent"], exact: true }).waitFor()
    assert.equal(graph.accepted.at(-1)!.body["type"], "template")

    await page.goto(`${hilo.url}/campaigns/new`)
    await field(texts["field.name"]).fill("Pedidos de mayo")
    await field(texts["templates.template"]).selectOption(`${template.name} ${template.language}`)
    await field(texts["templates.part.body"].replace("{label}", "1")).fill("{nombre}")
    await field(texts["templates.part.body"].replace("{label}", "2")).fill("{pedido}")
    await button(texts["campaigns.continue"]).click()
    const lines = Array.from({ length: 50 }, (_, i) => `+5730122233${String(i).padStart(2, "0")},Persona ${i},${i}`)
    await field(texts["recipients.list"]).fill(["telefono,nombre,pedido", ...lines, "12,Nadie,1"].join("\n"))
    await button(texts["recipients.add"]).click()
    await words(texts["recipients.badPhoneOf"]).waitFor()
    await looksWell("a list with a mistake")
    await button(texts["campaigns.start"]).click()
    await page.getByRole("dialog").getByRole("button", { name: texts["campaigns.start"], exact: true }).click()
    const count = (part: "sent" | "failed") =>
      page
        .locator("dl > div")
        .filter({ hasText: texts[`campaigns.part.${part}`] })
        .locator("dd")
    await count("sent").getByText("45", { exact: true }).waitFor()
    await count("failed").getByText("5", { exact: true }).waitFor()
    await page.getByText(texts["failure.undeliverable"].replace("{channel}", "WhatsApp")).waitFor()
    await looksWell("a campaign")
    const reached = graph.accepted.map(({ to }) => to).filter((to) => to.startsWith("5730122233"))
    assert.deepEqual([reached.length, new Set(reached).size], [45, 45])
    await context.close()
  })
}

async function setUp(page: Page, link: string, texts: typeof en | typeof es) {
  await page.goto(link)
  await page.getByLabel(texts["field.name"], { exact: true }).fill("Ana Gómez")
  await page.getByLabel(texts["field.email"]).fill("ana@example.com")
  await page.getByLabel(texts["field.password"]).fill("correct horse battery staple")
  await page.getByRole("button", { name: texts["setup.go"], exact: true }).click()
  await page.getByText(texts["first.title"]).waitFor()
}

/** A PNG of eight by eight pixels of noise. */
function picture(): Buffer {
  const rows = Array.from({ length: 8 }, () => Buffer.concat([Buffer.of(0), randomBytes(24)]))
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = chunk("IDAT", deflateSync(Buffer.concat(rows)))
  return Buffer.concat([signature, chunk("IHDR", head), body, chunk("IEND", Buffer.alloc(0))])
}
