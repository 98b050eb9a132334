// A visitor makes a ticket of what they said in the chat, follows it with number and e-mail, and answers by a mailed link: what
// document 001 asks for, as it says to test it.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { en as englishTexts } from "#texts/en.ts"
import { chat as englishChat } from "#texts/en/public-pages/chat.ts"
import { es as spanishTexts } from "#texts/es.ts"
import { chat as spanishChat } from "#texts/es/public-pages/chat.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { acting, member } from "../desks/test-desk.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const box = await startSmtpServer("http://hilo.test")
const hilo = await startApp({ SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" })
const ana = await member(hilo, { email: "ana@example.com", name: "Ana", role: "admin" })
const chat = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: "Soporte" }))

const en = { ...englishTexts, ...englishChat }
const es = { ...spanishTexts, ...spanishChat }
const screens = [
  { language: "es", t: es, locale: "es-CO", colorScheme: "light", width: 390 },
  { language: "en", t: en, locale: "en-US", colorScheme: "dark", width: 1440 },
] as const
const open = async (options: object) => (await (await browser()).newContext({ bypassCSP: true, ...options })).newPage()
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id)
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/track-${name}.png`, fullPage: true })
}
async function judge(page: Page, name: string) {
  assert.deepEqual([await axe(page), await isTooWide(page)], [[], false], name)
  await photo(page, name)
}

/** The chat's dialog, filled in and sent, by keyboard alone: the number that it gave. */
async function createTicket(page: Page, { language, t, width }: (typeof screens)[number], email: string) {
  const dialog = page.getByRole("dialog", { name: t["chat.ticket"] })
  const create = page.getByRole("button", { name: t["chat.ticket"], exact: true })
  await create.first().press("Enter")
  await dialog.waitFor()
  assert.equal(await page.getByLabel(t["chat.ticketText"]).inputValue(), "Mi caja no enciende\n\nni con otro cable")
  assert.equal(await page.getByLabel(t["chat.ticketSubject"]).inputValue(), "Mi caja no enciende")
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  assert.equal(await focusedId(page), "open-ticket")
  await page.keyboard.press("Enter")
  assert.equal(await focusedId(page), "ticket-email")
  await dialog.getByRole("button", { name: t["chat.ticket"] }).press("Enter")
  await page.getByText(t["chat.ticketMissing"]).waitFor()
  await judge(page, `dialog-${language}-${width}`)
  // Nothing beneath the dialog can be reached.
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab")
    const where = await page.evaluate(() => document.activeElement?.closest("dialog, body")?.nodeName)
    assert.ok(where === "DIALOG" || (await focusedId(page)) === "", String(where))
  }
  await dialog.locator("#ticket-email").fill(email)
  await dialog
    .locator("#ticket-file")
    .setInputFiles({ name: "foto.txt", mimeType: "text/plain", buffer: Buffer.from("x") })
  await dialog.locator("#ticket-go").press("Enter")
  const number = dialog.getByRole("heading", { name: /^TKT-\d{5}$/ })
  await number.waitFor()
  assert.equal(await focusedId(page), "ticket-number")
  await judge(page, `created-${language}-${width}`)
  const [given, link] = [await number.textContent(), await dialog.getByRole("link").getAttribute("href")]
  assert.equal(link, `${hilo.url}/track?number=${given}`)
  await dialog.getByRole("button", { name: t["chat.ticketClose"] }).press("Enter")
  await dialog.waitFor({ state: "detached" })
  return String(given)
}

async function mailedPath(email: string) {
  let path = ""
  await waitUntil("the link was mailed", async () => {
    const mail = box.take().find(({ to, text }) => to.includes(email) && text.includes("/track/open/"))
    path ||= /\/track\/open\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? ""
    return path !== ""
  })
  return path
}

for (const screen of screens)
  test(`from the chat to the last answer: ${screen.language}, ${screen.width}, ${screen.colorScheme}`, async () => {
    const { language, t, locale, colorScheme, width } = screen
    const email = `carla.${language}@example.com`
    const look = { locale, colorScheme, viewport: { width, height: 844 } }
    const page = await open(look)
    await page.goto(`${hilo.url}/chat/${chat}`)
    for (const text of ["Mi caja no enciende", "ni con otro cable"]) {
      await page.getByLabel(t["chat.message"], { exact: true }).fill(text)
      await page.getByLabel(t["chat.message"], { exact: true }).press("Enter")
      await page.getByRole("listitem").filter({ hasText: text }).filter({ hasText: t["chat.sent"] }).waitFor()
    }
    const number = await createTicket(page, screen, email)
    await page.context().close()

    await ana.call("POST", `/tickets/${number}/messages`, { content: "Ya lo **miro**" })
    await ana.call("PUT", `/tickets/${number}/status`, { status: "resolved", resolution: "Se cambió el cable" })

    const track = await open(look)
    await track.goto(`${hilo.url}/track`)
    await track.getByRole("heading", { name: t["trackPage.title"] }).waitFor()
    await judge(track, `form-${language}-${width}`)
    await track.getByLabel(t["trackPage.number"]).fill("99999")
    await track.getByLabel(t["trackPage.email"]).fill(email)
    await track.keyboard.press("Enter")
    await track.getByText(t["trackPage.miss"]).waitFor()
    await track.getByLabel(t["trackPage.number"]).fill(` ${number.toLowerCase().replace("-", " ")}`)
    await track.getByRole("button", { name: t["trackPage.go"] }).press("Enter")
    await track.getByRole("heading", { name: number }).waitFor()
    const steps = track.locator(".timeline li")
    assert.equal(await steps.count(), 4)
    for (const [n, step] of (["created", "first_response", "in_progress", "resolved"] as const).entries())
      assert.match(String(await steps.nth(n).textContent()), new RegExp(t[`trackPage.step.${step}`]))
    await track.getByText("Se cambió el cable").waitFor()
    assert.equal(await track.getByText("Ya lo miro").count(), 0, "messages are for who holds the address")
    await judge(track, `story-${language}-${width}`)

    await track.getByRole("button", { name: t["trackPage.mailLink"] }).press("Enter")
    await track.getByText(t["trackPage.mailed"]).waitFor()
    await judge(track, `mailed-${language}-${width}`)
    await track.goto(hilo.url + (await mailedPath(email)))
    await judge(track, `open-${language}-${width}`)
    await track.getByRole("button", { name: t["trackPage.open"] }).press("Enter")
    await track.locator(".messages strong", { hasText: "miro" }).waitFor()
    await track.getByRole("link", { name: "foto.txt" }).waitFor()
    await judge(track, `ticket-${language}-${width}`)

    await track.getByRole("radio", { name: t["surveyPage.score.4"], exact: true }).check()
    await track.getByRole("button", { name: t["surveyPage.send"], exact: true }).first().press("Enter")
    await track.getByRole("radio").first().waitFor({ state: "detached" })
    assert.equal((await ana.call("GET", `/tickets/${number}`)).body["surveyScore"], 4)

    // On a line that breaks what was written stays, and the same form is taken once.
    let tries = 0
    await track.route("**/track/ticket?*", async (route) => {
      if (route.request().method() !== "POST" || ++tries > 2) return route.continue()
      if (tries === 2) await route.fetch()
      return route.abort()
    })
    const answer = track.getByLabel(t["trackPage.replyReopens"])
    await answer.fill("Sigue sin encender")
    const send = track.getByRole("button", { name: t["trackPage.send"], exact: true })
    for (let n = 0; n < 2; n++) {
      await send.press("Enter")
      await track.getByText(t["trackPage.failure"]).first().waitFor()
    }
    assert.equal(await answer.inputValue(), "Sigue sin encender")
    await send.press("Enter")
    await track.locator(".messages li", { hasText: "Sigue sin encender" }).waitFor()
    const { body } = await ana.call("GET", `/tickets/${number}`)
    assert.deepEqual([body["status"], body["messageCount"]], ["open", 3])
    await track.context().close()
  })

test("many tickets from chats have numbers of their own, and an answer that was lost makes no second one", async () => {
  const page = await open({ locale: "es-CO", viewport: { width: 390, height: 844 } })
  let lost = 0
  await page.route("**/chat/*/tickets", async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.goto(`${hilo.url}/chat/${chat}`)
  const numbers = []
  for (let n = 0; n < 3; n++) {
    await page.getByRole("button", { name: es["chat.ticket"], exact: true }).first().click()
    await page.locator("#ticket-email").fill("eva@example.com")
    await page.locator("#ticket-subject").fill(`Caja ${n}`)
    await page.locator("#ticket-text").fill("No enciende")
    await page.locator("#ticket-go").click()
    if (n === 0) {
      await page.getByText(es["chat.ticketLost"]).waitFor()
      assert.equal(await page.locator("#ticket-text").inputValue(), "No enciende")
      await page.getByRole("button", { name: es["chat.ticketRetry"] }).click()
    }
    const number = page.locator("#ticket-number")
    await number.waitFor()
    numbers.push(await number.textContent())
    await page.locator("#ticket-close").click()
  }
  assert.equal(new Set(numbers).size, 3)
  const { rows } = await hilo.db.pool.query("select count(*)::int as n from tickets where subject like 'Caja _'")
  assert.equal(rows[0].n, 3)
  await page.context().close()
})

test("an agent makes a ticket of a conversation: prefilled, with the customer's e-mail, and its number to give them", async () => {
  const { body: list } = await ana.call("GET", `/tickets?connectionId=${chat}&kind=conversation`)
  const { number } = (list["items"] as { number: string }[]).at(-1)!
  const bruno = await inviteAndSignIn(hilo, { name: "Bruno" })
  const page = await bruno.open(`/tickets/${number}`)
  await page.getByText("ni con otro cable").first().waitFor()
  await page.getByRole("button", { name: en["action.more"], exact: true }).first().press("Enter")
  await page.getByRole("menuitem", { name: en["newTicket.fromHere"] }).press("Enter")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(en["newTicket.subject"]).waitFor()
  assert.equal(
    await dialog.getByLabel(en["details.description"]).inputValue(),
    "Mi caja no enciende\n\nni con otro cable",
  )
  await dialog.getByLabel(en["field.email"]).fill("agentes.carla@example.com")
  await judge(page, "staff-dialog")
  let lost = 0
  await page.route("**/api/v1/tickets", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await dialog.getByRole("button", { name: en["newTicket.go"] }).press("Enter")
  await dialog.getByRole("button", { name: en["action.retry"] }).press("Enter")
  await dialog.getByText(/^TKT-\d{5} created$/).waitFor()
  await judge(page, "staff-created")
  const link = await dialog.getByText(/\/track\?number=/).textContent()
  const made = /TKT-\d{5}$/.exec(String(link))![0]
  const { rows } = await hilo.db.pool.query("select count(*)::int as n from tickets where number >= $1", [made])
  assert.equal(rows[0].n, 1, "the answer that was lost made no second one")
  await page.reload()
  await page.getByText("ni con otro cable").first().waitFor()
  await page.getByRole("button", { name: en["action.more"], exact: true }).first().press("Enter")
  await page.getByRole("menuitem", { name: en["newTicket.fromHere"] }).press("Enter")
  await dialog.getByLabel(en["newTicket.subject"]).waitFor()
  assert.equal(
    await dialog.getByLabel(en["field.email"]).inputValue(),
    "",
    "what was made is not there to be made again",
  )
  const answer = await fetch(`${hilo.url}/api/v1/track`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ number: made, email: "Agentes.Carla@example.com" }),
  })
  assert.equal(answer.status, 200)
  await bruno.context.close()
})

test("without scripts the basic answer is the same, and the page is small and holds nothing of the staff's", async () => {
  const contact = { email: "sin.scripts@example.com" }
  const { body } = await ana.call("POST", "/tickets", { subject: "Caja rota", contact })
  const page = await open({ javaScriptEnabled: false, locale: "en-US", viewport: { width: 390, height: 844 } })
  let bytes = 0
  page.on("response", async (response) => (bytes += (await response.body().catch(() => Buffer.alloc(0))).length))
  await page.goto(`${hilo.url}/track?number=${String(body["number"])}&lang=en`)
  assert.equal(await page.getByLabel(en["trackPage.number"]).inputValue(), body["number"])
  await page.getByLabel(en["trackPage.email"]).fill("sin.scripts@example.com")
  await page.getByRole("button", { name: en["trackPage.go"] }).click()
  await page.getByText(en["trackPage.phase.new"]).waitFor()
  const html = await (await fetch(`${hilo.url}/track`)).text()
  const scripts = await Promise.all(
    [...html.matchAll(/src="(\/[^"]+\.js)"/g)].map(async ([, path]) => (await fetch(hilo.url + path)).text()),
  )
  const whole = [html, ...scripts].join("")
  assert.ok(whole.length < 60_000, `${whole.length} bytes`)
  assert.ok(bytes < 60_000, `${bytes} bytes`)
  assert.doesNotMatch(whole, /react|socket\.io/i)
  await page.context().close()
})
