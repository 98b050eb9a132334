// A ticket comes in one request, whatever its screen shows of it; so does its neighbour, and what a notice makes stale.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
const api = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Shop" }))

let said = 0
async function writes(person: number, text: string) {
  const contact = { id: `+57300${5550000 + person}`, name: `Carla ${person}` }
  const { body } = await key.call("POST", `/connections/${api}/messages`, { externalId: `m-${++said}`, contact, text })
  return (body as unknown as { ticket: Ticket }).ticket
}

interface Ticket {
  number: string
  contact: { id: string }
}

/** What pages ask of a ticket and its customer from now on, once it is answered; the list grows. */
function asksFor(context: BrowserContext, { number, contact }: Ticket): string[] {
  const asked: string[] = []
  context.on("requestfinished", (request) => {
    const { pathname, search } = new URL(request.url())
    const isOfTicket = pathname.startsWith(`/api/v1/tickets/${number}`) || `${pathname}${search}`.includes(contact.id)
    if (isOfTicket && request.method() === "GET") asked.push(`${pathname}${search}`)
  })
  return asked
}

/** Nothing of it is unread, so that opening it changes nothing. */
async function conversation(person: number, text: string): Promise<Ticket> {
  const ticket = await writes(person, text)
  await key.call("POST", `/tickets/${ticket.number}/read`)
  return ticket
}

/** A page on which everything that happened before is shown: what comes from now on is new. */
async function upToDate(page: Page) {
  await page.locator("[data-number]").first().waitFor({ state: "attached" })
  const { number } = await writes(++marker, "A marker")
  await page.locator(`[data-number="${number}"]`).waitFor({ state: "attached" })
}
let marker = 5_000

for (const width of [1440, 800])
  test(`a ticket opens with one request, and its neighbour is there with another: ${width}`, async (t) => {
    const [older, newer] = [await conversation(width, "The older"), await conversation(width + 1, "The newer")]
    // The first of the list is fetched ahead.
    await writes(++marker, "A marker")
    const { context, open } = await inviteAndSignIn(hilo, { width })
    const page = await open("/inbox?view=open")
    await upToDate(page)
    const [ofNewer, ofOlder] = [asksFor(context, newer), asksFor(context, older)]
    const isShown = async (text: string) => {
      await page.getByRole("log").getByText(text).waitFor()
      await page.locator("#composer").waitFor()
      if (width > 1000) await page.getByText(en["details.noOtherTickets"]).waitFor()
    }
    await page.locator(`[data-number="${newer.number}"] a`).click()
    await isShown("The newer")
    await waitUntil("the neighbour is there", async () => ofOlder.length > 0)
    t.diagnostic(`opened: ${ofNewer.join(" ")}; ahead: ${ofOlder.join(" ")}`)
    assert.equal(ofNewer.length, 1, ofNewer.join("\n"))
    await page.keyboard.press("j")
    await isShown("The older")
    assert.equal(ofOlder.length, 1, ofOlder.join("\n"))
    await context.close()
  })

test("what a message makes stale on the screen is asked for in one request", async () => {
  const ticket = await conversation(1, "The first")
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open(`/tickets/${ticket.number}?view=open`)
  await page.getByText(en["details.noOtherTickets"]).waitFor()
  await upToDate(page)
  const asked = asksFor(context, ticket)
  await key.call("POST", `/tickets/${ticket.number}/messages`, { content: "A colleague's", isInternal: true })
  await page.getByRole("log").getByText("A colleague's").waitFor()
  // A notice that comes apart from the first asks once more, for the same: never one request for each part.
  assert.deepEqual([...new Set(asked)], asked.slice(0, 1), asked.join("\n"))
  assert.match(asked[0]!, /include=.*&include=/)
  await context.close()
})

test("a ticket of which one part cannot be read is shown, and that part asked for by itself", async (t) => {
  const ticket = await conversation(2, "Readable")
  const { context, open } = await inviteAndSignIn(hilo)
  await hilo.db.pool.query("alter table drafts rename to drafts_away")
  t.after(() => hilo.db.pool.query("alter table drafts_away rename to drafts"))
  const asked = asksFor(context, ticket)
  const page = await open(`/tickets/${ticket.number}?view=open`)
  await page.getByRole("log").getByText("Readable").waitFor()
  await waitUntil("it is asked for by itself", async () => asked.some((path) => path.endsWith("/drafts")))
  await context.close()
})

const bring = (number: string, names: string[]) =>
  key.call("GET", `/tickets/${number}?${names.map((name) => `include=${name}`).join("&")}`)

test("a part that cannot be read is left out of what a ticket brings along", async (t) => {
  const { number } = await conversation(3, "Readable")
  await hilo.db.pool.query("alter table drafts rename to drafts_away")
  t.after(() => hilo.db.pool.query("alter table drafts_away rename to drafts"))
  const { status, body } = await bring(number, ["messages", "drafts", "timeline"])
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body["included"] as object), ["messages", "timeline"])
})

test("a part named twice is refused, as are more than there are", async () => {
  const { number } = await conversation(4, "Named once")
  for (const names of [["drafts", "drafts"], Array.from({ length: 100 }, () => "messages")]) {
    const { status, body } = await bring(number, names)
    assert.deepEqual([status, body["code"]], [400, "invalid"])
  }
})
