// Somebody is looked for by what one remembers of them, and a number is seen as it will be read.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { setupLink } from "#people/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const link = (await setupLink(hilo.db, hilo.url))!

test("the set-up asks for the country, and guesses it", async () => {
  for (const width of [390, 1440]) {
    const context = await (
      await browser()
    ).newContext({
      locale: "es-419",
      timezoneId: "America/Bogota",
      viewport: { width, height: 900 },
    })
    const page = await context.newPage()
    await page.goto(link)
    const country = page.getByRole("combobox", { name: es["setup.country"] })
    await country.waitFor()
    assert.equal(await country.inputValue(), "CO")
    if (width === 1440) {
      await page.getByLabel(es["field.name"], { exact: true }).fill("Ana")
      await page.getByLabel(es["field.email"]).fill("root@example.com")
      await page.getByLabel(es["field.password"]).fill("correct horse battery staple")
      await page.getByRole("button", { name: es["setup.go"] }).press("Enter")
      await page.waitForURL("**/inbox**")
    }
    await context.close()
  }
  const { rows } = await hilo.db.pool.query("select value from settings where name = 'desk.country'")
  assert.deepEqual(rows, [{ value: "CO" }])
})

for (const [language, texts] of [
  ["es", es],
  ["en", en],
] as const)
  for (const width of [390, 1440])
    test(`people come first in the palette, and a local phone is shown with its country: ${language}, ${width}`, async () => {
      const key = await member(hilo, { email: `key-${language}-${width}@example.com`, name: "Key", role: "admin" })
      const phone = `+573005559${String(width).slice(0, 2)}${language === "es" ? 1 : 2}`
      const contact = { name: "Carla Ramírez Núñez", phone }
      const { body, status } = await key.call("POST", "/tickets", { subject: `Nevera ${language} ${width}`, contact })
      assert.equal(status, 201, JSON.stringify(body))
      const { context, open } = await inviteAndSignIn(hilo, { language, width })
      const page = await open("/inbox")
      await page.locator("main").waitFor()
      await page.keyboard.press("Control+k")
      const box = page.getByRole("combobox", { name: texts["palette.placeholder"] })
      await box.fill(phone.slice(3))
      const person = page.getByRole("option", { name: new RegExp(`Ramírez.*\\${phone}`) })
      await person.waitFor()
      assert.equal(await page.getByRole("option").first().textContent(), await person.textContent())
      assert.equal(await page.getByRole("option", { name: /TKT-/ }).count(), 0)
      await box.press("Enter")
      await page.getByText(`Nevera ${language} ${width}`).first().waitFor()
      await page.keyboard.press("Control+k")
      await box.fill(texts["newTicket.title"])
      await box.press("Enter")
      await page.getByLabel(texts["identity.phone"]).fill("300 999 8877")
      await page.getByRole("status").filter({ hasText: "+57 300 9998877 · Colombia" }).waitFor()
      await page.getByLabel(texts["identity.phone"]).fill("99 999 8877")
      await page.getByText(texts["phone.unreadOf"].replace("{country}", "Colombia")).waitFor()
      await context.close()
    })
