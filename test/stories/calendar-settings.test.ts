// An admin draws the hours of the desk by keyboard and reads what they mean before they count; nobody else is offered it.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const stored = async (name: string) =>
  (await hilo.db.pool.query("select * from calendars where name = $1", [name])).rows[0]
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/calendar-${name}.png`, fullPage: true })
}
/** Focuses what is named and types; a field of the browser takes the digits of a time one after the other. */
async function type(page: Page, label: string, keys: string) {
  await page.getByLabel(label, { exact: true }).first().focus()
  await page.keyboard.type(keys)
}

for (const [language, width, texts, monday, keys] of [
  ["es", 390, es, "lunes", { from: "0800", to: "1300" }],
  ["es", 1024, es, "lunes", { from: "0800", to: "1300" }],
  ["en", 1440, en, "Monday", { from: "0800a", to: "0100p" }],
] as const)
  test(`an admin makes a calendar by keyboard and sees what it means (${language}, ${width})`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/settings/calendars")
    const name = `Soporte ${language} ${width}`
    await page.getByRole("link", { name: texts["calendars.new"] }).press("Enter")
    await type(page, texts["field.name"], name)
    const preview = page.getByRole("region", { name: texts["calendars.preview"] })
    await preview
      .getByRole("status")
      .filter({ hasText: /\d\d:\d\d/ })
      .waitFor()
    await type(page, texts["calendars.from"].replace("{day}", monday), keys.from)
    await type(page, texts["calendars.to"].replace("{day}", monday), keys.to)
    await page.getByRole("button", { name: texts["calendars.addTo"].replace("{day}", monday) }).press("Enter")
    await page.getByLabel(texts["calendars.country"]).selectOption("ES")
    await page.getByLabel(texts["calendars.region"]).selectOption("MD")
    await page.getByRole("button", { name: texts["calendars.addHoliday"] }).press("Enter")
    await page.getByLabel(texts["calendars.date"], { exact: true }).fill("2026-12-24")
    await type(page, texts["calendars.holidayName"], "Nochebuena")
    await page.getByLabel(texts["calendars.yearly"]).press("Space")
    await preview.getByText("Navidad").waitFor()
    assert.deepEqual(await axe(page), [])
    await photo(page, `${language}-${width}`)
    await page.emulateMedia({ colorScheme: "dark" })
    assert.deepEqual(await axe(page, { rules: ["color-contrast"] }), [])
    await photo(page, `${language}-${width}-dark`)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await page.getByRole("button", { name: texts["action.create"] }).press("Enter")
    await page.getByRole("link", { name }).waitFor()
    await photo(page, `list-${language}-${width}`)
    const row = await stored(name)
    assert.partialDeepStrictEqual(row, {
      holiday_country: "ES",
      holiday_region: "MD",
      holidays: [{ date: "2026-12-24", name: "Nochebuena", yearly: true }],
    })
    const mondays = row.intervals.filter(({ day }: { day: number }) => day === 1)
    assert.deepEqual(mondays, [
      { day: 1, from: "08:00", to: "13:00" },
      { day: 1, from: "09:00", to: "18:00" },
    ])
    await context.close()
  })

test("an end that is its start is said beside it, and the server's refusal too; what is used says by what", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "en" })
  const api = async (path: string, data: object) => {
    const headers = { origin: hilo.url }
    return (await (await context.request.post(`${hilo.url}/api/v1${path}`, { data, headers })).json()) as { id: string }
  }
  const rules = { timezone: "America/Bogota", intervals: [{ day: 1, from: "09:00", to: "24:00" }] }
  const { id } = await api("/calendars", { name: "Used", ...rules })
  await api("/connections", { kind: "api", name: "Front desk", calendarId: id })
  const page = await open(`/settings/calendars/${id}`)
  const until = page.getByLabel(en["calendars.to"].replace("{day}", "Monday"), { exact: true })
  assert.equal(await until.inputValue(), "00:00", "the end of the day")
  await until.fill("09:00")
  await page.getByText(en["calendars.sameTime"]).waitFor()
  await page.getByText(en["calendars.noPreview"]).waitFor()
  await page.getByRole("button", { name: en["action.save"] }).press("Enter")
  await page.getByText(en["settings.saveFailed"]).waitFor()
  await until.fill("00:00")
  await page.getByRole("button", { name: en["action.save"] }).press("Enter")
  await page.getByRole("button", { name: `${en["action.more"]}: Used` }).press("Enter")
  await page.getByRole("menuitem", { name: en["action.delete"] }).press("Enter")
  await page.getByRole("button", { name: en["action.delete"] }).press("Enter")
  await page.getByText("It is still used by: Front desk.").waitFor()
  await context.close()
})

test("an agent is not offered calendars", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { role: "agent" })
  const page = await open("/settings/calendars")
  await page.getByText(en["settings.notAllowed"]).waitFor()
  assert.equal(await page.getByRole("link", { name: en["settings.calendars"] }).count(), 0)
  await context.close()
})
