// Staff: an admin sets how tickets close and customers are asked, and what came of it stands in the thread, the details and the list.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const box = await startSmtpServer("http://hilo.test")
const hilo = await startApp({ SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" })
const sol = await member(hilo, { email: "sol@example.com", name: "Sol", role: "admin" })
const chatId = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: "Tienda" }))
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/closing-${name}.png`, fullPage: true })
}
const settingOf = async (name: string) => (await sol.call("GET", `/settings/${name}`)).body["value"]
let people = 0

/** A ticket that was resolved, whose closing was announced and whose customer answered. */
async function answered(score: number, comment: string) {
  const contact = { email: `eva${++people}@example.com`, name: `Eva ${people}` }
  const { body } = await sol.call("POST", "/tickets", { subject: "Caja rota", contact })
  const [id, number] = [String(body["id"]), String(body["number"])]
  await sol.call("PUT", `/tickets/${id}/status`, { status: "resolved" })
  let path = ""
  await waitUntil("the link was mailed", async () => {
    path ||= box.take().flatMap(({ text }) => /\/s\/[0-9a-f]{36}/.exec(text)?.[0] ?? [])[0] ?? ""
    return path !== ""
  })
  const answer = await hilo.app.inject({
    method: "POST",
    url: `/api/v1/surveys/${path.slice(3)}`,
    payload: { score, comment },
  })
  assert.equal(answer.statusCode, 200)
  await hilo.db.pool.query("update tickets set resolved_at = resolved_at - interval '3 days' where id = $1", [id])
  await waitUntil("its closing is announced", async () => {
    const { rows } = await hilo.db.pool.query("select closing_announced_at as at from tickets where id = $1", [id])
    return rows[0].at !== null
  })
  return { number, name: contact.name }
}

for (const [language, texts, width] of [
  ["es", es, 390],
  ["en", en, 1440],
] as const)
  test(`an admin sets it by keyboard and reads what customers answered (${language}, ${width})`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/settings/closing-and-survey")
    const days = page.getByLabel(texts["closingAndSurvey.days"])
    await days.fill("4")
    await days.fill("5")
    await page.getByLabel(texts["closingAndSurvey.style"]).selectOption("smileys")
    await page.getByLabel(texts["closingAndSurvey.question.es"]).fill(`¿Qué tal, ${width}?`)
    assert.deepEqual(await axe(page), [])
    await photo(page, `settings-${language}-${width}`)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await page.getByRole("button", { name: texts["action.save"] }).press("Enter")
    await page.getByText(texts["action.saved"], { exact: true }).waitFor()
    assert.deepEqual(
      [await settingOf("support.autoCloseDays"), await settingOf("survey.style"), await settingOf("survey.question")],
      [5, "smileys", { es: `¿Qué tal, ${width}?`, en: "" }],
    )
    await sol.call("PUT", "/settings/support.autoCloseDays", { value: 4 })

    const { number, name } = await answered(2, "Tardó <mucho>")
    await page.goto(`${hilo.url}/tickets/${number}`)
    await page.getByText("Tardó <mucho>").waitFor()
    await page.getByText(texts["event.survey.answered"].replace("{score}", "2")).first().waitFor()
    await page.getByText(texts["why.survey_sent"]).waitFor()
    const announced = texts["event.ticket.closing_announced"].split("{when}")
    await page.getByText(announced[0]!.trim()).waitFor()
    assert.deepEqual(await axe(page), [])
    await photo(page, `thread-${language}-${width}`)

    await hilo.db.pool.query("update tickets set resolved_at = resolved_at - interval '1 day' where number = $1", [
      number,
    ])
    await page.getByText(texts["why.auto_closed"].replace("{days}", "4")).waitFor()
    assert.deepEqual(await axe(page), [])
    await photo(page, `closed-${language}-${width}`)

    await page.goto(`${hilo.url}/inbox?view=all&surveyScore=2`)
    await page
      .getByRole("img", { name: texts["survey.result"].replace("{score}", "2") })
      .first()
      .waitFor()
    await page.getByText(name).first().waitFor()
    assert.deepEqual(await axe(page), [])
    await photo(page, `list-${language}-${width}`)
    await page.goto(`${hilo.url}/inbox?view=all&surveyScore=5`)
    await page.getByText(texts["inbox.empty.search.title"]).waitFor()
    assert.equal(await page.getByText(name).count(), 0)
    await context.close()
  })

test("a connection is given a survey where its texts are set", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "en" })
  const page = await open("/settings/connections")
  await page.getByRole("button", { name: `${en["action.more"]}: Tienda` }).press("Enter")
  await page.getByRole("menuitem", { name: en["action.edit"] }).press("Enter")
  await page.getByLabel(en["connections.survey"]).press("Space")
  assert.deepEqual(await axe(page), [])
  await page.getByRole("button", { name: en["action.save"] }).press("Enter")
  await page.getByText(en["action.saved"], { exact: true }).waitFor()
  const { body } = await sol.call("GET", `/connections/${chatId}`)
  assert.deepEqual([body["survey"], body["surveyTemplate"]], [true, null])
  await context.close()
})
