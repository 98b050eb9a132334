// What was sent and not confirmed: lost answers, two windows of one person, a server that never answers.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page, Request, Route } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { createUser } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { intercept } from "../browsers/intercept-requests.ts"
import { inviteAndSignIn, password } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { en } from "#texts/en.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
const api = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Shop" }))

let said = 0
async function ticket(): Promise<string> {
  const n = ++said
  const message = { externalId: `m-${n}`, contact: { id: `+57300555${1000 + n}`, name: `Carla ${n}` }, text: "hello" }
  const { body } = await key.call("POST", `/connections/${api}/messages`, message)
  return (body as unknown as { ticket: { number: string } }).ticket.number
}

async function open(context: BrowserContext, number: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${hilo.url}/tickets/${number}?view=open`)
  await composerOf(page).waitFor()
  return page
}

const log = (page: Page) => page.getByRole("log")
async function send(page: Page, text: string) {
  await composerOf(page).fill(text)
  await composerOf(page).press("Control+Enter")
}
const writes = (number: string) => `**/api/v1/tickets/${number}/messages`
const asked = (request: Request) => ({ key: request.headers()["idempotency-key"], body: request.postData() })
async function stored(number: string, content: string): Promise<number> {
  const { body } = await key.call("GET", `/tickets/${number}/messages?includeInternal=true`)
  return (body as unknown as { items: { content: string }[] }).items.filter((one) => one.content === content).length
}

/** The first message is handled by `lose`; gives every one that was asked for. */
async function losing(page: Page, number: string, lose: (route: Route) => Promise<void>) {
  const requests: ReturnType<typeof asked>[] = []
  await intercept(page, writes(number), async (route) => {
    if (route.request().method() !== "POST") return route.continue()
    requests.push(asked(route.request()))
    return requests.length === 1 ? lose(route) : route.continue()
  })
  return requests
}

test("a reply whose answer was lost is asked for again with the very same request, and the customer has it once", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const number = await ticket()
  // Nothing but asking again shows it: no live notice comes, and nothing can be read anew until then.
  await context.route("**/socket/**", (route) => route.abort())
  const page = await open(context, number)
  const requests = await losing(page, number, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await intercept(page, new RegExp(`/api/v1/tickets/${number}`), (route) =>
    route.request().method() === "GET" && requests.length === 1 ? route.abort() : route.fallback(),
  )
  await send(page, "It left today")
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor()
  await log(page).getByRole("button", { name: en["action.retry"] }).click()
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor({ state: "detached" })
  await waitUntil("asked again", () => Promise.resolve(requests.length === 2))
  assert.deepEqual(requests[1], requests[0])
  assert.match(requests[0]!.body!, /lastSeenMessageId/)
  assert.equal(await log(page).getByText("It left today").count(), 1)
  assert.equal(await stored(number, "It left today"), 1)
  const { body } = await key.call("GET", `/tickets/${number}/messages`)
  const keys = (body as unknown as { items: { clientKey: unknown }[] }).items.map(({ clientKey }) => clientKey)
  assert.deepEqual(keys, [null, null], "nobody else is told the key")
  await context.close()
})

test("a lost reply that a colleague has overtaken meanwhile is decided anew, and goes under a new key", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const number = await ticket()
  const page = await open(context, number)
  const requests = await losing(page, number, (route) => route.abort())
  await send(page, "Mine")
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor()
  await key.call("POST", `/tickets/${number}/messages`, { content: "Faster" })
  await log(page).getByRole("button", { name: en["action.retry"] }).click()
  const dialog = page.getByRole("dialog", { name: "Key replied in the meantime" })
  await dialog.getByText("Faster").waitFor()
  assert.equal(await stored(number, "Mine"), 0)
  await dialog.getByRole("button", { name: en["newerReply.send"] }).click()
  await waitUntil("it is sent", async () => (await stored(number, "Mine")) === 1)
  assert.deepEqual(requests[1], requests[0])
  assert.notEqual(requests[2]!.key, requests[0]!.key)
  assert.equal(await log(page).getByText("Mine").count(), 1)
  await context.close()
})

test("an agent who went on from a reply that is lost reads so, and its ticket stays open with the reply in it", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const below = await ticket()
  const number = await ticket()
  const page = await open(context, number)
  await page.locator(`[data-number="${below}"]`).waitFor()
  await losing(page, number, (route) => route.abort())
  await composerOf(page).fill("Lost and kept")
  await composerOf(page).press("Control+Shift+Enter")
  await page.waitForURL(new RegExp(`/tickets/${below}`))
  await page.getByText(en["composer.notConfirmed"].replace("{number}", number)).waitFor()
  assert.notEqual((await key.call("GET", `/tickets/${number}`)).body["status"], "closed")
  await page.getByRole("button", { name: en["notifications.open"], exact: true }).click()
  await log(page).getByText("Lost and kept").waitFor()
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor()
  await context.close()
})

test("two windows keep each other's unsent messages, and what one throws away the other does not bring back", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const [first, second] = [await ticket(), await ticket()]
  await context.route("**/api/v1/tickets/*/messages", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  )
  const one = await open(context, first)
  const other = await open(context, second)
  await send(one, "from one")
  await log(one).getByText(en["delivery.unconfirmed"]).waitFor()
  await send(other, "from the other")
  await log(other).getByText(en["delivery.unconfirmed"]).waitFor()
  await other.goto(`${hilo.url}/tickets/${first}?view=open`)
  await log(other).getByText("from one").waitFor()
  await log(one).getByRole("button", { name: en["action.discard"] }).click()
  await log(other).getByText("from one").waitFor({ state: "detached" })
  await one.goto(`${hilo.url}/tickets/${second}?view=open`)
  await log(one).getByText("from the other").waitFor()
  await context.close()
})

test("a request that nobody answers ends, and what came of it is said to be unknown", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const number = await ticket()
  const page = await open(context, number)
  const requests = await losing(page, number, () => new Promise(() => {}))
  await page.clock.install()
  await send(page, "Into the dark")
  await log(page).getByRole("img", { name: en["delivery.sending"] }).waitFor()
  await waitUntil("it is asked", () => Promise.resolve(requests.length === 1))
  // The request itself is given up, and not only what is shown of it.
  const givenUp = page.waitForEvent("requestfailed", (request) => request.url().endsWith(`${number}/messages`))
  await page.clock.fastForward(60_000)
  await givenUp
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor()
  await log(page).getByRole("button", { name: en["action.retry"] }).click()
  await waitUntil("it is stored", async () => (await stored(number, "Into the dark")) === 1)
  assert.deepEqual(requests[1], requests[0])
  await context.close()
})

test("whether a message arrived is known by its key and not by its words", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const number = await ticket()
  const page = await open(context, number)
  await send(page, "ok")
  await waitUntil("the first is stored", async () => (await stored(number, "ok")) === 1)
  // The second one never arrives: it stays in sight beside the first.
  let lost: (() => Promise<void>) | undefined
  const requests = await losing(page, number, async (route) => {
    await new Promise<void>((done) => (lost = () => Promise.resolve(done())))
    await route.abort()
  })
  await send(page, "ok")
  await waitUntil("it is asked", () => Promise.resolve(requests.length === 1))
  await log(page).getByRole("img", { name: en["delivery.sending"] }).waitFor()
  assert.equal(await log(page).getByText("ok", { exact: true }).count(), 2)
  await lost!()
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor()
  await context.close()
})

test("a live notice of a message whose answer was lost settles it", async () => {
  const { context } = await inviteAndSignIn(hilo)
  const number = await ticket()
  const page = await open(context, number)
  await losing(page, number, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await send(page, "Seen by the notice")
  await waitUntil("it is stored", async () => (await stored(number, "Seen by the notice")) === 1)
  // Something else brings the thread anew.
  await key.call("POST", `/tickets/${number}/messages`, { content: "another", isInternal: true })
  await log(page).getByText("another").waitFor()
  await log(page).getByText(en["delivery.unconfirmed"]).waitFor({ state: "detached" })
  assert.equal(await log(page).getByText("Seen by the notice").count(), 1)
  await page.reload()
  await log(page).getByText("Seen by the notice").waitFor()
  assert.equal(await log(page).getByText("Seen by the notice").count(), 1)
  await context.close()
})

test("a customer's answer and a new request are asked for again under their keys, with a file that was added later under another", async () => {
  const context = await (await browser()).newContext({ locale: "en-US", viewport: { width: 390, height: 844 } })
  const passwordHash = cheapPasswordHash(password)
  const account = { email: "carla@example.com", name: "Carla", role: "user", language: "en", passwordHash } as const
  await acting(hilo, (act) => createUser(act, account))
  await context.request.post(`${hilo.url}/api/v1/session`, { data: { email: account.email, password } })
  const page = await context.newPage()
  const requests: ReturnType<typeof asked>[] = []
  let losing = 1
  await page.route(/\/api\/v1\/tickets(\/[^/]+\/messages)?$/, async (route) => {
    if (route.request().method() !== "POST") return route.continue()
    requests.push(asked(route.request()))
    if (losing-- <= 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await page.goto(`${hilo.url}/my/new`)
  await page.getByLabel(en["portal.subject"]).fill("Where is it?")
  const send = page.getByRole("button", { name: en["portal.send"] })
  await send.click()
  await page.getByRole("alert").waitFor()
  await send.click()
  await page.getByLabel(en["portal.reply"]).waitFor()
  assert.deepEqual(requests[1], requests[0])
  assert.ok(requests[0]!.key)

  losing = 1
  requests.length = 0
  await page.getByLabel(en["portal.reply"]).fill("Thanks")
  await send.click()
  await page.getByRole("alert").waitFor()
  await page.setInputFiles("input[type=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") })
  await page.getByText("1 byte").waitFor()
  await send.click()
  await page.getByText("a.txt").first().waitFor()
  await waitUntil("it is asked", () => Promise.resolve(requests.length === 2))
  assert.notEqual(requests[1]!.key, requests[0]!.key)
  await context.close()
})

test("of two windows of a chat one sends what was written without a connection", async () => {
  const chat = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: "Chat" }))
  const context = await (await browser()).newContext({ locale: "en-US" })
  const [one, other] = [await context.newPage(), await context.newPage()]
  for (const page of [one, other]) {
    await page.goto(`${hilo.url}/chat/${chat}`)
  }
  const say = async (page: Page, text: string) => {
    await page.getByLabel("Your message", { exact: true }).fill(text)
    await page.getByLabel("Your message", { exact: true }).press("Enter")
  }
  await say(one, "first")
  // Whole: "Not sent yet" has the word too.
  const sentOne = (page: Page, text: string) =>
    page
      .getByRole("listitem")
      .filter({ hasText: text })
      .filter({ has: page.getByText("Sent", { exact: true }) })
  await sentOne(one, "first").waitFor()
  await context.setOffline(true)
  await say(one, "from one")
  await say(other, "from the other")
  let sent = 0
  context.on("response", (response) => response.url().endsWith("/messages") && sent++)
  await context.setOffline(false)
  for (const page of [one, other])
    for (const text of ["from one", "from the other"]) await sentOne(page, text).waitFor()
  assert.equal(sent, 2)
  await context.close()
})
