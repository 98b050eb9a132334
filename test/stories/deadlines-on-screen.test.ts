// An admin makes an SLA policy by the keyboard, and its deadlines stand in the list and on the ticket, in both languages.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Locator, Page } from "playwright-core"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const rows = async (sql: string) => (await hilo.db.pool.query<Record<string, unknown>>(sql)).rows
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/sla-${name}.png`, fullPage: true })
}
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

for (const [language, width, texts] of [
  ["es", 390, es],
  ["en", 1440, en],
] as const)
  test(`a policy is made, and its deadlines are seen (${language}, ${width})`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/settings/sla-policies")
    const name = `Soporte ${language}`
    await page.getByRole("button", { name: texts["policies.new"] }).press("Enter")
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel(texts["field.name"]).fill(name)
    await dialog.getByLabel(texts["policies.default"]).press("Space")
    await dialog.getByRole("status").filter({ hasText: /\d/ }).waitFor()
    assert.deepEqual(await axe(page), [])
    await photo(page, `form-${language}-${width}`)
    assert.equal(await isTooWide(page), false)
    await dialog.getByRole("button", { name: texts["action.create"] }).press("Enter")
    await page.getByText(name).first().waitFor()
    await moveAnother(page, context, texts)
    const subject = `Sin señal ${language}`
    const headers = { origin: hilo.url }
    const made = await context.request.post(`${hilo.url}/api/v1/tickets`, { data: { subject }, headers })
    assert.equal(made.status(), 201)
    const { id, number } = (await made.json()) as { id: string; number: string }
    const hasSome = `select from ticket_sla where ticket_id = '${id}'`
    await waitUntil("it has its deadlines", async () => (await rows(hasSome)).length > 0)
    const inbox = await open("/inbox?view=all&sort=deadline")
    const due = texts["sla.metric.first_response"]
    const row = inbox.locator(`[data-number="${number}"]`)
    await row.getByRole("img", { name: due }).waitFor()
    assert.deepEqual(await axe(inbox), [])
    await photo(inbox, `list-${language}-${width}`)
    await row.getByRole("link").click()
    const deadlines = inbox.getByRole("list", { name: texts["sla.deadlines"] }).first()
    await deadlines.getByText(due).waitFor()
    assert.deepEqual(await axe(inbox), [])
    await photo(inbox, `ticket-${language}-${width}`)
    await rows(`update sla_targets set due_at = now() - interval '2 hours', wakes_at = now()
      where ticket_id = '${id}' and metric = 'first_response'`)
    hilo.db.wakes.wake("sla")
    const isMissed = `select from ticket_sla where ticket_id = '${id}' and state = 'breached'`
    await waitUntil("it is missed", async () => (await rows(isMissed)).length > 0)
    const missed = await open("/inbox?view=breached")
    await missed.locator(`[data-number="${number}"]`).waitFor()
    const views = missed.getByRole("navigation", { name: texts["view.label"] })
    if (width === 1440)
      await views.getByRole("link", { name: texts["view.breached"] }).getByText("1", { exact: true }).waitFor()
    if (width === 1440) await saveDueToday(missed, texts)
    await context.close()
  })

/** A view saved from what is due today, under a long name, asks for the day on which it is opened. */
async function saveDueToday(page: Page, texts: typeof en | typeof es) {
  await page.goto(`${hilo.url}/inbox?view=dueToday&createdFrom=2026-01-01`)
  await page.getByRole("button", { name: texts["list.more"] }).press("Enter")
  await page.getByRole("menuitem", { name: texts["savedView.new"] }).press("Enter")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(texts["field.name"]).fill("Vencen hoy, del turno de la mañana y de quien lo cubre")
  await dialog.getByRole("button", { name: texts["action.save"] }).press("Enter")
  await page.waitForURL(/view=saved/)
  const asked = page.waitForRequest((request) => /\/tickets\?.*slaDueTo=today/.test(request.url()))
  await page.reload()
  await asked
  const chip = `${texts["filter.slaDueTo"]}: ${texts["time.today"]}`
  await page.getByRole("button", { name: chip, exact: true }).waitFor()
  const [saved] = await rows("select filters from views")
  const phase = ["new", "active", "waiting"]
  const filters = { phase, slaState: ["on_track", "warning"], slaDueTo: "today", createdFrom: "2026-01-01" }
  assert.deepEqual(saved, { filters })
  await page.setViewportSize({ width: 1024, height: 900 })
  const right = (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().right)
  const column = page.getByRole("region", { name: texts["list.label"] })
  assert.ok((await right(page.getByRole("search"))) < (await right(column)), "a long name leaves the column as it is")
}

/** The keyboard moves one before another, and stays where it was; the default one has no place to move from. */
async function moveAnother(page: Page, context: BrowserContext, texts: typeof en | typeof es) {
  const conditions = [{ field: "subject", operator: "equals", value: "nunca" }]
  const up = (name: string) =>
    page.getByRole("button", { name: texts["entity.up"].replace("{name}", name), exact: true })
  for (const name of ["Oro", "Plata"]) {
    const data = { name, priority: -1, targets: null, conditions }
    await context.request.post(`${hilo.url}/api/v1/sla-policies`, { data, headers: { origin: hilo.url } })
    await page.reload()
    await page.getByText(name, { exact: true }).waitFor()
    // What is alone has no place to move to; another one that was the default is no default any more.
    const ordered = await rows("select name from sla_policies where not is_default")
    assert.equal(await up(name).count(), ordered.length > 1 ? 1 : 0)
  }
  await up("Plata").press("Enter")
  await page.getByRole("listitem").first().getByText("Plata", { exact: true }).waitFor()
  assert.ok(await up("Plata").evaluate((button) => button === document.activeElement))
  const order = await rows("select name from sla_policies where name in ('Oro', 'Plata') order by priority")
  assert.deepEqual(order, [{ name: "Plata" }, { name: "Oro" }])
  const isDefault = await rows("select name from sla_policies where is_default")
  assert.equal(await up(String(isDefault[0]!["name"])).count(), 0)
  await rows("delete from sla_policies where name in ('Oro', 'Plata')")
}

test("an agent is not offered policies", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { role: "agent" })
  const page = await open("/settings/sla-policies")
  await page.getByText(en["settings.notAllowed"]).waitFor()
  await context.close()
})
