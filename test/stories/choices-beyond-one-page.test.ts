// A desk with more of everything than one page of a list holds: the last can be chosen like the first.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn, password, signIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { createUser } from "#people/index.ts"
import { en } from "#texts/en.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const many = 250
const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

/** As many more of a row as make `many`, each with a name of its own. */
const multiply = (table: string, id: string, name: string) =>
  hilo.db.pool.query(
    `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('id', t.id || n, 'name', $2 || ' ' || n,
        'email', 'many' || n || '@example.com', 'is_default', false))).*
      from ${table} t, generate_series(2, ${many}) n where t.id = $1`,
    [id, name],
  )

before(async () => {
  const made = async (path: string, body: object) => {
    const answer = await key.call("POST", path, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return String(answer.body["id"])
  }
  const account = { email: "many@example.com", name: "Agent 1", role: "agent", language: "en" } as const
  const agent = await acting(hilo, (act) => createUser(act, account))
  await multiply("users", agent.id, "Agent")
  await multiply("teams", await made("/teams", { name: "Team 1" }), "Team")
  await multiply("categories", await made("/categories", { name: "Category 1" }), "Category")
  const reply = { content: "Hello", isInternal: false }
  await multiply(
    "macros",
    await made("/macros", { name: "Macro 1", usableWhen: ["reply"], visibility: "all", reply, actions: [] }),
    "Macro",
  )
  const api = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Connection 1" }))
  await multiply("connections", api, "Connection")
})

const lastOf = (name: string) => `${name} ${many}`

test("the last of 250 agents, teams, categories, macros and connections can be chosen by staff", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const page: Page = await open("/inbox?view=all")
  await page.locator("main").waitFor()
  await page.keyboard.press("c")
  const dialog = page.getByRole("dialog", { name: en["newTicket.title"] })
  await dialog.getByLabel(en["ticket.assignee"]).selectOption({ label: lastOf("Agent") })
  await dialog.getByLabel(en["ticket.team"]).selectOption({ label: lastOf("Team") })
  await dialog.getByLabel(lastOf("Category"), { exact: true }).check()
  await dialog.getByLabel(en["newTicket.subject"]).fill("Many")
  await dialog.getByRole("button", { name: en["newTicket.go"] }).click()
  await page.getByText("Many").first().waitFor()
  const { body } = await key.call("GET", "/tickets?sort=-createdAt&limit=1")
  const [ticket] = (
    body as unknown as { items: { number: string; team: { name: string }; categories: { name: string }[] }[] }
  ).items
  assert.deepEqual([ticket!.team.name, ticket!.categories[0]!.name], [lastOf("Team"), lastOf("Category")])

  await page.goto(`${hilo.url}/tickets/${ticket!.number}?view=all`)
  await page.locator("#composer").waitFor()
  await page.keyboard.press("m")
  await page.getByRole("dialog").getByRole("combobox").fill(lastOf("Macro"))
  await page.getByRole("option", { name: lastOf("Macro") }).waitFor()
  await page.keyboard.press("Escape")
  await page.getByRole("dialog").waitFor({ state: "detached" })

  await page.keyboard.press("a")
  await page.getByRole("menuitem", { name: lastOf("Agent") }).waitFor()
  await page.keyboard.press("Escape")

  await page.getByRole("button", { name: en["filter.add"] }).click()
  await page.getByRole("button", { name: en["filter.connectionId"] }).click()
  await page.getByText(lastOf("Connection")).waitFor()
  await context.close()
})

test("the last of 250 categories can be chosen by a customer", async () => {
  const email = "carla@example.com"
  const passwordHash = cheapPasswordHash(password)
  const account = { email, name: "Carla", role: "user", language: "en", passwordHash } as const
  await acting(hilo, (act) => createUser(act, account))
  const context = await (await browser()).newContext({ locale: "en-US", viewport: { width: 390, height: 844 } })
  await signIn(hilo, context, email)
  const page = await context.newPage()
  await page.goto(`${hilo.url}/my/new`)
  await page.getByLabel(en["portal.category"]).selectOption({ label: lastOf("Category") })
  await context.close()
})
