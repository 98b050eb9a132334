// A ticket from Friday evening on, while the clock of the desk is set forward: due on Monday, warned, missed and escalated, paused
// while the customer is asked, resolved, surveyed, and closed by itself. The lead reads Spanish on a wide screen, the agent English
// on a phone.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createTeam } from "#people/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import type { Ticket } from "#tickets/api-contract.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { acting, member } from "../desks/test-desk.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const timezone = "America/Bogota"
const dayMs = 86_400_000
const friday = new Date(Date.now() + dayMs)
while (friday.getUTCDay() !== 5) friday.setUTCDate(friday.getUTCDate() + 1)
/** So many days after the next Friday, at this hour: Bogotá keeps UTC-5 all year. */
const bogota = (days: number, time: string) =>
  new Date(`${new Date(friday.getTime() + days * dayMs).toISOString().slice(0, 10)}T${time}:00-05:00`)

const clock = { now: bogota(0, "18:30") }
const box = await startSmtpServer("http://hilo.test")
const mail = { SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" }
const hilo = await startApp(mail, { now: () => clock.now })
const root = await member(hilo, { email: "root@example.com", name: "Root", role: "admin" })
const [lead, agent, carla] = [
  await inviteAndSignIn(hilo, { name: "Sol", role: "lead", language: "es" }),
  await inviteAndSignIn(hilo, { name: "Ana", role: "agent", language: "en", width: 390 }),
  await inviteAndSignIn(hilo, { name: "Carla", role: "user", language: "es", width: 390 }),
]
await prepareDesk()
const [sol, ana] = [await lead.open("/inbox?view=all"), await agent.open("/inbox?view=all")]
const my = await carla.open("/my/new")
let number = ""

async function prepareDesk() {
  const { rows } = await hilo.db.pool.query<{ id: string; email: string }>(
    "update users set timezone = $1 returning id, email",
    [timezone],
  )
  const idOf = (email: string) => rows.find((row) => row.email === email)!.id
  const people = { memberIds: [idOf(agent.email)], leadIds: [idOf(lead.email)] }
  await acting(hilo, (act) => createTeam(act, { name: "Soporte", isDefault: true, autoAssign: [], ...people }))
  const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }))
  const { body: calendar } = await root.call("POST", "/calendars", { name: "Oficina", timezone, intervals })
  const forAll = (minutes: number) => ({ medium: minutes, urgent: minutes })
  const policy = {
    name: "Soporte",
    isDefault: true,
    calendarId: calendar["id"],
    targets: { firstResponse: forAll(60), nextResponse: forAll(120), resolution: forAll(480) },
    visibleToCustomer: true,
    escalations: [{ on: "breach", raisePriorityTo: "urgent", notify: ["assignee", "leads"] }],
  }
  assert.equal((await root.call("POST", "/sla-policies", policy)).status, 201)
  await setClock(clock.now)
}

/** It is this instant for the server and on every screen; what is due looks for its work. */
async function setClock(now: Date) {
  clock.now = now
  for (const { context } of [lead, agent, carla]) await context.clock.setFixedTime(now)
  for (const topic of ["sla", "auto-close", "mail", "customer emails"]) hilo.db.wakes.wake(topic)
}

const ticket = async () => (await root.call("GET", `/tickets/${number}`)).body as unknown as Ticket
const stateOf = async (metric: string) => (await ticket()).sla?.targets.find((one) => one.metric === metric)?.state
const countOf = async (kind: string) =>
  (await hilo.db.pool.query<{ n: number }>("select count(*)::int as n from events where kind = $1", [kind])).rows[0]!.n
const goTo = (page: Page, path: string) => page.goto(hilo.url + path)
/** The row of the ticket in a list of staff, whose mark of a deadline is called so. */
const markIn = (page: Page, name: string) =>
  page.locator(`[data-number="${number}"]`).getByRole("img", { name, exact: true })
const chip = (page: Page, text: string) =>
  page
    .getByRole("list", { name: /^(Plazos|Deadlines)$/ })
    .first()
    .getByText(text, { exact: true })
async function notification(page: Page, bell: string, text: string) {
  await page.getByRole("button", { name: new RegExp(`^${bell}, `) }).press("Enter")
  await page.getByText(text, { exact: true }).first().waitFor()
  await page.keyboard.press("Escape")
}
const photo = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/friday-${name}.png`, fullPage: true })
}
async function assertAccessible(page: Page, name: string) {
  assert.deepEqual(await axe(page), [], name)
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, name)
  await photo(page, name)
}

test("on Friday evening a request comes, and everybody reads that it is due on Monday at ten", async () => {
  await my.getByLabel(es["portal.subject"]).fill("Me cobraron dos veces")
  await my.getByLabel(es["portal.description"]).fill("La factura de noviembre salió doble.")
  await my.getByRole("button", { name: es["portal.send"] }).click()
  await my.waitForURL(/\/my\/TKT-/)
  number = my.url().split("/").at(-1)!
  await waitUntil("it has its deadlines", async () => (await stateOf("first_response")) === "on_track")
  const { sla, team } = await ticket()
  assert.deepEqual(
    [sla!.targets[0]!.dueAt, team!.name],
    [bogota(3, "10:00").toISOString() as unknown as Date, "Soporte"],
  )
  await root.call("PUT", `/tickets/${number}/assignment`, { agentId: (await me(ana)).id })

  await goTo(sol, "/inbox?view=all&sort=deadline")
  const mark = markIn(sol, "Primera respuesta: vence el lunes 10:00 · Empieza el lun 09:00")
  assert.equal(await mark.textContent(), "1R lun 10:00", "beside the moon")
  await goTo(ana, "/inbox?view=mine")
  await markIn(ana, `${dueMonday} · Starts Mon 09:00`).waitFor()
  await assertAccessible(ana, "list on a phone")
  await markIn(ana, `${dueMonday} · Starts Mon 09:00`).click()
  await chip(ana, dueMonday).waitFor()
  await chip(ana, "Starts Mon 09:00").waitFor()
  await ana.getByRole("button", { name: dueMonday }).focus()
  const explained = ana.getByRole("tooltip")
  for (const said of [
    /, 10:00 \(America\/Bogota\)/,
    "Calendar Oficina (America/Bogota)",
    /grants 1\shr of working time/,
  ])
    await explained.getByText(said).waitFor({ state: "attached" })
  await assertAccessible(ana, "explained deadline on a phone")
  await ana.keyboard.press("Escape")
  await explained.waitFor({ state: "detached" })
  await ana.getByRole("button", { name: en["ticket.toInbox"] }).click()
  await markIn(ana, `${dueMonday} · Starts Mon 09:00`).waitFor()
  await goTo(my, `/my/${number}`)
  await chip(my, "Primera respuesta: vence el lunes 10:00").waitFor()
  await assertAccessible(my, "request on a phone")
})

const dueMonday = "First response: due Monday 10:00"
const me = async (page: Page) =>
  (await (await page.context().request.get(`${hilo.url}/api/v1/me`)).json()) as { id: string }

test("on Monday at 80 % the agent and the lead are warned", async () => {
  await setClock(bogota(3, "09:48"))
  await waitUntil("it is at risk", async () => (await stateOf("first_response")) === "warning")
  await notification(sol, es["notifications.title"], es["notifications.sla_warning"].replace("{number}", number))
  await notification(ana, en["notifications.title"], en["notifications.sla_warning"].replace("{number}", number))
  await goTo(sol, "/inbox?view=atRisk")
  await markIn(sol, "Primera respuesta: vence hoy 10:00").waitFor()
})

test("at ten it is missed and escalated, once", async () => {
  await setClock(bogota(3, "10:00"))
  await waitUntil("its priority is raised", async () => (await ticket()).priority === "urgent")
  await notification(ana, en["notifications.title"], en["notifications.sla_breached"].replace("{number}", number))
  await setClock(bogota(3, "10:05"))
  await goTo(sol, `/tickets/${number}`)
  await chip(sol, "Primera respuesta: venció hace 5 min").waitFor()
  await sol.getByText("Pasó el tiempo que da la política Soporte (1 h hábiles)").waitFor()
  await sol.getByText("Primera respuesta: escalado por su política de SLA").waitFor()
  const told = await hilo.db.pool.query("select kind from notifications where kind = 'sla_breached'")
  assert.deepEqual(
    [await countOf("ticket.sla_warned"), await countOf("ticket.sla_breached"), await countOf("ticket.escalated")],
    [1, 1, 1],
  )
  assert.equal(told.rowCount, 2, "the agent and the lead, once each")
})

test("the customer is asked, and the clock stands with what is left; they answer, and it goes on from there", async () => {
  await setClock(bogota(3, "10:20"))
  await goTo(ana, `/tickets/${number}`)
  await composerOf(ana).fill("Which card was charged twice?")
  await ana.getByRole("button", { name: en["composer.send"], exact: true }).click()
  await ana.getByRole("button", { name: `${en["details.status"]}: ${en["status.active"]}` }).click()
  await ana.getByRole("menuitem", { name: en["rawStatus.pending"] }).click()
  await waitUntil("its resolution is paused", async () => (await stateOf("resolution")) === "paused")
  await setClock(bogota(4, "11:00"))
  await goTo(ana, `/tickets/${number}`)
  await chip(ana, "Resolution: paused, 6 hr 40 min left").waitFor()
  await assertAccessible(ana, "paused ticket on a phone")
  await goTo(my, `/my/${number}`)
  await chip(my, "Resolución: en pausa, quedan 6 h 40 min").waitFor()
  await my.getByLabel(es["portal.reply"]).fill("La Visa terminada en 10")
  await my.getByRole("button", { name: es["portal.send"] }).click()
  await waitUntil("its resolution runs", async () => (await stateOf("resolution")) === "on_track")
  await goTo(sol, `/tickets/${number}`)
  await chip(sol, "Próxima respuesta: vence hoy 13:00").waitFor()
  await chip(sol, "Resolución: vence hoy 17:40").waitFor()
  await assertAccessible(sol, "ticket on a wide screen")
})

test("it is resolved, and the customer says how it was", async () => {
  await setClock(bogota(4, "12:00"))
  box.take()
  await goTo(ana, `/tickets/${number}`)
  await composerOf(ana).fill("We gave it back today.")
  await ana.getByRole("button", { name: en["composer.sendAnd"] }).click()
  await ana.getByRole("menuitem", { name: en["composer.sendResolve"] }).click()
  let link = ""
  await waitUntil("the survey was mailed", async () => {
    hilo.db.wakes.wake("mail")
    link ||= box.take().flatMap(({ text }) => /\/s\/[0-9a-f]{36}/.exec(text)?.[0] ?? [])[0] ?? ""
    return link !== ""
  })
  await goTo(my, link)
  await my.getByRole("radio", { name: es["surveyPage.score.5"], exact: true }).check({ force: true })
  await my.getByRole("button", { name: es["surveyPage.send"] }).click()
  await my.getByText(es["surveyPage.thanksText"]).waitFor()
  await goTo(sol, `/tickets/${number}`)
  await sol.getByText(es["event.survey.answered"].replace("{score}", "5")).first().waitFor()
  await chip(sol, "Primera respuesta: vencido").waitFor()
  await sol.getByRole("tab", { name: es["details.ticket"] }).click()
  await sol.getByText("Resolución: cumplido", { exact: true }).waitFor()
})

test("a day before it closes by itself the customer is notified, and after four days it is closed", async () => {
  box.take()
  await setClock(bogota(7, "12:00"))
  const notice = es["event.ticket.closing_announced"].split("{when}")[0]!.trim()
  await goTo(sol, `/tickets/${number}`)
  await sol.getByText(notice).waitFor()
  await waitUntil("the notice was mailed", async () => {
    for (const topic of ["customer emails", "mail"]) hilo.db.wakes.wake(topic)
    return box.take().some(({ text }) => text.includes(number))
  })
  await setClock(bogota(8, "12:00"))
  await sol.getByText(es["why.auto_closed"].replace("{days}", "4")).waitFor()
  await goTo(my, "/my")
  await my.getByRole("listitem").filter({ hasText: number }).getByText(es["portal.phase.closed"]).waitFor()
  await assertAccessible(my, "requests on a phone")
  for (const { context } of [lead, agent, carla]) await context.close()
})
