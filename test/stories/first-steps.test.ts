import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

test("the first steps stay until all are done or somebody wants no more of them", async () => {
  await key.call("POST", "/tickets", { subject: "Inés called", contact: { name: "Inés" } })
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
