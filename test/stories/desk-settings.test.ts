// An admin sets by keyboard what the desk is called, where it is and which contacts staff see; nobody else is offered it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const stored = async () => {
  const { rows } = await hilo.db.pool.query("select name, value from settings order by name")
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

for (const [language, width, texts, country] of [
  ["es", 390, es, "CO"],
  ["en", 1440, en, "MX"],
] as const)
  test(`an admin changes the desk by keyboard (${language}, ${width})`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/settings/desk")
    const name = page.getByLabel(texts["desk.name"], { exact: true })
    const save = page.getByRole("button", { name: texts["action.save"] })
    await name.waitFor()
    assert.equal(await save.getAttribute("aria-disabled"), "true")
    await name.focus()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type(`Mesa ${country}`)
    await page.getByLabel(texts["setup.country"]).selectOption(country)
    await page.getByLabel(texts["desk.visibility"]).selectOption(language === "es" ? "all" : "scoped")
    assert.deepEqual(await axe(page), [])
    const folder = process.env["HILO_TEST_SHOTS"]
    if (folder) await page.screenshot({ path: `${folder}/desk-${language}.png`, fullPage: true })
    await save.press("Enter")
    await page.getByText(texts["action.saved"], { exact: true }).waitFor()
    assert.partialDeepStrictEqual(await stored(), {
      "desk.name": `Mesa ${country}`,
      "desk.country": country,
      "contacts.visibility": language === "es" ? "all" : "scoped",
    })
    await page.reload()
    await name.waitFor()
    assert.equal(await name.inputValue(), `Mesa ${country}`)

    // What is taken is said in the reader's language, at its field, and no race is blamed.
    await page.goto(`${hilo.url}/settings/categories`)
    const dialog = page.getByRole("dialog")
    const field = dialog.getByLabel(texts["field.name"], { exact: true })
    const create = async (value: string) => {
      await page.getByRole("button", { name: texts["categories.new"], exact: true }).first().press("Enter")
      await field.fill(value)
      await field.press("Enter")
    }
    await create(`Señal ${country}`)
    await dialog.waitFor({ state: "detached" })
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST")
    await create(`SEÑAL ${country}`)
    const refused = await answered
    assert.partialDeepStrictEqual(
      [refused.status(), await refused.json()],
      [400, { code: "duplicate_entry", detail: "Duplicate entry for name" }],
    )
    await dialog.getByText(`${texts["audit.field.name"]}: ${texts["wrong.taken"]}`).waitFor()
    assert.equal(await field.getAttribute("aria-invalid"), "true")
    assert.equal(await field.inputValue(), `SEÑAL ${country}`)
    assert.doesNotMatch(await page.locator("body").innerText(), /duplicate|race|carrera|a la vez/i)
    assert.deepEqual(await axe(page), [])
    await context.close()
  })

test("an agent is not offered the desk's settings", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { role: "agent" })
  const page = await open("/settings/desk")
  await page.getByText(en["settings.notAllowed"]).waitFor()
  assert.equal(await page.getByRole("link", { name: en["settings.desk"] }).count(), 0)
  await context.close()
})
