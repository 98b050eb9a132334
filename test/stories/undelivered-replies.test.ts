// A reply that nobody gets: said before it is written, shown until somebody deals with it, and asked about before the end.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

async function called(name: string, more: object = {}) {
  const { body } = await key.call("POST", "/tickets", { subject: `${name} called`, contact: { name }, ...more })
  return { number: String(body["number"]), id: String(body["id"]) }
}

const ticketPage = (number: string) => `/tickets/${number}?view=open`
const write = async (page: Page, text: string) => {
  await page.locator("#composer").fill(text)
  await page.locator("#composer").press("Control+Enter")
}
const status = async (number: string) => (await key.call("GET", `/tickets/${number}`)).body["status"]

test("the box says before that nobody would get it, the message after, and an address ends both", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { number } = await called("Rosa")
  const page = await open(ticketPage(number))
  await page.getByText(en["window.unreachable"].replace("{name}", "Rosa")).waitFor()
  await write(page, "Hello")
  await page.getByRole("log").getByText(en["delivery.unreachable"]).waitFor()
  assert.equal(await page.getByRole("img", { name: en["delivery.sent"] }).count(), 0)
  const row = page.locator(`[data-number="${number}"]`)
  await row.getByText("Undelivered").waitFor()
  await page.getByRole("status").getByRole("button", { name: en["unreachable.address"] }).press("Enter")
  const field = page.getByLabel(en["details.addAddress"])
  await page.waitForFunction(
    (label) => document.activeElement?.closest("form")?.textContent?.includes(label),
    en["details.add"],
  )
  await field.fill("rosa@example.com")
  await page.keyboard.press("Enter")
  await page.getByText(en["window.unreachable"].replace("{name}", "Rosa")).waitFor({ state: "detached" })
  await write(page, "Hello again")
  await row.getByText("Undelivered").waitFor({ state: "detached" })
  await context.close()
})

test("a view holds what did not arrive while there is any, and dismissing empties it", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const { number, id } = await called("Luz")
  await key.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
  const page = await open("/inbox")
  const view = page
    .getByRole("navigation", { name: es["view.label"] })
    .getByRole("link", { name: es["view.undelivered"] })
  await view.press("Enter")
  await page.locator(`[data-number="${number}"]`).getByRole("link").press("Enter")
  await page.getByRole("log").getByRole("button", { name: es["delivery.dismiss"] }).press("Enter")
  await page.locator(`[data-number="${number}"]`).waitFor({ state: "detached" })
  await page.goto(`${hilo.url}/inbox`)
  await page.getByRole("navigation", { name: es["view.label"] }).getByRole("link", { name: es["view.open"] }).waitFor()
  assert.equal(await view.count(), 0)
  await context.close()
})

test("by key, by button and with a reply a ticket ends over it only after a question", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { number, id } = await called("Sara")
  await key.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
  const page = await open(ticketPage(number))
  const dialog = page.getByRole("dialog", { name: `Close ${number}` })
  await page.getByRole("log").getByText(en["delivery.unreachable"]).waitFor()
  await page.keyboard.press("e")
  await dialog.getByText("One message").waitFor()
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  await page.getByRole("button", { name: en["ticket.resolve"], exact: true }).press("Enter")
  await dialog.getByRole("button", { name: en["closing.stay"] }).press("Enter")
  await dialog.waitFor({ state: "detached" })
  assert.equal(await status(number), "open")
  await page.locator("#composer").fill("Bye")
  await page.getByRole("button", { name: en["composer.sendAnd"] }).press("Enter")
  await page.getByRole("menuitem", { name: en["composer.sendResolve"] }).press("Enter")
  await dialog.getByText("2 messages").waitFor()
  await dialog.getByRole("button", { name: en["closing.go"] }).press("Enter")
  await waitUntil("it is ended", async () => (await status(number)) === "resolved")
  await context.close()
})

test("a bulk ending says how many messages did not arrive", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { number, id } = await called("Ines")
  await key.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
  const page = await open("/inbox")
  await page.locator(`[data-number="${number}"]`).getByRole("checkbox").check({ force: true })
  await page.getByRole("button", { name: en["filter.phase"] }).press("Enter")
  await page.getByRole("menuitem", { name: en["rawStatus.closed"] }).press("Enter")
  await page.getByRole("dialog").getByText("One message was not delivered.").waitFor()
  await page.getByRole("dialog").getByRole("button", { name: en["closing.go"] }).press("Enter")
  await waitUntil("it is ended", async () => (await status(number)) === "closed")
  await context.close()
})

test("the text with which staff open a ticket is not said to be sent", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { number, id } = await called("Olga", { description: "Her parcel is late" })
  const page = await open(ticketPage(number))
  await page.getByRole("log").getByText("Her parcel is late").waitFor()
  assert.equal(await page.getByRole("log").getByRole("img", { name: en["delivery.sent"] }).count(), 0)
  const { body } = await key.call("GET", `/tickets/${id}/messages`)
  const [opening] = body["items"] as { delivery: { state: string } }[]
  assert.equal(opening?.delivery.state, "received")
  await context.close()
})

test("a reply that nobody could get goes out as it is once an address is known", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { number, id } = await called("Rita")
  const page = await open(ticketPage(number))
  const again = page.getByRole("log").getByRole("button", { name: en["action.retry"] })
  const address = page.getByLabel(en["details.addAddress"])
  await write(page, "Your parcel is here")
  await page.getByRole("log").getByRole("button", { name: en["unreachable.address"] }).waitFor()
  assert.equal(await again.count(), 0)
  await address.fill("rita@example.com")
  await address.press("Enter")
  await again.press("Enter")
  await page.getByRole("log").getByRole("img", { name: en["delivery.sent"] }).waitFor()
  assert.equal(await again.count(), 0)
  const { body } = await key.call("GET", `/tickets/${id}/messages`)
  assert.deepEqual(
    (body["items"] as { content: string; delivery: { state: string } }[]).map((one) => [
      one.content,
      one.delivery.state,
    ]),
    [["Your parcel is here", "sent"]],
  )
  await waitUntil("its mail is on its way", async () => {
    const { rows } = await hilo.db.pool.query("select message_id from customer_emails where ticket_id = $1", [id])
    // One for its writing, which nobody could be mailed, and one for its second way.
    return rows.length === 2 && new Set(rows.map((row) => row.message_id)).size === 1
  })
  await context.close()
})

test("on a phone the menu of views says how many messages were not delivered", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es", width: 390 })
  const { id } = await called("Sonia")
  await key.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
  const page = await open("/inbox")
  await page.getByRole("button", { name: new RegExp(`^${es["view.choose"]}`) }).press("Enter")
  const item = page.getByRole("menuitem", { name: es["view.undelivered"] })
  await item.filter({ hasText: /\d$/ }).waitFor()
  await context.close()
})
