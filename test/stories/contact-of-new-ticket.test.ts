import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

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
