// A keyboard user never loses the focus: after dialogs (accessibility-of-all-screens opens every one), drawers, and acts whose button is gone with the act.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
let ticket = ""

const make = async (subject: string) => {
  const { body } = await key.call("POST", "/tickets", { subject, contact: { name: "Carla", email: "c@example.com" } })
  return String(body["number"])
}
before(async () => {
  await key.call("POST", "/categories", { name: "Envíos" })
  await key.call("POST", "/connections", { kind: "api", name: "Puerta" })
  ticket = await make("First")
  await make("Second")
})

/** The dialog has the focus, and receives keys. */
const isOpen = (page: Page) => page.locator("[role=dialog]:focus-within").waitFor()

const isAt = (page: Page, wanted: RegExp) =>
  waitUntil(`the focus is at ${wanted}`, async () => wanted.test(await focused(page)))

test("a dialog gives the focus back to what opened it", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await open("/settings/categories")
  await page.getByRole("button", { name: es["categories.new"] }).press("Enter")
  await isOpen(page)
  await page.keyboard.press("Escape")
  await isAt(page, new RegExp(`^button ${es["categories.new"]}`))
  await page.goto(`${hilo.url}/tickets/${ticket}?view=all`)
  await page.getByRole("button", { name: es["action.more"], exact: true }).press("Enter")
  await page.getByRole("menuitem", { name: es["link.menu"] }).press("Enter")
  await isOpen(page)
  await page.keyboard.press("Escape")
  await isAt(page, new RegExp(`^button ${es["action.more"]}$`))
  await page.locator("#composer").focus()
  await page.keyboard.press("Control+k")
  await isOpen(page)
  await page.keyboard.press("Escape")
  await isAt(page, /^textarea/)
  await context.close()
})

test("the details, which come as a drawer where there is no room, give the focus back", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { width: 390 })
  const page = await open(`/tickets/${ticket}?view=all`)
  const button = page.getByRole("button", { name: en["ticket.details"], exact: true })
  await button.press("Enter")
  await isOpen(page)
  await page.keyboard.press("Escape")
  await isAt(page, new RegExp(`^button ${en["ticket.details"]}$`))
  await context.close()
})

for (const width of [1440, 390])
  test(`an act that takes its own button away leaves the focus beside it: ${width}`, async () => {
    const { context, open } = await inviteAndSignIn(hilo, { width })
    const number = await make("Acts")
    const page = await open(`/tickets/${number}?view=all`)
    const button = (name: string) => page.getByRole("button", { name, exact: true }).first()
    const stays = async (act: string) => assert.notEqual(await focused(page), "body", act)

    await button(en["ticket.resolve"]).press("Enter")
    await button(en["ticket.reopen"]).waitFor()
    await stays("resolved")
    await button(en["ticket.reopen"]).press("Enter")
    await button(en["ticket.resolve"]).waitFor()
    await stays("reopened")

    await button(en["ticket.editSubject"].replace("{subject}", "Acts")).press("Enter")
    await page.getByRole("textbox", { name: en["newTicket.subject"] }).fill("Acted")
    await page.keyboard.press("Enter")
    await button(en["ticket.editSubject"].replace("{subject}", "Acted")).waitFor()
    await isAt(page, /^button Edit the subject/)

    await page.locator("#composer").fill("half")
    await page.keyboard.press("Escape")
    await stays("left the box")

    await page.setInputFiles("input[type=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") })
    await page.getByText("1 byte").waitFor()
    await button(en["file.remove"].replace("{name}", "a.txt")).press("Enter")
    await stays("took a file away")

    await page.keyboard.press("n")
    await page.locator("#composer").fill("a note")
    await button(en["composer.addNote"]).press("Enter")
    await page.getByRole("log").getByText("a note").waitFor()
    await stays("wrote a note")

    await page.keyboard.press("Escape")
    await page.keyboard.press("p")
    await page.getByRole("menuitem", { name: en["priority.urgent"] }).press("Enter")
    await page.getByRole("menu").waitFor({ state: "detached" })
    await stays("chose a priority")

    await page.keyboard.press("e")
    await button(en["ticket.reopen"]).waitFor()
    await button(en["action.undo"]).press("Enter")
    await button(en["ticket.resolve"]).waitFor()
    await stays("took it back")
    await context.close()
  })
