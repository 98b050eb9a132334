import assert from "node:assert/strict"
import { test } from "node:test"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
const steps = async () => (await key.call("GET", "/setup-steps")).body

test("each first step is done when the desk's data says so", async () => {
  const none = { desk: false, channel: false, colleague: false, reply: false, dismissed: false }
  assert.deepEqual(await steps(), none)
  await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: "Chat" }))
  await key.call("POST", "/users", { email: "ana@example.com", name: "Ana", role: "agent" })
  await key.call("PUT", "/settings/desk.name", { value: "Envíos" })
  assert.deepEqual(await steps(), none, "the built-in chat, an account that nobody can use, half of the desk")
  await key.call("PUT", "/settings/desk.country", { value: "CO" })
  assert.deepEqual(await steps(), { ...none, desk: true })
  await key.call("POST", "/contacts", { name: "Inés", identities: [{ kind: "email", value: "ines@example.com" }] })
  await hilo.db.pool.query(
    "update contact_identities set page = 'https://shop.example.com/cart' where value = 'ines@example.com'",
  )
  assert.equal((await steps())["channel"], true, "the chat stands on a page of their own")
  await hilo.db.pool.query("update contact_identities set page = null")
})

test("the first steps stay until all are done or an admin wants no more of them, for the whole desk", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const made = await key.call("POST", "/tickets", {
    subject: "Inés called",
    contact: { name: "Inés", email: "ines@example.com" },
  })
  const page = await open("/settings/desk")
  const reply = { headers: { origin: hilo.url }, data: { content: "Hello" } }
  await page.request.post(`${hilo.url}/api/v1/tickets/${String(made.body["number"])}/messages`, reply)
  await page.goto(`${hilo.url}/inbox`)
  const first = page.getByRole("heading", { name: en["first.title"] })
  await first.waitFor()
  const step = (name: "first.reply" | "first.channel") => page.getByRole("listitem").filter({ hasText: en[name] })
  await step("first.reply").getByText(en["first.done"]).waitFor()
  assert.equal(await step("first.channel").getByText(en["first.done"]).count(), 0)
  await page.getByRole("button", { name: en["first.dismiss"] }).press("Enter")
  await page.getByText(en["inbox.choose.title"]).waitFor()
  assert.equal((await steps())["dismissed"], true)
  await page.goto(`${hilo.url}/settings/desk`)
  await page.getByLabel(en["desk.firstSteps"]).check()
  await page.getByRole("button", { name: en["action.save"] }).press("Enter")
  await page.getByText(en["action.saved"], { exact: true }).waitFor()
  await page.goto(`${hilo.url}/inbox`)
  await first.waitFor()
  await context.close()
})
