// Two colleagues in two real windows: who takes a ticket, who answers, and what becomes of two that were one.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { createUser } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { intercept } from "../browsers/intercept-requests.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { en } from "#texts/en.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const password = "correct horse battery staple"
const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

async function hire(name: string): Promise<Page> {
  const email = `${name.toLowerCase()}@example.com`
  const passwordHash = cheapPasswordHash(password)
  await acting(hilo, (act) => createUser(act, { email, name, role: "admin", language: "en", passwordHash }))
  const context = await (
    await browser()
  ).newContext({
    locale: "en-US",
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  })
  const page = await context.newPage()
  const answer = await page.request.post(`${hilo.url}/api/v1/session`, { data: { email, password } })
  assert.equal(answer.ok(), true)
  return page
}

let said = 0
async function writes(connection: string, name: string, text: string): Promise<string> {
  const id = `+57300555${name.length}001`
  const message = { externalId: `m-${++said}`, contact: { id, name }, text }
  const { body } = await key.call("POST", `/connections/${connection}/messages`, message)
  return (body as unknown as { ticket: { number: string } }).ticket.number
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" })
const item = (page: Page, name: string | RegExp) =>
  page.getByRole("menuitem", { name, exact: typeof name === "string" })
const open = (page: Page, number: string) => page.goto(`${hilo.url}/tickets/${number}?view=open`)
const assignee = async (number: string) =>
  ((await key.call("GET", `/tickets/${number}`)).body["assignee"] as { name: string } | null)?.name
const status = async (number: string) => (await key.call("GET", `/tickets/${number}`)).body["status"]

test("Ana and Bruno share a desk without treading on each other", async () => {
  const api = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Shop" }))
  const [ana, bruno] = [await hire("Ana"), await hire("Bruno")]
  const first = await writes(api, "Carla", "Where is my parcel?")
  const second = await writes(api, "Damián", "And mine?")

  // Both reach for it at once: Ana has it, and Bruno is asked before he takes it from her.
  for (const page of [ana, bruno]) {
    await open(page, first)
    await button(page, en["ticket.assign"]).waitFor()
  }
  await intercept(bruno, `**/api/v1/tickets/${first}/assignment`, async (route) => {
    await ana.keyboard.press("i")
    await waitUntil("Ana has it", async () => (await assignee(first)) === "Ana")
    await route.continue()
  })
  await bruno.keyboard.press("i")
  await bruno.getByText("Ana changed the assignee: Nobody → Ana").waitFor()
  await button(bruno, en["conflict.theirs"]).click()
  assert.equal(await assignee(first), "Ana")

  // Bruno sees that she looks at it and writes.
  await bruno
    .getByRole("img", { name: /Ana is viewing this ticket/ })
    .first()
    .waitFor()
  await button(bruno, /Assigned to Ana/).waitFor()
  await composerOf(ana).fill("It leaves")
  await bruno.getByText("Ana is writing…").first().waitFor()

  // Bruno answers while Ana writes: she reads his answer before hers goes, and it does not.
  await composerOf(bruno).fill("It left today.")
  await composerOf(bruno).press("Control+Enter")
  await button(bruno, en["newerReply.send"]).click()
  await ana.getByRole("log").getByText("It left today.").waitFor()
  await composerOf(ana).press("Control+Enter")
  const warning = ana.getByRole("dialog", { name: "Bruno replied in the meantime" })
  await warning.getByText("It left today.").waitFor()
  assert.deepEqual(await axe(ana), [], "the warning")
  await button(ana, en["newerReply.wait"]).click()
  assert.equal(await composerOf(ana).inputValue(), "It leaves")

  // A note that calls Bruno rings his bell.
  await bruno.goto(`${hilo.url}/inbox?view=mentions`)
  await bruno.getByText(en["inbox.empty.mentions.title"]).waitFor()
  await ana.getByRole("tab", { name: en["composer.note"] }).click()
  await composerOf(ana).fill("")
  await composerOf(ana).pressSequentially("ask @br")
  await ana.getByRole("option", { name: "Bruno" }).waitFor()
  await composerOf(ana).press("Enter")
  await composerOf(ana).press("Control+Enter")
  await button(bruno, /Notifications, 1 unread/).click()
  await button(bruno, new RegExp(`Ana mentioned you in ${first}`))
    .first()
    .click()
  await bruno.getByText("ask @Bruno").first().waitFor()
  await button(bruno, /^Notifications$/).waitFor()

  // Two customers, one shipment: merged with a reason, and parted again.
  await open(ana, second)
  await button(ana, en["action.more"]).click()
  await item(ana, en["merge.menu"]).click()
  await ana.getByRole("textbox", { name: en["merge.into"] }).fill(first)
  await ana
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(first) })
    .click()
  await ana.getByLabel(en["merge.reason"]).fill("one household")
  await button(ana, en["merge.go"]).click()
  await ana.getByRole("log").getByText("And mine?").waitFor()
  assert.equal(await status(second), "closed")
  await ana.getByRole("tab", { name: en["details.links"] }).click()
  await button(ana, `${en["merge.undo"]}: ${second}`).click()
  await ana.getByText(`${second} is separate again`).waitFor()
  assert.equal(await status(second), "pending")

  // One message is another matter.
  const other = await writes(api, "Carla", "Also, my invoice is wrong.")
  assert.equal(other, first)
  await ana.getByRole("log").getByText("my invoice is wrong").waitFor()
  await button(ana, en["action.more"]).click()
  await item(ana, en["split.menu"]).click()
  await ana.getByRole("checkbox", { name: "Select the message of Carla" }).last().check()
  await ana.getByLabel(en["split.subject"]).fill("Wrong invoice")
  await button(ana, en["split.go"]).click()
  await button(ana, /Edit the subject: Wrong invoice/).waitFor()
  assert.deepEqual(await axe(ana), [], "a ticket with its details")

  // Somebody changes its priority a moment before she does: she decides which it is.
  const third = /TKT-\d+/.exec(ana.url())![0]
  let isFirst = true
  await intercept(ana, `**/api/v1/tickets/${third}`, async (route) => {
    if (route.request().method() === "PATCH" && isFirst) {
      isFirst = false
      await key.call("PATCH", `/tickets/${third}`, { priority: "high" })
    }
    await route.continue()
  })
  await ana.keyboard.press("p")
  await item(ana, en["priority.urgent"]).click()
  await ana.getByText("Key changed the priority: Medium → High").waitFor()
  await button(ana, en["conflict.mine"]).click()
  await button(ana, "Priority: Urgent").waitFor()

  await ana.keyboard.press("Shift+E")
  await ana.getByText(`${third} resolved`).waitFor()
  assert.equal(await status(third), "resolved")
  assert.notEqual(/TKT-\d+/.exec(ana.url())?.[0], third)
  for (const page of [ana, bruno]) await page.context().close()
})
