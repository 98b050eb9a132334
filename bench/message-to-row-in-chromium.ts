// The inbox in a real browser: how soon after it is sent a message is a row on each page, and what the pages ask of the server.
import { setTimeout as wait } from "node:timers/promises"
import type { Browser, Page } from "playwright-core"
import { hashPassword } from "#people/index.ts"
import { launchChromium } from "#test/browsers/launch-chromium.ts"
import { type BenchPostgres, createApiKeys, queryRows } from "./postgres-for-bench.ts"
import { figuresOf, type LoadFigures } from "./closed-loop-load.ts"
import { contacts, createWriter, everyMs } from "./cost-of-open-inboxes.ts"
import { cpuSecondsOf, startServer } from "./server-process.ts"

/** Milliseconds. `figures` are of all pages, its errors the rows that never came; `msPerMessage`: processor of the server. */
export type ChromiumScreens = {
  pages: number
  messages: number
  figures: LoadFigures
  slowestP99: number
  requests: number
  msPerMessage: number
}

type OpenInbox = { page: Page; offset: number; requests: () => number }

const email = "ana@example.com"
const password = "correct horse battery"
const warmMessages = 20
const lastRowsMs = 3_000
const clockLooks = 20

export async function benchChromiumScreens(
  ground: BenchPostgres,
  scale: { pages: number; messages: number },
): Promise<ChromiumScreens> {
  const url = await ground.database("chromium_screens")
  const keys = await createApiKeys(url)
  await queryRows(url, "update users set password_hash = $1 where email = $2", [await hashPassword(password), email])
  await queryRows(
    url,
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())",
  )
  const server = await startServer(ground, { databaseUrl: url })
  const write = createWriter(server.base, keys.admin)
  for (let n = 0; n < contacts; n++) await write()
  const browser = await launchChromium()
  const inboxes = await openInboxes(browser, server.base, scale.pages)
  let last = ""
  for (let n = 0; n < warmMessages; n++) last = (await write()).text
  await Promise.all(inboxes.map(({ page }) => page.getByText(last, { exact: true }).waitFor()))
  const found = await measure(inboxes, write, { pid: server.pid, messages: scale.messages })
  await browser.close()
  await server.stop()
  return { ...scale, ...found }
}

/** One person with as many inboxes open, each with storage and a renderer of its own. */
async function openInboxes(browser: Browser, base: string, count: number): Promise<OpenInbox[]> {
  const first = await browser.newContext()
  const answer = await first.request.post(`${base}/api/v1/session`, { data: { email, password } })
  if (!answer.ok()) throw new Error(`The bench could not sign in: ${answer.status()}`)
  const storageState = await first.storageState()
  const inboxes: OpenInbox[] = []
  for (let n = 0; n < count; n++) {
    const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    let requests = 0
    page.on("request", () => requests++)
    await page.addInitScript(noteRows)
    await page.goto(`${base}/inbox`)
    await page.locator("[data-number]").first().waitFor()
    await page.waitForLoadState("networkidle")
    inboxes.push({ page, offset: await clockOffset(page), requests: () => requests })
  }
  return inboxes
}

// In the page, and when its rows change: polling would take the time that is measured.
const noteRows = `
  window.rowsSeen = new Map()
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll("[data-number] bdi"))
      if (!rowsSeen.has(textContent)) rowsSeen.set(textContent, performance.now())
  }).observe(document, { subtree: true, childList: true, characterData: true })`

/** What the page's clock lacks to ours, by the look that took the least time. */
async function clockOffset(page: Page): Promise<number> {
  let [shortest, offset] = [Infinity, 0]
  for (let n = 0; n < clockLooks; n++) {
    const before = performance.now()
    const there = await page.evaluate<number>("performance.now()")
    const took = performance.now() - before
    if (took < shortest) [shortest, offset] = [took, before + took / 2 - there]
  }
  return offset
}

async function measure(
  inboxes: OpenInbox[],
  write: ReturnType<typeof createWriter>,
  { pid, messages }: { pid: number; messages: number },
) {
  const requests = () => inboxes.reduce((sum, inbox) => sum + inbox.requests(), 0)
  const [asked, cpu, began] = [requests(), cpuSecondsOf(pid), performance.now()]
  const sent = new Map<string, number>()
  for (let n = 0; n < messages; n++) {
    const at = performance.now()
    sent.set((await write()).text, at)
    await wait(Math.max(0, began + (n + 1) * everyMs - performance.now()))
  }
  const seconds = (performance.now() - began) / 1000
  const msPerMessage = ((cpuSecondsOf(pid) - cpu) / messages) * 1_000
  await wait(lastRowsMs)
  const delays = await Promise.all(
    inboxes.map(async ({ page, offset }) => {
      const seen = new Map(await page.evaluate<[string, number][]>("[...rowsSeen]"))
      return [...sent].flatMap(([text, at]) => (seen.has(text) ? [seen.get(text)! + offset - at] : []))
    }),
  )
  const all = delays.flat()
  return {
    figures: figuresOf(all, seconds, messages * inboxes.length - all.length),
    slowestP99: Math.max(...delays.map((one) => figuresOf(one, seconds).p99)),
    requests: requests() - asked,
    msPerMessage,
  }
}
