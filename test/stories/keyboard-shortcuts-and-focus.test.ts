// Work by keyboard alone: from ticket to ticket, along the list, back again; and the focus is never lost, neither after dialogs
// (accessibility-of-all-screens opens every one) and drawers, nor after acts whose button is gone with the act.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
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

const stateOf = async (number: string) => {
  const { status, snoozedUntil, assignee } = (await key.call("GET", `/tickets/${number}`)).body
  return { status, isSnoozed: snoozedUntil !== null, assignee: (assignee as { name: string } | null)?.name }
}
const becomes = (number: string, wanted: Partial<Awaited<ReturnType<typeof stateOf>>>) =>
  waitUntil(`${number} is ${JSON.stringify(wanted)}`, async () => {
    const state: Record<string, unknown> = await stateOf(number)
    return Object.entries(wanted).every(([name, value]) => state[name] === value)
  })
/** Tickets as they stand in the list, from the top. */
async function makeInOrder<T extends string[]>(...subjects: T) {
  const numbers: string[] = []
  for (const subject of subjects.toReversed()) numbers.unshift(await make(subject))
  return numbers as { [K in keyof T]: string }
}
const isOn = async (page: Page, number: string) => {
  await page.waitForURL(new RegExp(`/tickets/${number}`))
  await composerOf(page).waitFor()
}

test("one chord sends, resolves and opens the next ticket, and Ctrl Z brings back what it ended", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const [first, second] = await makeInOrder("Chord one", "Chord two")
  const page = await open(`/tickets/${first}?view=all`)
  await page.locator(`[data-number="${second}"]`).waitFor()
  await composerOf(page).waitFor()
  await page.keyboard.press("r")
  await page.keyboard.type("It leaves today")
  await page.keyboard.press("Control+Shift+Enter")
  await isOn(page, second)
  await isAt(page, new RegExp(`^section Ticket ${second}`))
  await becomes(first, { status: "resolved" })
  await page.getByText(en["ticket.resolved"].replace("{number}", first)).waitFor()
  // While somebody writes the key is the field's own.
  await page.keyboard.press("n")
  await page.keyboard.type("x")
  await page.keyboard.press("Control+z")
  assert.equal(await composerOf(page).inputValue(), "")
  assert.equal((await stateOf(first)).status, "resolved")
  await page.keyboard.press("Escape")
  await page.keyboard.press("Control+z")
  await isOn(page, first)
  await becomes(first, { status: "open" })
  const { body } = await key.call("GET", `/tickets/${first}/messages`)
  assert.deepEqual(
    (body["items"] as { content: string }[]).map(({ content }) => content),
    ["It leaves today"],
  )
  await context.close()
})

test("who prefers the next ticket gets it after closing, snoozing and passing on, and who prefers the list that", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  await member(hilo, { email: "bruno@example.com", name: "Bruno", role: "agent" })
  const numbers = await makeInOrder("Closed", "Snoozed", "Passed on", "The last")
  const page = await open("/settings/profile")
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok())
  await page.getByLabel(en["profile.afterClosing"]).selectOption("next")
  await saved
  await page.goto(`${hilo.url}/tickets/${numbers[0]}?view=all`)
  await page.locator(`[data-number="${numbers[3]}"]`).waitFor()
  await composerOf(page).waitFor()
  await page.keyboard.press("e")
  await isOn(page, numbers[1])
  await becomes(numbers[0], { status: "resolved" })
  await page.keyboard.press("z")
  await page.getByRole("menuitem").first().press("Enter")
  await isOn(page, numbers[2])
  await becomes(numbers[1], { isSnoozed: true })
  await page.keyboard.press("a")
  await page.getByRole("menuitem", { name: "Bruno" }).press("Enter")
  await isOn(page, numbers[3])
  await becomes(numbers[2], { assignee: "Bruno" })
  await page.keyboard.press("Control+z")
  await isOn(page, numbers[2])
  await becomes(numbers[2], { assignee: undefined })
  await page.getByText(en["ticket.unassigned"].replace("{number}", numbers[2])).waitFor()
  // Taking a ticket passes it on to nobody.
  await page.keyboard.press("i")
  await becomes(numbers[2], { assignee: "Ana" })
  assert.match(page.url(), new RegExp(numbers[2]))
  await page.request.patch(`${hilo.url}/api/v1/me`, { headers: { origin: hilo.url }, data: { afterClosing: "list" } })
  await page.goto(`${hilo.url}/tickets/${numbers[2]}?view=all`)
  await composerOf(page).waitFor()
  await page.keyboard.press("e")
  await page.waitForURL(/\/inbox\?view=all/)
  await context.close()
})

test("the button remembers how one sends, and a reply into a resolved ticket says what becomes of it", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const [first, second] = await makeInOrder("Remembered", "The next")
  const page = await open(`/tickets/${first}?view=all`)
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  await page.locator(`[data-number="${second}"]`).waitFor()
  await composerOf(page).fill("Done")
  await button(en["composer.sendAnd"]).press("Enter")
  await page.getByRole("menuitem", { name: en["composer.sendResolveNext"] }).press("Enter")
  await isOn(page, second)
  await button(en["composer.sendResolveNext"]).waitFor()
  await becomes(first, { status: "resolved" })
  await page.keyboard.press("k")
  await isOn(page, first)
  await page.getByText(en["composer.staysResolved"]).waitFor()
  await composerOf(page).fill("One thing more")
  await button(en["composer.send"]).press("Enter")
  await page.getByRole("log").getByRole("img", { name: en["delivery.sent"] }).nth(1).waitFor()
  assert.equal((await stateOf(first)).status, "resolved")
  await composerOf(page).fill("And another")
  await button(en["composer.sendAnd"]).press("Enter")
  await page.getByRole("menuitem", { name: en["composer.sendReopen"] }).press("Enter")
  await becomes(first, { status: "open" })
  await context.close()
})

test("the list is one stop of the Tab key, and arrows lead along it", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const numbers = await makeInOrder("Top", "Below", "Third")
  const page = await open("/inbox?view=all")
  const focusedRow = () =>
    page.evaluate(() => document.activeElement?.closest("li [data-number]")?.getAttribute("data-number"))
  await page.locator(`[data-number="${numbers[2]}"]`).waitFor()
  // Below the list is what Tab leads to from it; it comes after the list.
  await page.getByRole("button", { name: en["first.dismiss"] }).waitFor()
  await page.getByRole("searchbox").focus()
  await page.keyboard.press("Tab")
  assert.equal(await focusedRow(), numbers[0])
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  assert.equal(await focusedRow(), numbers[2])
  await page.keyboard.press("Home")
  assert.equal(await focusedRow(), numbers[0])
  await page.keyboard.press("Tab")
  assert.equal(await focusedRow(), undefined)
  await page.keyboard.press("Shift+Tab")
  assert.equal(await focusedRow(), numbers[0])
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await isOn(page, numbers[1])
  await context.close()
})

test("what was done stays in sight as long as a hand or the focus is on it", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await make("Toast")
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).waitFor()
  await page.clock.install()
  await page.keyboard.press("e")
  const undo = page.getByRole("button", { name: en["action.undo"], exact: true })
  await undo.focus()
  await page.clock.fastForward(20_000)
  assert.equal(await undo.count(), 1)
  await undo.blur()
  await page.clock.fastForward(7_000)
  await undo.waitFor({ state: "detached" })
  await context.close()
})
