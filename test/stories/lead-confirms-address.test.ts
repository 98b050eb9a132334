// How each address of a contact is proved stands beside it, and a lead says by keyboard that one is theirs.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const app = await startApp()
const root = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
const source = await openMessageSource(app)

for (const [language, width, texts] of [
  ["es", 1440, es],
  ["en", 390, en],
] as const)
  test(`a lead sees how addresses are proved and confirms one (${language}, ${width})`, async () => {
    const phone = `+57300666${width < 1000 ? "0390" : "1440"}`
    const { ticket } = await source.says(phone, { name: "Carla" })
    const identities = [phone, `carla${width}@example.com`].map((value) => ({
      kind: value.includes("@") ? "email" : "phone",
      value,
    }))
    await root.call("PATCH", `/contacts/${ticket!.contact!.id}`, { identities })
    const { context, open } = await inviteAndSignIn(app, { name: "Sol", language, width })
    const page = await open(`/tickets/${ticket!.number}?view=all`)
    await page.locator("#composer").waitFor()
    if (width < 1000) await page.getByRole("button", { name: texts["details.label"] }).first().press("Enter")
    await page.getByText(texts["proof.by_message"]).waitFor()
    const typed = page.getByText(`${texts["proof.by_named"].replace("{name}", "Root")} · ${texts["proof.unconfirmed"]}`)
    await typed.waitFor()
    const button = page.getByRole("button", { name: texts["proof.confirm"] })
    await button.press("Enter")
    await typed.waitFor({ state: "detached" })
    await button.waitFor({ state: "detached" })
    await page.waitForFunction(() => document.activeElement !== document.body)
    const { body } = await root.call("GET", `/contacts/${ticket!.contact!.id}`)
    assert.deepEqual(
      (body["identities"] as { isConfirmed: boolean }[]).map(({ isConfirmed }) => isConfirmed),
      [true, true],
    )
    await context.close()
  })
