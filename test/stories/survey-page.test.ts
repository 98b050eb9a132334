// A customer answers a survey on a phone: by keyboard alone, without scripts, on a line that breaks; and staff read the result.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContextOptions, Page } from "playwright-core"
import { changeSetting } from "#settings/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { focusedId } from "../browsers/focus-before-and-after-dialog.ts"
import { acting, member } from "../desks/test-desk.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const box = await startSmtpServer("http://hilo.test")
const hilo = await startApp({ SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" })
const sol = await member(hilo, { email: "sol@example.com", name: "Sol", role: "admin" })
await acting(hilo, (act) => changeSetting(act, "desk.name", "Tienda & Taller <1>"))
let people = 0

/** A ticket that was resolved, and the path of the link that its customer was mailed. */
async function asked(language: "es" | "en") {
  const contact = { email: `eva${++people}@example.com` }
  const { body } = await sol.call("POST", "/tickets", { subject: "Caja rota", contact, language })
  const number = String(body["number"])
  assert.equal((await sol.call("PUT", `/tickets/${number}/status`, { status: "resolved" })).status, 200)
  let path = ""
  await waitUntil("the link was mailed", async () => {
    path ||= box.take().flatMap(({ text }) => /\/s\/[0-9a-f]{36}/.exec(text)?.[0] ?? [])[0] ?? ""
    return path !== ""
  })
  return { number, path }
}
const scoreOf = async (number: string) => (await sol.call("GET", `/tickets/${number}`)).body["surveyScore"]
const newPage = async (options: BrowserContextOptions) =>
  (await (await browser()).newContext({ bypassCSP: true, ...options })).newPage()
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/survey-${name}.png`, fullPage: true })
}
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

for (const [language, texts, width, colorScheme, style] of [
  ["es", es, 390, "light", "stars"],
  ["es", es, 320, "dark", "smileys"],
  ["en", en, 1440, "dark", "stars"],
  ["en", en, 390, "light", "smileys"],
] as const)
  test(`by keyboard alone, in the customer's language (${language}, ${width}, ${colorScheme}, ${style})`, async () => {
    assert.equal((await sol.call("PUT", "/settings/survey.style", { value: style })).status, 200)
    const { number, path } = await asked(language)
    const other = language === "es" ? "en-US" : "es-CO"
    const page = await newPage({ locale: other, colorScheme, viewport: { width, height: 844 } })
    await page.goto(hilo.url + path)
    await page.getByText(`Tienda & Taller <1> · ${number}`).waitFor()
    const question = page.getByRole("group", { name: texts["surveyPage.question"] })
    await question.waitFor()
    assert.deepEqual(await axe(page), [])
    assert.equal(await isTooWide(page), false)
    assert.equal(await page.locator(style === "stars" ? ".star:visible" : ".smiley:visible").count(), 5)
    await photo(page, `${language}-${width}-${style}`)
    await page.getByRole("button", { name: texts["surveyPage.send"] }).press("Enter")
    await page.getByText(texts["surveyPage.missing"]).waitFor()
    await page.keyboard.press("ArrowRight")
    for (let n = 0; n < 2; n++) await page.keyboard.press("ArrowRight")
    await page.getByText(texts["surveyPage.missing"]).waitFor({ state: "hidden" })
    const chosen = await page.evaluate(() => document.querySelector<HTMLInputElement>("input:checked")?.value)
    assert.ok(
      await page.getByRole("radio", { name: texts[`surveyPage.score.${chosen as "4"}`], exact: true }).isChecked(),
    )
    await page.keyboard.press("Tab")
    await page.keyboard.type("Rápido y amable")
    assert.deepEqual(await axe(page), [])
    await photo(page, `${language}-${width}-${style}-chosen`)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.getByText(texts["surveyPage.thanksText"]).waitFor()
    assert.deepEqual(await axe(page), [])
    assert.equal(await scoreOf(number), Number(chosen))
    await page.reload()
    await page.getByText(texts["surveyPage.thanksText"]).waitFor()
    assert.equal(await page.getByRole("radio").count(), 0)
    await page.context().close()
  })

test("without scripts, and with a comment that is no HTML", async () => {
  const { number, path } = await asked("es")
  const page = await newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto(hilo.url + path)
  await page.getByRole("radio", { name: es["surveyPage.score.2"], exact: true }).check({ force: true })
  await page.getByLabel(es["surveyPage.comment"]).fill("<b>mal</b> & caro")
  await page.getByRole("button", { name: es["surveyPage.send"] }).click()
  await page.getByText(es["surveyPage.thanksText"]).waitFor()
  assert.equal(new URL(page.url()).pathname, path)
  assert.equal(await scoreOf(number), 2)
  const { body } = await sol.call("GET", `/tickets/${number}/surveys`)
  assert.equal((body["items"] as { comment: string }[])[0]!.comment, "<b>mal</b> & caro")
  await page.context().close()
})

test("on a line that breaks what was written stays, and an answer that was lost on its way is not a second one", async () => {
  const { number, path } = await asked("es")
  const page = await newPage({ viewport: { width: 390, height: 844 } })
  let tries = 0
  await page.route("**/api/v1/surveys/*", async (route) => {
    if (++tries === 2) await route.fetch()
    return tries <= 2 ? route.abort() : route.continue()
  })
  await page.goto(hilo.url + path)
  await page.getByRole("radio", { name: es["surveyPage.score.5"], exact: true }).check({ force: true })
  await page.getByLabel(es["surveyPage.comment"]).fill("Todo bien")
  const send = page.getByRole("button", { name: es["surveyPage.send"] })
  for (let n = 0; n < 2; n++) {
    await send.click()
    await page.getByText(es["problem.network"]).waitFor()
  }
  assert.equal(await page.getByLabel(es["surveyPage.comment"]).inputValue(), "Todo bien")
  assert.deepEqual(await axe(page), [])
  await send.click()
  await page.getByText(es["surveyPage.thanksText"]).waitFor()
  assert.equal(await scoreOf(number), 5)
  await page.context().close()
})

test("the page is small, kept by nobody, and says politely when a link is over; looking changes nothing", async () => {
  const { number, path } = await asked("en")
  const look = (address: string) => fetch(hilo.url + address, { headers: { "accept-language": "en" } })
  const page = await look(path)
  assert.ok((await page.text()).length < 30_000)
  assert.partialDeepStrictEqual(Object.fromEntries(page.headers), {
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
  })
  assert.match(String(page.headers.get("content-security-policy")), /frame-ancestors 'none'/)
  assert.equal(await scoreOf(number), null)
  const { rows } = await hilo.db.pool.query(
    "select count(*)::int as n from events where kind = 'survey.answered' and data = '{}'",
  )
  assert.equal(rows[0].n, 0)
  const over = await newPage({ locale: "en-US", viewport: { width: 390, height: 844 } })
  await over.goto(hilo.url + path)
  await over.getByRole("radio", { name: en["surveyPage.score.5"], exact: true }).check({ force: true })
  await hilo.db.pool.query("update surveys set ends_at = sent_at where score is null")
  await over.getByRole("button", { name: en["surveyPage.send"] }).press("Enter")
  await over.getByText(en["surveyPage.over"]).waitFor()
  assert.equal(await focusedId(over), "over")
  const answer = await over.goto(`${hilo.url}/s/${"0".repeat(36)}`)
  await over.getByText(en["surveyPage.over"]).waitFor()
  assert.deepEqual([answer!.status(), await axe(over)], [404, []])
  await photo(over, "over")
  await over.context().close()
})
