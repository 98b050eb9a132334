// A visitor on the chat page and in the widget, in a real browser against a whole Hilo.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { Readable } from "node:stream"
import { test } from "node:test"
import type { BrowserContextOptions, FrameLocator, Page } from "playwright-core"
import { changeConnection, createConnection } from "#connections/index.ts"
import type { Contact } from "#contacts/api-contract.ts"
import { insertUpload } from "#files/index.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { countTraffic, listed, totalBytes } from "../browsers/count-traffic.ts"
import { focusedId } from "../browsers/focus-before-and-after-dialog.ts"
import { openStrictPage } from "../browsers/strict-page.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"
import { chat as es } from "#texts/es/public-pages/chat.ts"

// Nobody listens there: that a mail server is set is what the chat asks an e-mail for.
const hilo = await startApp({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "Soporte <desk@example.com>" })
const ana = await member(hilo, { email: "ana@example.com", name: "Ana", role: "admin" })
let chats = 0

const makeChat = (greeting = "¿En qué te ayudamos?") =>
  acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: `Soporte ${++chats}`, greeting }))

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const context = await (await browser()).newContext(options)
  const page = await context.newPage()
  return page
}

async function say(page: Page | FrameLocator, label: string, text: string) {
  await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByLabel(label, { exact: true }).press("Enter")
}

async function ticketOf(chat: string) {
  const { body } = await ana.call("GET", `/tickets?connectionId=${chat}`)
  const { items } = body as unknown as { items: { number: string; status: string; messageCount: number }[] }
  assert.equal(items.length, 1)
  return items[0]!
}

async function contactOf(chat: string) {
  const { body } = await ana.call("GET", `/tickets/${(await ticketOf(chat)).number}?include=contact`)
  return (body["included"] as { contact: Contact }).contact
}

const said = (page: Page | FrameLocator, text: string) => page.getByRole("listitem").filter({ hasText: text })

const screens = [
  {
    name: "Spanish on a phone, light",
    locale: "es-CO",
    colorScheme: "light",
    width: 390,
    label: "Tu mensaje",
    sent: "Enviado",
  },
  {
    name: "English on a desk, dark",
    locale: "en-US",
    colorScheme: "dark",
    width: 1440,
    label: "Your message",
    sent: "Sent",
  },
] as const
for (const { name, locale, colorScheme, width, label, sent } of screens)
  test(`a visitor writes and is answered on the open page: ${name}`, async () => {
    const chat = await makeChat()
    const page = await openPage({ locale, colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
    const taken = await countTraffic(page)
    await page.goto(`${hilo.url}/chat/${chat}`)
    await said(page, "¿En qué te ayudamos?").waitFor()
    assert.ok(totalBytes(taken) <= 22_000, `${totalBytes(taken)} bytes:\n${listed(taken)}`)
    await say(page, label, "hola")
    await said(page, "hola").filter({ hasText: sent }).waitFor()
    const { number, status } = await ticketOf(chat)
    assert.equal(status, "pending")
    await ana.call("POST", `/tickets/${number}/messages`, { content: "Hola, **dime**" })
    await ana.call("POST", `/tickets/${number}/messages`, { content: "una nota interna", isInternal: true })
    await said(page, "Hola, dime").locator("strong", { hasText: "dime" }).waitFor()
    assert.equal(await page.getByText("una nota interna").count(), 0)
    assert.equal(await said(page, "¿En qué te ayudamos?").count(), 1, "the greeting is shown once")
    assert.deepEqual(await axe(page), [])
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(tooWide, false)
    await page.context().close()
  })

test("what is written without a connection goes out once when it is back, and the visitor stays the same after a reload", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO" })
  await page.goto(`${hilo.url}/chat/${chat}`)
  await say(page, "Tu mensaje", "antes")
  await said(page, "antes").filter({ hasText: "Enviado" }).waitFor()
  await page.context().setOffline(true)
  await say(page, "Tu mensaje", "durante")
  await say(page, "Tu mensaje", "y también")
  await said(page, "durante").filter({ hasText: "Sin enviar todavía" }).waitFor()
  await page.getByText("Sin conexión. Lo que escribas se envía cuando vuelva.").waitFor()
  await page.getByLabel("Tu mensaje", { exact: true }).fill("a medias")
  await page.context().setOffline(false)
  await said(page, "y también").filter({ hasText: "Enviado" }).waitFor()
  await page.reload()
  await said(page, "y también").waitFor()
  assert.equal(await page.getByLabel("Tu mensaje", { exact: true }).inputValue(), "a medias")
  // The greeting is sent by a job of its own.
  await waitUntil("the greeting and three messages are there", async () => (await ticketOf(chat)).messageCount >= 4)
  assert.equal((await ticketOf(chat)).messageCount, 4)
  await page.context().close()
})

test("an answer that was lost on the way does not double the message", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO" })
  let lost = 0
  await page.route("**/messages", async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await page.goto(`${hilo.url}/chat/${chat}`)
  await say(page, "Tu mensaje", "una sola vez")
  await said(page, "una sola vez").filter({ hasText: "Enviado" }).waitFor()
  await page.reload()
  await said(page, "una sola vez").waitFor()
  assert.equal(await said(page, "una sola vez").count(), 1)
  await page.context().close()
})

test("a visitor sees the picture and takes the file that the desk sent them", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO", viewport: { width: 390, height: 800 } })
  await page.goto(`${hilo.url}/chat/${chat}`)
  await say(page, "Tu mensaje", "¿Me mandas la guía?")
  await said(page, "¿Me mandas la guía?").filter({ hasText: "Enviado" }).waitFor()
  const { number } = await ticketOf(chat)
  const attachmentIds = await Promise.all([
    keep("guía.txt", "text/plain", Buffer.from("G-123")),
    keep("caja.gif", "image/gif", gif),
  ])
  await ana.call("POST", `/tickets/${number}/messages`, { content: "Aquí va", attachmentIds })
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".file img")?.naturalWidth === 1)
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "guía.txt" }).click(),
  ])
  assert.equal(download.suggestedFilename(), "guía.txt")
  assert.equal(readFileSync(await download.path(), "utf8"), "G-123")
  assert.deepEqual(await axe(page), [])
  await page.context().close()
})

const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")

async function keep(fileName: string, mimeType: string, bytes: Buffer) {
  const stored = await hilo.storage.put(Readable.from([bytes]), 1_000)
  return acting(hilo, (act) => insertUpload(act, { fileName, mimeType, userId: ana.userId }, stored))
}

test("a visitor whom nobody answers is asked for an e-mail, and reads that they will be written to there", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO", viewport: { width: 390, height: 844 }, bypassCSP: true })
  await page.clock.install()
  await page.goto(`${hilo.url}/chat/${chat}`)
  await say(page, "Tu mensaje", "hola")
  await said(page, "hola").filter({ hasText: "Enviado" }).waitFor()
  const email = page.locator("#email")
  assert.equal(await email.isVisible(), false)
  await page.clock.fastForward(46_000)
  await page.getByText(es["chat.askEmail"]).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.locator("#name").fill("Carla")
  await email.fill("carla@example.com")
  await email.press("Tab")
  await page.getByText(es["chat.willWrite"].replace("{email}", "carla@example.com")).waitFor()
  const { name, language, identities } = await contactOf(chat)
  assert.deepEqual(
    [name, language, identities.map(({ value, proof }) => [value, proof])[1]],
    ["Carla", "es-CO", ["carla@example.com", "visitor"]],
  )
  await ana.call("POST", `/tickets/${(await ticketOf(chat)).number}/messages`, { content: "Hola" })
  await page.getByText(es["chat.willWrite"].replace("{email}", "carla@example.com")).waitFor({ state: "detached" })
  await page.context().close()
})

test("markup that a visitor writes stays text", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO" })
  await page.goto(`${hilo.url}/chat/${chat}`)
  await say(page, "Tu mensaje", "# hola <img src=x onerror=alert(1)> مرحبا")
  await said(page, "# hola <img src=x onerror=alert(1)> مرحبا").filter({ hasText: "Enviado" }).waitFor()
  assert.equal(await page.locator("#items img").count(), 0)
  await page.context().close()
})

test("a chat that was switched off says so, a refused message may be discarded, and the focus stays", async () => {
  const chat = await makeChat()
  const page = await openPage({ locale: "es-CO" })
  await page.goto(`${hilo.url}/chat/${chat}`)
  await said(page, "¿En qué te ayudamos?").waitFor()
  await acting(hilo, (act) => changeConnection(act, hilo.secrets, chat, { enabled: false }))
  await say(page, "Tu mensaje", "nadie escucha")
  await said(page, "nadie escucha").filter({ hasText: "No se envió" }).waitFor()
  // The box is switched off, and the thread has the focus.
  const isOnThread = () => waitUntil("the thread has it", async () => (await focusedId(page)) === "scroll")
  await isOnThread()
  await page.getByRole("button", { name: es["chat.retry"] }).press("Enter")
  await isOnThread()
  await page.reload()
  await page.getByText("Este chat no recibe mensajes por ahora.").waitFor()
  await page.getByRole("button", { name: "Descartar" }).press("Enter")
  await said(page, "nadie escucha").waitFor({ state: "detached" })
  await isOnThread()
  await page.context().close()
})

test("the widget works on a stranger's page with a strict policy, and remembers its visitor", async () => {
  const chat = await makeChat()
  const script = `${hilo.url}/chat/${chat}/widget.js`
  const shop = await openStrictPage(script, `<script async src="${script}" data-color="#ffb300"></script>`)
  const page = await openPage({ locale: "en-US" })
  const complaints: string[] = []
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
  const taken = await countTraffic(page)
  await page.goto(`${shop}?token=abc#pay`)
  const button = page.getByRole("button", { name: "Abrir el chat" })
  await button.focus()
  const [widget] = taken.filter(({ path }) => path.endsWith("/widget.js"))
  assert.ok(widget!.bytes <= 3_800, `${widget!.bytes} bytes with the heads of the answer`)
  await page.keyboard.press("Enter")
  const frame = page.frameLocator("hilo-chat iframe")
  await say(frame, "Tu mensaje", "desde la tienda")
  await said(frame, "desde la tienda").filter({ hasText: "Enviado" }).waitFor()
  assert.equal(await page.getByRole("button", { name: "Cerrar el chat" }).first().getAttribute("aria-expanded"), "true")
  await frame.getByLabel("Tu mensaje", { exact: true }).press("Escape")
  await page.waitForFunction(
    () => document.querySelector("hilo-chat")?.shadowRoot?.activeElement?.className === "launch",
  )
  await waitUntil(
    "the page is known, without its query",
    async () => (await contactOf(chat)).identities[0]!.page === shop,
  )
  await ana.call("POST", `/tickets/${(await ticketOf(chat)).number}/messages`, { content: "¿Qué talla?" })
  await page.getByRole("button", { name: "Abrir el chat (1 sin leer)" }).waitFor()
  await page.reload()
  await page.getByRole("button", { name: "Abrir el chat (1 sin leer)" }).click()
  await said(frame, "¿Qué talla?").waitFor()
  assert.equal(await said(frame, "desde la tienda").count(), 1)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
