// A chat that an admin has made to look like a site, on that site: a single-page app with a strict policy, on a phone.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContextOptions, FrameLocator, Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import type { Contact } from "#contacts/api-contract.ts"
import { es as texts } from "#texts/es.ts"
import { chat as es } from "#texts/es/public-pages/chat.ts"
import { webChat as settings } from "#texts/es/settings/web-chat.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { openStrictPage } from "../browsers/strict-page.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const ana = await member(hilo, { email: "ana@example.com", name: "Ana", role: "admin" })

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const context = await (await browser()).newContext(options)
  return context.newPage()
}

const said = (frame: FrameLocator, text: string) => frame.getByRole("listitem").filter({ hasText: text })

async function ticketOf(chat: string) {
  const { body } = await ana.call("GET", `/tickets?connectionId=${chat}`)
  return (body as unknown as { items: { number: string }[] }).items[0]!.number
}

async function pageOf(number: string) {
  const { body } = await ana.call("GET", `/tickets/${number}?include=contact`)
  return (body["included"] as { contact: Contact }).contact.identities[0]!.page
}

test("a chat is made to look like its site, and stands there alone: in a single-page app with a strict policy, on a phone", async () => {
  const chat = await acting(hilo, (act) =>
    createConnection(act, hilo.secrets, { kind: "webchat", name: "Soporte", greeting: "¿En qué te ayudamos?" }),
  )
  const script = `${hilo.url}/chat/${chat}/widget.js`
  const shop = await openStrictPage(script, `<script async src="${script}"></script>`.repeat(2))
  await setUpLook(chat, new URL(shop).origin)
  const elsewhere = await openPage({ locale: "es-CO" })
  await elsewhere.goto(shop.replace("localhost", "127.0.0.1"))
  await elsewhere.waitForLoadState("networkidle")
  assert.equal(await elsewhere.locator("hilo-chat").count(), 0)
  await elsewhere.context().close()

  const page = await openPage({
    locale: "en-US",
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const complaints: string[] = []
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
  await page.goto(shop)
  const launch = page.locator("hilo-chat .launch")
  await launch.waitFor()
  // What an app does that draws its page anew, and goes on to another one.
  await page.evaluate(() => {
    const widget = document.querySelector("hilo-chat")!
    widget.parentNode!.removeChild(widget)
    history.pushState(null, "", "/cart")
  })
  assert.equal(await page.locator("hilo-chat").count(), 1)
  const { x } = (await launch.boundingBox())!
  const colours = await launch.evaluate((node) => [
    getComputedStyle(node).backgroundColor,
    getComputedStyle(node).color,
  ])
  assert.deepEqual([x < 100, ...colours], [true, "rgb(255, 179, 0)", "rgb(0, 0, 0)"])
  await launch.click()
  const frame = page.frameLocator("hilo-chat iframe")
  await frame.getByRole("heading", { name: "Ayuda Andina" }).waitFor()
  assert.equal(await frame.locator("#composer").isVisible(), false)
  await frame.getByRole("button", { name: es["chat.start"] }).click()
  await frame.getByText(es["chat.mustAnswer"]).waitFor()
  await frame.getByLabel("Número de pedido").fill("G-12")
  await frame.getByRole("button", { name: es["chat.start"] }).click()
  assert.equal(await frame.getByRole("button", { name: es["chat.camera"] }).isVisible(), true)
  await frame.getByLabel("Tu mensaje", { exact: true }).fill("llegó roto")
  await frame.getByLabel("Tu mensaje", { exact: true }).press("Enter")
  await said(frame, "llegó roto").filter({ hasText: es["chat.sent"] }).waitFor()
  const number = await ticketOf(chat)
  await waitUntil("the page that it is now is known", async () => (await pageOf(number)) === `${shop}cart`)
  const notes = await ana.call("GET", `/tickets/${number}/messages?includeInternal=true`)
  const { items } = notes.body as unknown as { items: { content: string; isInternal: boolean }[] }
  assert.deepEqual(
    items.filter(({ isInternal }) => isInternal).map(({ content }) => content),
    ["Respondió antes del chat:\nNúmero de pedido: G-12"],
  )
  await ana.call("POST", `/tickets/${number}/read`, {})
  await said(frame, "llegó roto").filter({ hasText: es["chat.seen"] }).waitFor()
  await typesWithBoth(number, frame)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

/** Ana, in the settings: a text colour that nobody could read is corrected, and the preview shows all of it. */
async function setUpLook(chat: string, site: string) {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await open(`/settings/connections/${chat}`)
  await page.getByLabel(settings["webChat.title"]).fill("Ayuda Andina")
  await page.getByLabel(settings["webChat.color"], { exact: true }).fill("#ffb300")
  await page.getByLabel(settings["webChat.textColor"], { exact: true }).fill("#ffffff")
  await page.getByText(/1[.,]7:1 es muy bajo/).waitFor()
  await page.getByRole("button", { name: settings["webChat.contrastCorrect"] }).click()
  assert.equal(await page.getByLabel(settings["webChat.textColor"], { exact: true }).inputValue(), "#000000")
  await page.getByLabel(settings["webChat.position"]).selectOption("left")
  await page.getByLabel(settings["webChat.sites"]).fill(`${site}\nhttps://*.andina.example`)
  await page.getByRole("button", { name: settings["webChat.addQuestion"] }).click()
  await page.getByLabel(settings["webChat.questionText"], { exact: true }).fill("Número de pedido")
  await page.getByRole("checkbox", { name: settings["webChat.asked.required"] }).check()
  const preview = page.frameLocator("iframe")
  await preview.getByRole("heading", { name: "Ayuda Andina" }).waitFor()
  await preview.getByText("Número de pedido").waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole("button", { name: texts["action.save"], exact: true }).click()
  await page.getByText(texts["action.saved"]).waitFor()
  await context.close()
}

/** Each side sees that the other one types, and staff when their answer has been seen. */
async function typesWithBoth(number: string, frame: FrameLocator) {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await open(`/tickets/${number}?view=all`)
  const composer = composerOf(page)
  await composer.waitFor()
  const text = frame.getByLabel("Tu mensaje", { exact: true })
  await waitUntil("staff see it", async () => {
    await text.pressSequentially("y ")
    return page.getByText(texts["viewers.customerWriting"]).isVisible()
  })
  await composer.pressSequentially("Lo siento")
  await frame.getByText(es["chat.typing"]).waitFor()
  await composer.press("Control+Enter")
  await said(frame, "Lo siento").waitFor()
  await page.getByRole("img", { name: texts["delivery.read"] }).last().waitFor()
  await context.close()
}
