// An admin sets by keyboard what the desk is called, where it is and which contacts staff see, and links other systems; nobody else is
// offered it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { createFakeGestionReal, hookBearer } from "../fakes/gestion-real.ts"
import { splynxKey, splynxSecret, startFakeSplynx } from "../fakes/splynx.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const splynx = await startFakeSplynx()
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

/** An opening that nobody could process: it came before the Splynx that it belongs to was linked. */
async function failedOpening(number: number) {
  const { url, ...post } = createFakeGestionReal().opens({ number })
  assert.equal((await hilo.app.inject({ method: "POST", url, ...post })).statusCode, 200)
  await waitUntil("it was tried", async () => {
    const { rowCount } = await hilo.db.pool.query("update system_hooks set state = 'failed' where tries > 0")
    return rowCount === 1
  })
}

test("an admin links Splynx, mends it by what the test says, and has processed again what waited for it", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es", width: 390 })
  const record = { kind: "gestionreal", name: "Gestión Real", settings: { bearer: hookBearer } }
  const headers = { origin: hilo.url }
  const linked = await context.request.post(`${hilo.url}/api/v1/links/systems`, { data: record, headers })
  assert.equal(linked.status(), 201)
  await failedOpening(4711)

  const page = await open("/settings/linked-systems")
  await page.getByRole("link", { name: es["linkedSystems.new"] }).press("Enter")
  const field = (id: keyof typeof es) => page.getByLabel(es[id], { exact: true })
  await field("field.name").fill("Splynx Norte")
  await field("linkedSystems.auth").selectOption("basic")
  await field("linkedSystems.key").fill(splynxKey)
  await field("linkedSystems.secret").fill("another secret")
  await field("linkedSystems.baseUrl").fill("http://splynx.example.com")
  const create = page.getByRole("button", { name: es["action.create"] })
  await create.press("Enter")
  await page.getByText(es["linkedSystems.wrong.baseUrl"]).waitFor()
  await field("linkedSystems.baseUrl").fill(splynx.url)
  await create.press("Enter")

  const ask = page.getByRole("button", { name: es["linkedSystems.test"] })
  await ask.press("Enter")
  await page.getByText(es["linkedSystems.result.credentials"].replace("{value}", "401")).waitFor()
  const replace = page.getByRole("button", { name: `${es["secret.replace"]}: ${es["linkedSystems.secret"]}` })
  await replace.press("Enter")
  await page.keyboard.type(splynxSecret)
  assert.equal(await ask.getAttribute("aria-disabled"), "true", "what is not saved cannot be tested")
  await page.keyboard.press("Enter")
  await replace.waitFor()
  await ask.press("Enter")
  // The key was not typed again: it is the one that was kept.
  await page.getByText(es["linkedSystems.result.readable"]).waitFor()
  assert.deepEqual(await axe(page), [])

  await page.goto(`${hilo.url}/settings/linked-systems`)
  await field("linkedSystems.window").fill("5")
  await page.getByRole("button", { name: es["action.save"] }).press("Enter")
  await page.getByText(es["action.saved"], { exact: true }).waitFor()
  assert.equal((await stored())["TICKET_REOPEN_WINDOW_MINUTES"], 5)

  await page.goto(`${hilo.url}/settings/failed-hooks`)
  await page.getByText(es["failedHooks.reason.not_found"]).waitFor()
  await page.getByRole("button", { name: new RegExp(`^${es["failedHooks.replay"]}`) }).press("Enter")
  await page.getByText(es["failedHooks.empty"]).waitFor()
  let number = ""
  await waitUntil("its ticket is there", async () => {
    number = (await hilo.db.pool.query("select number from tickets where kind = 'mirrored'")).rows[0]?.number ?? ""
    return number !== ""
  })

  await page.goto(`${hilo.url}/tickets/${number}`)
  await page.getByText(es["composer.mirrored"]).waitFor()
  assert.equal(await page.getByRole("tab", { name: es["composer.reply"] }).count(), 0)
  await page.getByText(es["why.agreement_opened"].replace("{recordSystem}", "Gestión Real")).first().waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole("link", { name: es["composer.agreement"] }).press("Enter")
  await page.getByRole("link", { name: number }).waitFor()

  await page.goto(`${hilo.url}/settings/linked-systems`)
  await page.getByRole("button", { name: `${es["action.more"]}: Splynx Norte` }).press("Enter")
  await page.getByRole("menuitem", { name: es["action.delete"] }).press("Enter")
  await page.getByRole("button", { name: es["action.delete"], exact: true }).press("Enter")
  await page.getByRole("alert").getByText("Uno de sus tickets sigue abierto").waitFor()
  await context.close()
})
