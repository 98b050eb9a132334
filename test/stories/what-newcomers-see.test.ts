// What somebody sees who looks at a desk for the first time: words instead of codes, and nothing that is not so.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { auditKinds } from "#audit/contract.ts"
import { settingNames } from "#settings/setting-definitions.ts"
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
const addressField = (page: Page) => page.getByLabel(en["details.addAddress"])

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
  const { number, id } = await called("Rosa")
  const page = await open(ticketPage(number))
  const again = page.getByRole("log").getByRole("button", { name: en["action.retry"] })
  await write(page, "Your parcel is here")
  await page.getByRole("log").getByRole("button", { name: en["unreachable.address"] }).waitFor()
  assert.equal(await again.count(), 0)
  await addressField(page).fill("rosa@example.com")
  await addressField(page).press("Enter")
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

test("what is wrong with an address or a form is said in words, without the path of the field", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const { number } = await called("Luz")
  const page = await open(ticketPage(number))
  const field = page.getByLabel(es["details.addAddress"])
  await field.fill("luz@")
  await field.press("Enter")
  const alert = page.locator("form", { has: field }).getByRole("alert")
  await alert.waitFor()
  assert.doesNotMatch((await alert.textContent())!, /identities|value|\d/)
  assert.equal(await field.getAttribute("aria-invalid"), "true")
  await context.close()
})

test("a phone that is typed where the name goes is the phone of the new contact", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open("/inbox")
  await page.locator("main").waitFor()
  await page.keyboard.press("c")
  const dialog = page.getByRole("dialog", { name: en["newTicket.title"] })
  const contact = dialog.getByLabel(en["details.contact"], { exact: true })
  const phone = dialog.getByLabel(en["identity.phone"], { exact: true })
  await contact.fill("+57 300 555 77 01")
  await contact.press("Tab")
  assert.deepEqual([await contact.inputValue(), await phone.inputValue()], ["", "+57 300 555 77 01"])
  await phone.fill("")
  // Enter leaves no field.
  await dialog.getByLabel(en["newTicket.subject"]).fill("Nobody knows their name")
  await contact.fill("+57 300 555 77 01")
  await contact.press("Enter")
  await page.waitForURL(/TKT-/)
  const { body } = await key.call("GET", `/contacts?q=${encodeURIComponent("+573005557701")}`)
  const [made] = body["items"] as { name: string; identities: { kind: string; value: string }[] }[]
  assert.deepEqual(
    [made?.name, made?.identities.map(({ kind, value }) => [kind, value])],
    ["", [["phone", "+573005557701"]]],
  )
  await context.close()
})

test("after choosing a known contact by keyboard the focus is on the subject", async () => {
  await key.call("POST", "/contacts", { name: "Óscar Peña", identities: [{ kind: "email", value: "op@example.com" }] })
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open("/inbox")
  await page.locator("main").waitFor()
  await page.keyboard.press("c")
  const dialog = page.getByRole("dialog", { name: en["newTicket.title"] })
  await dialog.getByLabel(en["details.contact"], { exact: true }).fill("oscar pena")
  await dialog.getByRole("list", { name: en["newTicket.known"] }).getByRole("button").waitFor()
  await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await dialog.getByRole("button", { name: en["newTicket.otherContact"] }).waitFor()
  await page.keyboard.press("Tab")
  await page.keyboard.type("They called")
  assert.equal(await dialog.getByLabel(en["newTicket.subject"]).inputValue(), "They called")
  await context.close()
})

test("the first steps stay until all are done or somebody wants no more of them", async () => {
  await called("Inés")
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open("/inbox")
  const first = page.getByRole("heading", { name: en["first.title"] })
  await first.waitFor()
  const step = (name: "first.chat" | "first.channel") => page.getByRole("listitem").filter({ hasText: en[name] })
  await step("first.chat").getByText(en["first.done"]).waitFor()
  assert.equal(await step("first.channel").getByText(en["first.done"]).count(), 0)
  await page.getByRole("button", { name: en["first.dismiss"] }).press("Enter")
  await page.getByText(en["inbox.choose.title"]).waitFor()
  await page.reload()
  await page.getByText(en["inbox.choose.title"]).waitFor()
  assert.equal(await first.count(), 0)
  await context.close()
})

test("on a phone the menu of views says how many messages were not delivered", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es", width: 390 })
  const { id } = await called("Sara")
  await key.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
  const page = await open("/inbox")
  await page.getByRole("button", { name: new RegExp(`^${es["view.choose"]}`) }).press("Enter")
  const item = page.getByRole("menuitem", { name: es["view.undelivered"] })
  await item.filter({ hasText: /\d$/ }).waitFor()
  await context.close()
})

test("the audit offers everything it holds, by words", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await open("/settings/audit")
  const filter = page.getByLabel(es["audit.kind"], { exact: true })
  await filter.waitFor()
  const offered = await filter.getByRole("option").allTextContents()
  assert.equal(offered.length, 1 + Object.keys(auditKinds).length)
  for (const text of offered) assert.doesNotMatch(text, /[._]/)
  for (const name of settingNames) assert.ok(Object.hasOwn(es, `audit.setting.${name}`), name)
  await context.close()
})

test("times are shown in one way", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const { number } = await called("Ana")
  const page = await open(ticketPage(number))
  const time = page.locator("aside time, [role=log] time").first()
  await time.waitFor()
  const times = await page
    .locator("time")
    .evaluateAll((all) => all.map((one) => `${one.textContent} ${one.getAttribute("title")}`))
  for (const one of times) assert.doesNotMatch(one, /[ap]\.\s?m\./)
  await context.close()
})
