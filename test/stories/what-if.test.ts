// An admin tries a rule and a reopening window on what has been, and reads which tickets would have gone differently, and why.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()

for (const [language, width, texts] of [
  ["es", 390, es],
  ["en", 1440, en],
] as const)
  test(`a rule and a window are tried before they are saved (${language}, ${width})`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const api = async (method: "post" | "put", path: string, data: object) => {
      const answer = await context.request[method](`${hilo.url}/api/v1${path}`, { data, headers: { origin: hilo.url } })
      assert.ok(answer.ok(), await answer.text())
      return (await answer.json()) as { id: string; number: string; ticket: { id: string; number: string } }
    }
    const [home, sales] = [`Mesa ${language}`, `Ventas ${language}`]
    const { id: teamId } = await api("post", "/teams", { name: home })
    await api("post", "/teams", { name: sales, memberIds: [] })
    const me = (await (await context.request.get(`${hilo.url}/api/v1/me`)).json()) as { id: string; name: string }
    const loud = await api("post", "/tickets", { subject: `FACTURA ${language}`, teamId })
    await api("post", "/tickets", { subject: "Otra cosa", teamId })
    const source = await api("post", "/connections", { kind: "api", name: `Tienda ${language}` })
    const says = (externalId: string) =>
      api("post", `/connections/${source.id}/messages`, {
        externalId: `${language} ${externalId}`,
        contact: { id: `ana-${language}@example.com` },
        text: "¿Hay alguien?",
      })
    const { ticket } = await says("1")
    await api("put", `/tickets/${ticket.id}/status`, { status: "closed" })
    await says("2")

    const page = await open("/settings/rules")
    const panel = page.getByRole("region", { name: texts["simulations.title"] })
    const tryIt = panel.getByRole("button", { name: texts["simulations.run"] })
    await page.getByRole("button", { name: texts["rules.new"] }).press("Enter")
    await page.getByLabel(texts["field.name"]).fill("Facturas")
    await page.getByRole("button", { name: texts["entity.add"] }).press("Enter")
    await page.getByLabel(texts["rules.field"], { exact: true }).selectOption("subject")
    await page.getByLabel(texts["rules.operator"]).selectOption("contains")
    await page.getByLabel(texts["entity.value"]).fill(`factura ${language}`)
    await page.getByLabel(texts["rules.then"]).selectOption("assign_agent")
    await page.getByLabel(texts["rules.agent"]).selectOption(me.id)
    await tryIt.press("Enter")
    await panel.getByRole("link", { name: loud.number }).waitFor()
    const outcome = texts["simulations.byRule"].replace("{target}", me.name).replace("{rule}", "Facturas")
    await panel.getByText(texts["simulations.then"].replace("{outcome}", outcome)).waitFor()
    await panel.getByText(texts["simulations.because.rule"].replace("{rule}", "Facturas")).waitFor()
    assert.equal(await panel.getByRole("link").count(), 1)
    assert.deepEqual(await axe(page), [])
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)

    await page.goto(`${hilo.url}/settings/connections`)
    await page.getByRole("button", { name: `${texts["action.more"]}: Tienda ${language}` }).press("Enter")
    await page.getByRole("menuitem", { name: texts["action.edit"] }).press("Enter")
    await page.getByLabel(texts["connections.window"]).fill("0")
    await tryIt.press("Enter")
    await panel.getByRole("link", { name: ticket.number }).waitFor()
    await panel.getByText(texts["simulations.newTicket"]).waitFor()
    assert.deepEqual(await axe(page), [])
    await context.close()
  })
