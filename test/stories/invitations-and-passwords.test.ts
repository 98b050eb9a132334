// A colleague comes in: invited at one screen, with a password of their own at another.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import type { Page } from "playwright-core"
import { createKey, createTeam, createUser, hashPassword } from "#people/index.ts"
import { en } from "#texts/en.ts"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { acting } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"

const app = await startApp()
const password = "correct horse battery staple"
const passwordHash = await hashPassword(password)
const root = await acting(app, (act) =>
  createUser(act, { email: "root@example.com", name: "Root", role: "admin", language: "en", passwordHash }),
)
await acting(app, (act) => createTeam(act, { name: "Sales", memberIds: [root.id], isDefault: true }))

async function newPage(width = 1440): Promise<Page> {
  const context = await (await browser()).newContext({ locale: "en-US", viewport: { width, height: 900 } })
  after(() => context.close())
  return context.newPage()
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const alert = (page: Page) => page.getByRole("alert")

async function signIn(page: Page, email: string) {
  await page.goto(`${app.url}/sign-in`)
  await page.getByLabel(en["field.email"]).fill(email)
  await page.getByLabel(en["field.password"]).fill(password)
  await button(page, en["signIn.go"]).click()
  await page.waitForURL("**/inbox*")
}
const shown = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!)

const desk = await newPage()

test("a new colleague is asked for a team and invited by a link that the screen shows once", async () => {
  await signIn(desk, "root@example.com")
  await desk.goto(`${app.url}/settings/staff`)
  await button(desk, en["staff.new"]).click()
  await desk.getByLabel(en["field.name"]).fill("Ana")
  await desk.getByLabel(en["field.email"]).fill("ana@example.com")
  await button(desk, en["staff.invite"]).click()
  await alert(desk).getByText(en["staff.noTeam"]).waitFor()
  await button(desk, en["staff.anyway"]).click()
  const link = (await desk.getByLabel(en["invite.link"], { exact: true }).textContent())!
  assert.match(link, /\/password#token=pwl_/)
  await button(desk, en["invite.done"]).click()
  await desk.getByText(en["staff.invited"]).waitFor()

  const page = await newPage(390)
  await page.goto(link.replace(/^https?:\/\/[^/]+/, app.url))
  await page.getByLabel(en["profile.newPassword"]).fill(password)
  await page.keyboard.press("Enter")
  await page.waitForURL("**/inbox*")
  await page.getByText(en["inbox.empty.noTeam.text"]).first().waitFor()
  const again = await newPage()
  await again.goto(link.replace(/^https?:\/\/[^/]+/, app.url))
  await again.getByLabel(en["profile.newPassword"]).fill(password)
  await button(again, en["password.go"]).click()
  await alert(again).getByText(en["password.linkOver"]).waitFor()
})

const isPortal = ({ pathname }: URL) => pathname === "/my"
const titleOf = (page: Page) => page.locator("header").getByRole("link").first().innerText()

test("a customer who was invited chooses a password and is in the portal, with its texts", async () => {
  const customer = { email: "carla@example.com", name: "Carla", role: "user", language: "en" } as const
  const { id } = await acting(app, (act) => createUser(act, customer))
  const invite = async (path: string) => (await fetch(path, { method: "POST" })).json() as Promise<{ link: string }>
  const { link } = await desk.evaluate(invite, `/api/v1/users/${id}/invitation`)
  const page = await newPage(390)
  await page.goto(link.replace(/^https?:\/\/[^/]+/, app.url))
  await page.getByLabel(en["profile.newPassword"]).fill(password)
  await page.keyboard.press("Enter")
  await page.waitForURL(isPortal)
  assert.equal(await titleOf(page), en["portal.title"])
})

test("a customer who signs in on the way to the portal is shown it with its texts", async () => {
  const customer = { email: "luis@example.com", name: "Luis", role: "user", language: "en", passwordHash } as const
  await acting(app, (act) => createUser(act, customer))
  const page = await newPage(390)
  await page.goto(`${app.url}/sign-in?next=/my`)
  await page.getByLabel(en["field.email"]).fill(customer.email)
  await page.getByLabel(en["field.password"]).fill(password)
  await button(page, en["signIn.go"]).click()
  await page.waitForURL(isPortal)
  assert.equal(await titleOf(page), en["portal.title"])
})

test("after a change of the password its owner is asked whether their API keys end too", async () => {
  const { id } = await acting(app, (act) => createKey(act, { name: "k", role: "agent", userId: root.id }))
  await desk.goto(`${app.url}/settings/profile`)
  await desk.getByLabel(en["profile.currentPassword"]).fill(password)
  await desk.getByLabel(en["profile.newPassword"]).fill(`${password} 2`)
  await button(desk, en["profile.changePassword"]).click()
  await desk.getByRole("group", { name: en["endKeys.title"] }).waitFor()
  await button(desk, en["endKeys.end"]).click()
  await desk.getByLabel(en["profile.currentPassword"]).waitFor()
  const revoked = () => app.db.pool.query("select from api_keys where id = $1 and revoked_at is not null", [id])
  await waitUntil("the key is revoked", async () => (await revoked()).rows.length === 1)
})

test("an agent who forgot their password says who they are and gets the same answer as anybody", async () => {
  const page = await newPage()
  await page.goto(`${app.url}/sign-in`)
  await page.getByRole("link", { name: en["signIn.forgot"] }).click()
  // The page before has a field of the same name.
  await page.getByRole("heading", { name: en["forgot.title"] }).waitFor()
  const email = "nobody@example.com"
  await page.getByLabel(en["field.email"]).fill(email)
  await page.keyboard.press("Enter")
  await page.getByText(shown(en["portal.linkSent"], { email })).waitFor()
})
