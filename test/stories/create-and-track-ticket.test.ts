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
import { createTicketInChat } from "../browsers/create-ticket-in-chat.ts"
import { focusedId } from "../browsers/focus-before-and-after-dialog.ts"
import { openChatVisitor } from "../desks/chat-visitor.ts"
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
const said = ["Mi caja no enciende", "ni con otro cable"]
const open = async (options: object) => (await (await browser()).newContext({ bypassCSP: true, ...options })).newPage()
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/track-${name}.png`, fullPage: true })
}
async function judge(page: Page, name: string) {
  assert.deepEqual([await axe(page), await isTooWide(page)], [[], false], name)
  await photo(page, name)
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
    for (const text of said) {
      await page.getByLabel(t["chat.message"], { exact: true }).fill(text)
      await page.getByLabel(t["chat.message"], { exact: true }).press("Enter")
      await page.getByRole("listitem").filter({ hasText: text }).filter({ hasText: t["chat.sent"] }).waitFor()
    }
    const lookAt = (what: string) => judge(page, `${what}-${language}-${width}`)
    const number = await createTicketInChat(page, { url: hilo.url, t, judge: lookAt }, said, email)
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
      // A form with files is not shown to the test as it is sent: what came to the server goes beside it.
      const key = await track.locator("form[enctype] input[name=key]").inputValue()
      const form = { key, what: "reply", text: "Sigue sin encender" }
      if (tries === 2) await track.request.post(route.request().url(), { multipart: form })
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

    const files = track.getByLabel(t["trackPage.files"])
    const next = track.getByLabel(t["trackPage.reply"])
    const file = (name: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from("x") })
    await files.setInputFiles(file("virus.exe"))
    await next.fill("Mira la foto")
    await send.press("Enter")
    await track.getByText(t["trackPage.fileRefused"]).waitFor()
    assert.equal(await focusedId(track), "problem")
    assert.equal(await next.inputValue(), "Mira la foto")
    await judge(track, `refused-${language}-${width}`)
    await files.setInputFiles([file("otra.txt"), file("más.txt")])
    await send.press("Enter")
    const message = track.locator(".messages li", { hasText: "Mira la foto" })
    await message.getByRole("link", { name: "otra.txt" }).waitFor()
    await message.getByRole("link", { name: "más.txt" }).waitFor()

    await ana.call("PUT", `/tickets/${number}/status`, { status: "closed", resolution: "Era la toma" })
    await track.reload()
    await track.getByText("Era la toma").waitFor()
    assert.equal(await track.locator(".timeline li[data-step=reopened] time").count(), 1)
    assert.match(String(await steps.last().textContent()), new RegExp(t["trackPage.step.closed"]))
    assert.equal(await track.locator('.stepper li[aria-current="step"]').textContent(), t["trackPage.step.closed"])
    await judge(track, `closed-${language}-${width}`)
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
    assert.doesNotMatch(await page.locator("body").innerText(), /duplica/i)
    numbers.push(await number.textContent())
    await page.locator("#ticket-close").click()
  }
  for (const number of numbers) assert.match(String(number), /^TKT-\d{5}$/)
  assert.deepEqual(numbers, [...new Set(numbers)].toSorted(), "each its own, and rising")
  const { rows } = await hilo.db.pool.query("select count(*)::int as n from tickets where subject like 'Caja _'")
  assert.equal(rows[0].n, 3)
  await page.context().close()
})

test("an agent makes a ticket of a conversation: prefilled as it stands, with the customer's e-mail, and its number to give them", async () => {
  const { say } = await openChatVisitor(hilo.url, chat)
  for (const text of said) await say(text)
  const { body: list } = await ana.call("GET", `/tickets?connectionId=${chat}&kind=conversation`)
  const [{ number } = { number: "none" }] = list["items"] as { number: string }[]
  const bruno = await inviteAndSignIn(hilo, { name: "Bruno", language: "es", width: 390 })
  const page = await bruno.open(`/tickets/${number}`)
  await page.getByText("ni con otro cable").first().waitFor()
  const dialog = page.getByRole("dialog")
  const [email, description] = [dialog.getByLabel(es["field.email"]), dialog.getByLabel(es["details.description"])]
  const openDialog = async () => {
    await page.getByRole("button", { name: es["action.more"], exact: true }).first().press("Enter")
    await page.getByRole("menuitem", { name: es["newTicket.fromHere"] }).press("Enter")
    await dialog.getByLabel(es["newTicket.subject"]).waitFor()
  }
  const hears = async (text: string) => {
    await say(text)
    await page.getByText(text).first().waitFor()
  }
  await openDialog()
  assert.equal(await description.inputValue(), "Mi caja no enciende\n\nni con otro cable")
  await dialog.getByRole("button", { name: es["action.cancel"], exact: true }).press("Enter")
  await hears("Es urgente")
  await openDialog()
  assert.equal(await description.inputValue(), "Mi caja no enciende\n\nni con otro cable\n\nEs urgente")
  await email.fill("agentes.carla@example.com")
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  await hears("Calle 5")
  await openDialog()
  assert.match(await description.inputValue(), /Calle 5$/, "what nobody typed follows the conversation")
  assert.equal(await email.inputValue(), "agentes.carla@example.com", "what somebody typed stays")
  await description.fill("No enciende con ningún cable")
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  await hears("Gracias por todo")
  await openDialog()
  assert.equal(await description.inputValue(), "No enciende con ningún cable")
  await judge(page, "staff-dialog")
  let lost = 0
  await page.route("**/api/v1/tickets", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await dialog.getByRole("button", { name: es["newTicket.go"] }).press("Enter")
  await dialog.getByRole("button", { name: es["action.retry"] }).press("Enter")
  await dialog.getByText(new RegExp(es["newTicket.created"].replace("{number}", "TKT-\\d{5}"))).waitFor()
  await judge(page, "staff-created")
  const link = await dialog.getByText(/\/track\?number=/).textContent()
  const made = /TKT-\d{5}$/.exec(String(link))![0]
  const { rows } = await hilo.db.pool.query("select count(*)::int as n from tickets where number >= $1", [made])
  assert.equal(rows[0].n, 1, "the answer that was lost made no second one")
  await page.reload()
  await page.getByText("ni con otro cable").first().waitFor()
  await openDialog()
  assert.equal(await email.inputValue(), "", "what was made is not there to be made again")
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
