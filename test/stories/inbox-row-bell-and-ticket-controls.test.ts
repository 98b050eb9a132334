// What a row and the bell say of a ticket: the customer's own words, and nothing of what stands on the screen already. And what
// keys and menus do to it, each act once.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
const greeting = "Welcome, how can we help you?"
const farewellText = "Until soon"
const api = await acting(hilo, (act) =>
  createConnection(act, hilo.secrets, { kind: "api", name: "Shop", greeting, farewellText }),
)

let last = 0
async function writes(text: string, n = ++last): Promise<string> {
  const message = { externalId: `${text} ${n}`, contact: { id: `+57300555${1000 + n}`, name: `Carla ${n}` }, text }
  const { body } = await key.call("POST", `/connections/${api}/messages`, message)
  return (body as unknown as { ticket: { number: string } }).ticket.number
}
const row = (page: Page, number: string) => page.locator(`[data-number="${number}"]`)
const give = async (number: string, agentId: string) => {
  const { status, body } = await key.call("PUT", `/tickets/${number}/assignment`, { agentId })
  assert.equal(status, 200, JSON.stringify(body))
}

/** When the page that is opened next has received what it missed, by polling or by its WebSocket. */
function replayEnd(context: BrowserContext): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = (received: string | Buffer) => received.includes('42["ready"') && resolve()
  context.on("page", (page) =>
    page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => look(payload))),
  )
  context.on("response", (response) => {
    if (new URL(response.url()).pathname === "/socket/") void response.text().then(look, () => undefined)
  })
  return promise
}

/** From now on the page notes which times it puts into words; times that pass draw nothing. */
function noteTimes() {
  const start = window.setInterval.bind(window)
  const noted = new Set<number>()
  const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format")!
  const note = function (this: Intl.DateTimeFormat) {
    const format = get!.call(this) as Intl.DateTimeFormat["format"]
    return (at: number) => {
      noted.add(at)
      return format(at)
    }
  }
  Object.assign(window, { noted, setInterval: (work: () => void, ms: number) => (ms < 30_000 ? start(work, ms) : 0) })
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", { get: note })
}

test("the row of a new conversation shows the customer's words though our greeting came after them, and is drawn again alone", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  await context.addInitScript(noteTimes)
  const request = { subject: "Another row", contact: { name: "Dora", email: "d@example.com" } }
  const other = String((await key.call("POST", "/tickets", request)).body["number"])
  const number = await writes("My parcel is lost")
  const said = async () => (await key.call("GET", `/tickets/${number}/messages`)).body["items"] as { content: string }[]
  await waitUntil("the greeting stands in the thread", async () => (await said()).at(-1)?.content === greeting)
  const replayed = replayEnd(context)
  const page = await open("/inbox?view=open")
  await row(page, number).getByText("My parcel is lost").waitFor()
  assert.equal(await row(page, number).getByText("Welcome").count(), 0)
  const at = async (ref: string) => Date.parse((await row(page, ref).locator("time").getAttribute("datetime"))!)
  await row(page, other).waitFor()
  await replayed
  // Drawn after all that was replayed.
  await writes("Still lost", last)
  await row(page, number).getByText("Still lost").waitFor()
  await page.evaluate(() => (window as unknown as { noted: Set<number> }).noted.clear())
  await writes("It is back", last)
  await row(page, number).getByText("It is back").waitFor()
  const noted = await page.evaluate(() => [...(window as unknown as { noted: Set<number> }).noted])
  assert.deepEqual([noted.includes(await at(number)), noted.includes(await at(other))], [true, false])
  await context.close()
})

/** Notes how often a page sounds, and what it says. */
function noteSoundsAndToasts() {
  const noted = { sounds: 0, said: [] as string[] }
  Object.assign(window, { noted })
  const { start } = OscillatorNode.prototype
  OscillatorNode.prototype.start = function (when) {
    noted.sounds++
    start.call(this, when)
  }
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records)
      if ((target as Element).matches?.("[role=status]"))
        noted.said.push(...[...addedNodes].map((it) => it.textContent ?? ""))
  }).observe(document, { subtree: true, childList: true })
}

test("a notification of the ticket on the screen needs no toast and no count, and work on another empties the bell", async () => {
  const { context, open, email } = await inviteAndSignIn(hilo)
  const { rows } = await hilo.db.pool.query<{ id: string }>("select id from users where email = $1", [email])
  const me = rows[0]!.id
  const [here, elsewhere] = [await writes("Here"), await writes("Elsewhere")]
  await context.addInitScript(noteSoundsAndToasts)
  const page = await open(`/tickets/${here}?view=open`)
  await page.getByRole("log").getByText("Here").waitFor()
  const bell = (name: string) => page.getByRole("button", { name, exact: true }).waitFor()
  await bell("Notifications")
  await give(here, me)
  await give(elsewhere, me)
  await bell("Notifications, 1 unread")
  const announced = () =>
    page.evaluate(() => (window as unknown as { noted: { said: string[] } }).noted.said.join("\n"))
  await waitUntil("the other ticket was announced", async () => (await announced()).includes(elsewhere))
  assert.equal((await announced()).includes(here), false)
  const unread = `select count(*)::int as n from notifications where user_id = $1 and read_at is null`
  await waitUntil("the first is read", async () => (await hilo.db.pool.query(unread, [me])).rows[0].n === 1)
  await page.goto(`${hilo.url}/tickets/${elsewhere}?view=open`)
  await bell("Notifications")
  await waitUntil("both are read", async () => (await hilo.db.pool.query(unread, [me])).rows[0].n === 0)
  const reads = `select subject_id from events where kind = 'ticket.read' and data->'unread' is null
    and ticket_id = (select id from tickets where number = $1)`
  await waitUntil("its message is read by name", async () =>
    String((await hilo.db.pool.query(reads, [elsewhere])).rows[0]?.subject_id).startsWith("msg_"),
  )
  await context.close()
})

test("of many tabs one sounds, none says what another has on the screen, and what one reads is read in all", async () => {
  const { context, open, email } = await inviteAndSignIn(hilo)
  const { rows } = await hilo.db.pool.query<{ id: string }>("select id from users where email = $1", [email])
  const me = rows[0]!.id
  const [here, elsewhere] = [await writes("Here too"), await writes("Somewhere else")]
  await context.addInitScript(noteSoundsAndToasts)
  const tabs = [await open(`/tickets/${here}?view=open`), await open("/settings/profile")] as const
  await tabs[0].getByRole("log").getByText("Here too").waitFor()
  for (const tab of tabs) {
    await tab.getByRole("button", { name: "Notifications", exact: true }).waitFor()
    await tab.mouse.click(1, 1)
  }
  const noted = () =>
    Promise.all(
      tabs.map((tab) => tab.evaluate(() => (window as unknown as { noted: { sounds: number; said: string[] } }).noted)),
    )
  await give(here, me)
  await give(elsewhere, me)
  await writes("Are you there? ".repeat(8), last)
  const says = (said: string[], text: string) => said.some((one) => one.includes(text))
  await waitUntil("both tabs say what the customer wrote", async () =>
    (await noted()).every(({ said }) => says(said, `Carla ${last} wrote: “Are you there? Are`)),
  )
  assert.deepEqual(
    (await noted()).map(({ said }) => [says(said, elsewhere), says(said, here)]),
    [
      [true, false],
      [true, false],
    ],
  )
  // Two notifications of two notes each; those that came together sound once.
  const sounds = async () => (await noted()).reduce((sum, one) => sum + one.sounds, 0)
  await waitUntil("one of them sounds", async () => (await sounds()) > 0)
  assert.ok([2, 4].includes(await sounds()), `${await sounds()} notes`)
  await waitUntil("the titles count", async () =>
    (await Promise.all(tabs.map((tab) => tab.title()))).every((title) => title.startsWith("(2) ")),
  )
  await tabs[1].goto(`${hilo.url}/tickets/${elsewhere}?view=open`)
  await waitUntil("it is read everywhere", async () =>
    (await Promise.all(tabs.map((tab) => tab.title()))).every((title) => !title.startsWith("(")),
  )
  await context.close()
})

test("of many chosen tickets only the statuses are offered that one of them can take, and farewells are announced", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await writes("Bye")
  const can = (await key.call("GET", `/tickets/${number}`)).body["can"] as string[]
  const page = await open("/inbox?view=open")
  await row(page, number).getByRole("checkbox").check({ force: true })
  await page.getByRole("button", { name: en["filter.phase"] }).press("Enter")
  await page.getByRole("menuitem", { name: en["rawStatus.closed"] }).waitFor()
  const names = (["open", "pending", "in_progress", "resolved", "closed"] as const)
    .filter((status) => can.includes(status))
    .map((status) => en[`rawStatus.${status}`])
  assert.deepEqual(await page.getByRole("menuitem").allTextContents(), names)
  assert.ok(!can.includes("in_progress"), "else it proves nothing")
  await page.getByRole("menuitem", { name: en["rawStatus.closed"] }).press("Enter")
  const dialog = page.getByRole("dialog", { name: "Close 1 ticket" })
  await dialog.waitFor()
  assert.equal((await key.call("GET", `/tickets/${number}`)).body["status"] === "closed", false)
  await dialog.getByRole("button", { name: en["bulk.announceGo"] }).press("Enter")
  await waitUntil("it is closed", async () => (await key.call("GET", `/tickets/${number}`)).body["status"] === "closed")
  await context.close()
})

test("on a phone what was done is said below the controls of the ticket, which stay within reach", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { width: 390 })
  const number = await writes("Thank you")
  const page = await open(`/tickets/${number}?view=open`)
  await page.getByRole("log").getByText("Thank you").waitFor()
  await page.keyboard.press("e")
  const undo = page.getByRole("status").filter({ has: page.getByRole("button", { name: en["action.undo"] }) })
  await undo.waitFor()
  await page.getByRole("button", { name: en["ticket.reopen"] }).click()
  await page.getByText(en["ticket.reopened"].replace("{number}", number)).waitFor()
  const [said, header] = [await undo.boundingBox(), await page.locator("section header").first().boundingBox()]
  assert.ok(said!.y >= header!.y + header!.height, `${said!.y} is within the header`)
  await context.close()
})

test("on a wide screen the controls of a ticket stand in one row", async () => {
  const { context, open, email } = await inviteAndSignIn(hilo, { name: "Maximiliana-Fernanda" })
  const { rows } = await hilo.db.pool.query<{ id: string }>("select id from users where email = $1", [email])
  const number = await writes("One row")
  await give(number, rows[0]!.id)
  const page = await open(`/tickets/${number}?view=open`)
  const top = async (name: string | RegExp) =>
    (await page.locator("section header").getByRole("button", { name }).first().boundingBox())!.y
  const status = new RegExp(`^${en["details.status"]}: `)
  const [first, last] = [await top(status), await top(new RegExp(`^${en["ticket.close"]}$`))]
  assert.ok(Math.abs(first - last) < 8, `${first} and ${last}`)
  await context.close()
})

test("what is typed while the dialog of a new ticket comes does nothing to the ticket that is open", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await writes("Still open")
  const coming = Promise.withResolvers<void>()
  await context.route(/new-ticket-dialog-[^/]*\.js/, async (route) => {
    await coming.promise
    await route.continue()
  })
  const page = await open(`/tickets/${number}?view=open`)
  await page.getByRole("log").getByText("Still open").waitFor()
  const asked: string[] = []
  page.on("request", (request) => asked.push(request.url()))
  await page.keyboard.type("ce")
  coming.resolve()
  await page.getByRole("dialog", { name: en["newTicket.title"] }).waitFor()
  // With E the page asks first what would not arrive.
  assert.equal(asked.filter((url) => url.endsWith("/tickets/announcements")).length, 0)
  await context.close()
})

test("a held E ends one ticket, Ctrl Z takes back the newest act only, and nobody is led away from what they write", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  await member(hilo, { email: "berta@example.com", name: "Berta", role: "agent" })
  const make = async (subject: string) =>
    String((await key.call("POST", "/tickets", { subject, contact: { name: "Carla" } })).body["number"])
  const [third, second, first] = [await make("Not reached"), await make("Given away"), await make("Held")]
  const page = await open("/settings/profile")
  await page.request.patch(`${hilo.url}/api/v1/me`, { headers: { origin: hilo.url }, data: { afterClosing: "next" } })
  const isOn = async (number: string) => {
    await page.waitForURL(new RegExp(`/tickets/${number}`))
    await composerOf(page).waitFor()
  }
  const says = (text: string, number: string) =>
    page.getByText(text.replace("{number}", number).replace("{name}", "Berta")).waitFor()
  const stateOf = async (number: string) => {
    const { status, assignee } = (await key.call("GET", `/tickets/${number}`)).body
    return [status, (assignee as { name: string } | null)?.name].join(" ")
  }
  await page.goto(`${hilo.url}/tickets/${first}?view=all`)
  await row(page, third).waitFor()
  await isOn(first)
  await page.keyboard.down("e")
  await isOn(second)
  await page.keyboard.down("e")
  await page.keyboard.up("e")
  await says(en["ticket.resolved"], first)
  const answer = Promise.withResolvers<void>()
  await page.route("**/assignment", (route) => answer.promise.then(() => route.continue()), { times: 1 })
  await page.keyboard.press("a")
  await page.getByRole("menuitem", { name: "Berta" }).press("Enter")
  await page.getByRole("menu").waitFor({ state: "detached" })
  await page.keyboard.press("Control+z")
  await page.getByText(en["action.notYetUndone"]).waitFor()
  await page.keyboard.press("n")
  await page.keyboard.type("she ")
  answer.resolve()
  await says(en["ticket.assigned"], second)
  await page.keyboard.type("knows")
  assert.equal(await composerOf(page).inputValue(), "she knows")
  assert.deepEqual([await stateOf(first), await stateOf(second)], ["resolved ", "open Berta"])
  await page.keyboard.press("Escape")
  await page.keyboard.press("Control+z")
  await says(en["ticket.unassigned"], second)
  await page.keyboard.press("Control+z")
  await waitUntil("the first is open again", async () => (await stateOf(first)).startsWith("open"))
  assert.equal(await stateOf(second), "open ", await stateOf(first))
  await context.close()
})
