// An admin says when somebody works and what customers read while nobody does; the agent sees their own hours.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const row = async (sql: string, ...values: unknown[]) => (await hilo.db.pool.query(sql, values)).rows[0]

for (const [language, width, texts] of [
  ["es", 390, es],
  ["en", 1440, en],
] as const)
  test(`hours are chosen by keyboard and shown to whose they are (${language}, ${width})`, async () => {
    const name = `Bruno-${language}`
    const agent = await inviteAndSignIn(hilo, { name, role: "agent", language, width })
    const admin = await inviteAndSignIn(hilo, { language, width })
    const api = (path: string, data: object) =>
      admin.context.request.post(`${hilo.url}/api/v1${path}`, { data, headers: { origin: hilo.url } })
    const calendar = `Turno ${language}`
    // Three days from now: closed.
    const intervals = [{ day: (hilo.now().getUTCDay() + 3) % 7, from: "09:30", to: "18:00" }]
    await api("/calendars", { name: calendar, timezone: "UTC", intervals })
    await api("/connections", { kind: "api", name: `Tienda ${language}` })

    const page = await admin.open("/settings/staff")
    await page.getByRole("button", { name: texts["staff.actions"].replace("{name}", name) }).press("Enter")
    await page.getByRole("menuitem", { name: texts["action.edit"] }).press("Enter")
    await page.getByLabel(texts["staff.hours"]).selectOption({ label: `${calendar} (UTC)` })
    assert.deepEqual(await axe(page), [])
    await page.getByRole("button", { name: texts["action.save"] }).press("Enter")
    await page.getByRole("dialog").waitFor({ state: "detached" })

    await page.goto(`${hilo.url}/settings/connections`)
    await page.getByRole("button", { name: `${texts["action.more"]}: Tienda ${language}` }).press("Enter")
    await page.getByRole("menuitem", { name: texts["action.edit"] }).press("Enter")
    await page.getByLabel(texts["connections.calendar"]).selectOption({ label: `${calendar} (UTC)` })
    await page.getByLabel(texts["connections.outOfHours"]).fill("Volvemos el lunes")
    assert.deepEqual(await axe(page), [])
    await page.getByRole("button", { name: texts["action.save"] }).press("Enter")
    await page.getByRole("dialog").waitFor({ state: "detached" })
    const stored = `select c.name, n.out_of_hours_text as text from connections n join calendars c on c.id = n.calendar_id where n.name = $1`
    assert.deepEqual(await row(stored, `Tienda ${language}`), { name: calendar, text: "Volvemos el lunes" })

    const own = await agent.open("/settings/profile")
    await own.getByRole("heading", { name: texts["profile.hours"] }).waitFor()
    await own.getByText(calendar).waitFor()
    await own.getByText("09:30–18:00").waitFor()
    await own.getByText(texts["profile.outsideHours"].split("{")[0]!.trim()).waitFor()
    assert.deepEqual(await axe(own), [])
    assert.equal(await own.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    for (const { context } of [agent, admin]) await context.close()
  })
