// A conversation that begins by a template: the dialog names each number, and says of one why it does not go from there.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Locator, Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { verifyToken } from "../desks/whatsapp-number.ts"
import {
  accessToken,
  appSecret,
  approvedTemplate,
  phoneNumberId,
  startFakeGraphApi,
  wabaId,
} from "../fakes/graph-api.ts"
import { dataFolder, waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const graph = await startFakeGraphApi()
graph.templates = [
  approvedTemplate("hola", "Hola {{1}}"),
  approvedTemplate("oferta", "Hola {{1}}", { category: "MARKETING" }),
]
const hilo = await startApp({ WHATSAPP_API_URL: graph.url, HILO_DATA: dataFolder() })
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

async function connect(name: string): Promise<string> {
  // The fake has one number.
  await hilo.db.pool.query("update connections set shares_number = true")
  const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken }
  const id = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "whatsapp", name, settings }))
  await key.call("POST", `/connections/${id}/templates/sync`, {})
  return id
}

test("a number that does not reach the phone is named and cannot be chosen", async () => {
  const sales = await connect("Sales")
  const support = await connect("Support")
  const contact = { name: "Rosa", phone: "+573007000001" }
  const { number } = (await key.call("POST", "/tickets", { subject: "Called", contact })).body as { number: string }
  graph.script = [{ does: "refuse", status: 400, code: 131026 }]
  const template = { name: "hola", language: "es", parameters: ["Rosa"] }
  await key.call("POST", `/tickets/${number}/messages`, { template, connectionId: sales })
  await waitUntil("it is known that Sales does not reach her", async () => {
    const { body } = await key.call("GET", `/tickets/${number}/reply-window`)
    return (body["templateConnections"] as { canSend: boolean }[]).some(({ canSend }) => !canSend)
  })
  await inBothLanguages(number, async ({ page, dialog, texts }) => {
    const choice = dialog.getByLabel(texts["unreachable.connection"])
    await choice.waitFor()
    assert.equal(await choice.inputValue(), support)
    const refused = texts["unreachable.connection.undeliverable"].replace("{name}", "Sales")
    assert.deepEqual(await choice.getByRole("option").allTextContents(), [refused, "Support"])
    assert.equal(await choice.getByRole("option", { name: refused }).isDisabled(), true)
    assert.deepEqual(await axe(page), [])
  })
})

test("a contact who wants no marketing is offered none, on any number", async () => {
  const offers = await connect("Offers")
  const contact = { name: "Luz", phone: "+573007000002" }
  const { number } = (await key.call("POST", "/tickets", { subject: "Called", contact })).body as { number: string }
  graph.script = [{ does: "refuse", status: 400, code: 131050 }]
  const offer = { template: { name: "oferta", language: "es", parameters: ["Luz"] }, connectionId: offers }
  assert.equal((await key.call("POST", `/tickets/${number}/messages`, offer)).status, 201)
  const offered = async () =>
    (await key.call("GET", `/tickets/${number}/reply-window`)).body["templateConnections"] as Offer[]
  await waitUntil("it is known that she wants none", async () => (await offered()).every((one) => one.refusesMarketing))
  assert.ok((await offered()).some(({ id, canSend }) => id === offers && canSend))
  const again = await key.call("POST", `/tickets/${number}/messages`, offer)
  assert.deepEqual([again.status, again.body["reason"]], [409, "opted_out"])
  await inBothLanguages(number, async ({ dialog, texts }) => {
    const template = dialog.getByLabel(texts["templates.template"], { exact: true })
    await template.waitFor()
    const option = (name: string) => template.getByRole("option", { name, exact: true })
    assert.equal(await option("hola · es").isDisabled(), false)
    assert.equal(await option(`oferta · es · ${texts["templates.unwanted"]}`).isDisabled(), true)
  })
})

test("a conversation is begun from the palette, a card and a new ticket; the active one is offered instead of another", async () => {
  await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Shop", settings: {} }))
  await key.call("POST", "/contacts", { name: "Iris Peña", identities: [{ kind: "phone", value: "+573007000003" }] })
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open("/inbox")
  await page.locator("main").waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: en["palette.placeholder"] }).fill(en["conversation.start"])
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: en["conversation.start"] })
  await dialog.getByLabel(en["details.contact"], { exact: true }).fill("iris")
  await dialog.getByRole("list", { name: en["newTicket.known"] }).getByRole("button").press("Enter")
  await dialog.getByLabel(en["conversation.connection"]).selectOption({ label: "Shop" })
  await dialog.getByText(en["conversation.to"].replace("{address}", "+573007000003")).waitFor()
  await dialog.getByLabel(en["conversation.text"]).fill("Your order is **here**")
  assert.deepEqual(await axe(page, { within: ["[role=dialog]"] }), [])
  await dialog.getByRole("button", { name: en["conversation.send"] }).press("Enter")
  await page.waitForURL(/\/tickets\//)
  await page.getByRole("log").locator("strong", { hasText: "here" }).waitFor()

  await page.getByRole("button", { name: en["conversation.start"] }).press("Enter")
  const again = page.getByRole("dialog", { name: en["conversation.with"].replace("{name}", "Iris Peña") })
  const choice = again.getByLabel(en["conversation.connection"])
  const shop = choice.getByRole("option", { name: /^Shop \(/ })
  await shop.waitFor({ state: "attached" })
  await choice.selectOption({ label: String(await shop.textContent()) })
  const link = again.getByRole("button", { name: /^Open TKT-/ })
  await link.waitFor()
  assert.equal(await again.getByRole("button", { name: en["conversation.send"] }).getAttribute("aria-disabled"), "true")
  await link.press("Enter")
  await again.waitFor({ state: "detached" })
  await page.getByRole("log").locator("strong", { hasText: "here" }).waitFor()

  await page.keyboard.press("c")
  const ticket = page.getByRole("dialog", { name: en["newTicket.title"] })
  await ticket.getByLabel(en["identity.phone"], { exact: true }).fill("+573007000004")
  await ticket.getByRole("button", { name: en["conversation.start"] }).press("Enter")
  assert.equal(await dialog.getByLabel(en["identity.phone"], { exact: true }).inputValue(), "+573007000004")
  await dialog.getByLabel(en["conversation.connection"]).waitFor()
  await context.close()
})

type StartDialog = { page: Page; dialog: Locator; texts: typeof en | typeof es }

/** Opens the dialog from the ticket's screen, in English at a desk and in Spanish on a phone. */
async function inBothLanguages(number: string, check: (opened: StartDialog) => Promise<void>) {
  for (const [language, width, texts] of [
    ["en", 1440, en],
    ["es", 390, es],
  ] as const) {
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open(`/tickets/${number}?view=all`)
    await page.getByRole("button", { name: texts["whatsapp.startConversation"] }).click()
    await check({ page, dialog: page.getByRole("dialog", { name: texts["whatsapp.startConversation"] }), texts })
    await context.close()
  }
}

type Offer = { id: string; canSend: boolean; refusesMarketing: boolean }
