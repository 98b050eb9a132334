// A ticket that an operator closes in Splynx alone, three times, while the clock of the desk is set forward. The
// lead reads Spanish on a wide screen and uses the keyboard alone, the operator reads English on a phone.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createTeam } from "#people/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { acting, member } from "../desks/test-desk.ts"
import { createFakeGestionReal, hookBearer, type HookPost } from "../fakes/gestion-real.ts"
import {
  accessToken,
  approvedTemplate,
  appSecret,
  phoneNumberId,
  startFakeGraphApi,
  wabaId,
} from "../fakes/graph-api.ts"
import { splynxKey, splynxSecret, startFakeSplynx } from "../fakes/splynx.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const clock = { now: new Date() }
const now = () => clock.now
const cronSecret = "cron-secret-of-a-test"
const [splynx, graph, gestionReal] = [await startFakeSplynx(now), await startFakeGraphApi(), createFakeGestionReal(now)]
const outside = { CRON_SECRET: cronSecret, WHATSAPP_API_URL: graph.url, HILO_ALLOW_PRIVATE: "127.0.0.1" }
const hilo = await startApp(outside, { now })
const root = await member(hilo, { email: "root@example.com", name: "Root", role: "admin" })
const lead = await inviteAndSignIn(hilo, { name: "Sol", role: "lead", language: "es" })
const operator = await inviteAndSignIn(hilo, { name: "Ana", role: "agent", language: "en", width: 390 })
await prepareDesk()
const [sol, ana] = [await lead.open("/agreements"), await operator.open("/inbox")]
let [id, workNumber] = ["", ""]

async function prepareDesk() {
  const { rows } = await hilo.db.pool.query<{ id: string; email: string }>("select id, email from users")
  const idOf = (email: string) => rows.find((row) => row.email === email)!.id
  const people = { memberIds: [idOf(operator.email)], leadIds: [idOf(lead.email)] }
  await acting(hilo, (act) => createTeam(act, { name: "Redes", isDefault: true, autoAssign: [], ...people }))
  const known = { externalIds: { splynx: "7" }, phone: "+573001110000" }
  assert.equal((await root.call("PATCH", `/users/${idOf(operator.email)}`, known)).status, 200)
  const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }
  const number = await openMessageSource(hilo, { kind: "whatsapp", settings })
  graph.templates = [approvedTemplate("reabierto", "Hola {{1}}: el ticket {{2}} ({{3}}) sigue abierto")]
  assert.equal((await root.call("POST", `/connections/${number.id}/templates/sync`, {})).status, 200)
  const access = { auth: "basic", key: splynxKey, secret: splynxSecret, requestsPerSecond: 1_000 }
  const notice = { noticeConnectionId: number.id, noticeTemplate: { name: "reabierto", language: "es" } }
  await link("splynx", { baseUrl: splynx.url, ...access, ...notice })
  await link("gestionreal", { bearer: hookBearer })
  await pass(0)
}

async function link(kind: string, settings: object) {
  const { status, body } = await root.call("POST", "/links/systems", { kind, name: kind, settings })
  assert.equal(status, 201, JSON.stringify(body))
}

/** So many seconds pass, for the server and on every screen. */
async function pass(seconds: number) {
  clock.now = new Date(clock.now.getTime() + seconds * 1_000)
  for (const { context } of [lead, operator]) await context.clock.setFixedTime(clock.now)
}

async function cron(job: "sync-tickets-status" | "ticket-reopen-checker") {
  const headers = { authorization: `Bearer ${cronSecret}` }
  const answer = await fetch(`${hilo.url}/api/cron/${job}`, { method: "POST", headers })
  assert.equal(answer.status, 200, await answer.text())
}

async function post({ url, payload, headers }: HookPost) {
  const answer = await fetch(hilo.url + url, { method: "POST", body: payload, headers })
  assert.equal(answer.status, 200, await answer.text())
}

/** Both have it open, with the operator in Splynx. Gives its id here and its number in Splynx. */
async function opens(number: number) {
  const { id: splynxId } = splynx.add({ assign_to: "7" })
  await post(gestionReal.opens({ number, splynxId }))
  const find = `select id from agreements where record_number = '${number}'`
  const found = async () => (await hilo.db.pool.query<{ id: string }>(find)).rows[0]?.id
  await waitUntil("it is open here", async () => (await found()) !== undefined)
  return [(await found())!, splynxId] as const
}

async function closeInSplynx(number: string) {
  splynx.change(number, { closed: true, status_id: "3" })
  await cron("sync-tickets-status")
}

/** Neither the page nor anything in it is wider than the window, and axe finds nothing. */
async function assertAccessible(page: Page, name: string) {
  assert.deepEqual(await axe(page), [], name)
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, name)
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/agreement-${name.replaceAll(" ", "-")}.png`, fullPage: true })
}

const header = (page: Page) => page.locator("main header")
const evidence = (page: Page, name: string) => page.getByRole("region", { name }).getByRole("listitem")

test("closed in Splynx alone it comes onto the board, which counts down to its reopening, in both languages", async () => {
  ;[id, workNumber] = await opens(812)
  await cron("sync-tickets-status")
  await sol.getByRole("heading", { name: es["agreement.none"] }).waitFor()
  await closeInSplynx(workNumber)
  await sol.getByText("7:00", { exact: true }).waitFor()
  await pass(228)
  await sol.getByText("3:12", { exact: true }).waitFor()
  await sol.getByText(es["agreement.todo.awaiting"].replace("{operator}", "Ana")).waitFor()
  await assertAccessible(sol, "board")
  await sol.keyboard.press("j")
  await sol.keyboard.press("Enter")
  await header(sol).getByText("3:12", { exact: true }).waitFor()

  await ana.getByRole("link", { name: en["nav.agreements"] }).press("Enter")
  await ana.getByText("3:12", { exact: true }).waitFor()
  await ana.getByText(en["agreement.todo.awaiting"].replace("{operator}", "Ana")).waitFor()
  await assertAccessible(ana, "board on a phone")
  await ana.getByRole("link", { name: /General Soporte/ }).press("Enter")
  await header(ana).getByText(en["agreement.state.awaiting"]).waitFor()
  assert.equal(await header(ana).getByRole("button").count(), 0, "it is for leads to decide")
})

test("at the end of its window it is reopened and its operator notified; at the third time it is escalated to the lead", async () => {
  for (const times of [1, 2, 3]) {
    if (times > 1) await closeInSplynx(workNumber)
    await header(sol).getByText(es["agreement.state.awaiting"]).waitFor()
    await pass(times > 1 ? 420 : 192)
    await cron("ticket-reopen-checker")
    await waitUntil("the operator is notified", async () => graph.accepted.length === times)
    await evidence(sol, es["agreement.evidence"])
      .getByText(es["agreement.said.notice_queued"])
      .nth(times - 1)
      .waitFor()
    await pass(60)
  }
  assert.deepEqual(
    splynx.puts.map((put) => put.id),
    [workNumber, workNumber, workNumber],
  )
  await header(sol).getByText("Reabierto 3 veces").waitFor()
  await header(sol).getByText(es["agreement.state.escalated"], { exact: true }).waitFor()
  await evidence(sol, es["agreement.evidence"]).getByText("Ciclo 4").waitFor()
  await assertAccessible(sol, "escalated")
  await sol.getByRole("button", { name: /^Notificaciones, / }).press("Enter")
  await sol
    .getByText(/se cerró otra vez en un solo sistema/)
    .first()
    .waitFor()
  await sol.keyboard.press("Escape")
  await header(ana).getByText("Reopened 3 times").waitFor()
  await evidence(ana, en["agreement.evidence"]).getByText(en["agreement.said.notice_queued"]).nth(2).waitFor()
  await assertAccessible(ana, "escalated on a phone")
})

test("closed in both it is closed for good, once, wherever it is shown", async () => {
  await closeInSplynx(workNumber)
  await post(gestionReal.closes({ number: 812, company: "Red Sur" }))
  await header(sol).getByText(es["agreement.todo.closed"]).waitFor()
  await header(ana).getByText(en["agreement.todo.closed"]).waitFor()
  assert.equal(await header(sol).getByRole("button").count(), 0)
  await pass(600)
  await cron("ticket-reopen-checker")
  assert.equal(splynx.puts.length, 3)
})

test("a lead has it reopened now, and says that both agree, each with a reason and by the keyboard alone", async () => {
  ;[id, workNumber] = await opens(813)
  await cron("sync-tickets-status")
  await closeInSplynx(workNumber)
  await sol.goto(`${hilo.url}/agreements/${id}`)
  const dialog = sol.getByRole("dialog")
  const reopen = header(sol).getByRole("button", { name: es["agreement.reopen"] })
  await reopen.press("Enter")
  const go = dialog.getByRole("button", { name: es["agreement.reopen"] })
  assert.equal(await go.getAttribute("aria-disabled"), "true", "without a reason nothing is decided")
  await assertAccessible(sol, "reason")
  await sol.keyboard.type("Falta la visita")
  await sol.keyboard.press("Control+Enter")
  await dialog.waitFor({ state: "detached" })
  await header(sol).getByText("Reabierto una vez").waitFor()
  await evidence(sol, es["agreement.evidence"]).getByText("Falta la visita").waitFor()
  assert.deepEqual([splynx.tickets.get(workNumber)!.closed, splynx.puts.length], [false, 4])
  await sol.keyboard.press("e")
  await dialog.waitFor()
  await sol.keyboard.type("Cerrado en los dos")
  await sol.keyboard.press("Control+Enter")
  await header(sol).getByText(es["agreement.state.agreed_closed"], { exact: true }).waitFor()
  await evidence(sol, es["agreement.evidence"])
    .getByText(es["agreement.said.close_by_hand"].replace("{name}", "Sol"))
    .waitFor()
  for (const { context } of [lead, operator]) await context.close()
})
