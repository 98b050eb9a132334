// Words instead of paths and codes, and one way to show a time.
import assert from "node:assert/strict"
import { test } from "node:test"
import { auditKinds } from "#audit/api-contract.ts"
import { settingNames } from "#settings/setting-definitions.ts"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

async function called(name: string) {
  const { body } = await key.call("POST", "/tickets", { subject: `${name} called`, contact: { name } })
  return { number: String(body["number"]) }
}

const ticketPage = (number: string) => `/tickets/${number}?view=open`

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

test("what a field lacks is said beside it in its reader's language, and the first such field has the focus", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await open("/settings/profile")
  const field = (id: "field.name" | "profile.currentPassword" | "profile.newPassword") =>
    page.getByLabel(es[id], { exact: true })
  const faults = async () => {
    const marked = await page.locator("form [aria-invalid=true]").all()
    const ids = await Promise.all(marked.map((one) => one.getAttribute("aria-describedby")))
    return Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).textContent()))
  }
  const hasFocus = (id: Parameters<typeof field>[0]) => field(id).evaluate((one) => one === document.activeElement)
  await field("field.name").fill("")
  await field("field.name").press("Enter")
  assert.deepEqual([await faults(), await hasFocus("field.name")], [[es["wrong.required"]], true])
  await field("field.name").fill("Ana")
  assert.deepEqual(await faults(), [])
  const change = page.getByRole("button", { name: es["profile.changePassword"] })
  await change.press("Enter")
  assert.deepEqual(await faults(), [es["wrong.required"], es["wrong.required"]])
  assert.equal(await hasFocus("profile.currentPassword"), true)
  await field("profile.currentPassword").fill("not mine at all")
  await field("profile.newPassword").fill("another horse battery")
  await change.press("Enter")
  await page.getByText(es["profile.wrongPassword"]).waitFor()
  assert.deepEqual([await faults(), await hasFocus("profile.currentPassword")], [[es["profile.wrongPassword"]], true])
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
