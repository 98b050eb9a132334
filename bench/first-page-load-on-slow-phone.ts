// (j): what a first visit costs on a slow line and a slow phone: requests, bytes, and how long until there is a field to use.
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Browser, Page } from "playwright-core"
import { launchChromium } from "#test/browsers/launch-chromium.ts"
import { countTraffic, totalBytes } from "#test/browsers/count-traffic.ts"
import type { BenchPostgres } from "./postgres-for-bench.ts"
import { median } from "./closed-loop-load.ts"
import { startServer } from "./server-process.ts"

export type FirstLoad = { screen: string; requests: number; bytes: number; usableMs: number }

type Screen = { path: string; field: string; email?: string }

const screens: Screen[] = [
  { path: "/inbox", field: "input[type=search]", email: "alma@example.com" },
  { path: "/my", field: "#email" },
]
const line = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const slowdown = 4
const password = "correct horse battery"
const patienceMs = 120_000
const main = join(import.meta.dirname, "../src/main.ts")

/** Each screen in a browser that was never here; the median of so many visits. */
export async function benchFirstLoad(ground: BenchPostgres, visits: number): Promise<FirstLoad[]> {
  const databaseUrl = await ground.database("first_load")
  await fillDemoDesk(ground, databaseUrl)
  const server = await startServer(ground, { databaseUrl })
  const browser = await launchChromium()
  const found: FirstLoad[] = []
  for (const screen of screens) {
    const taken: FirstLoad[] = []
    for (let nth = 0; nth < visits; nth++) taken.push(await visit(browser, server.base, screen))
    const of = (figure: "requests" | "bytes" | "usableMs") => median(taken.map((one) => one[figure]))
    found.push({ screen: screen.path, requests: of("requests"), bytes: of("bytes"), usableMs: of("usableMs") })
  }
  await browser.close()
  await server.stop()
  return found
}

async function fillDemoDesk({ folder, secret }: BenchPostgres, databaseUrl: string) {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, HILO_DATA: folder, HILO_SECRET: secret, DATABASE_URL: databaseUrl }
  const asked = ["demo", "--tickets", "60", "--no-visitor", "--password", password]
  await promisify(execFile)(process.execPath, [main, ...asked], { env })
}

async function visit(browser: Browser, base: string, { path, field, email }: Screen): Promise<FirstLoad> {
  const context = await browser.newContext({ locale: "es-CO" })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  if (email) {
    const answer = await page.request.post(`${base}/api/v1/session`, { data: { email, password } })
    if (!answer.ok()) throw new Error(`The bench could not sign in: ${answer.status()}`)
  }
  await slowDown(page)
  const traffic = await countTraffic(page)
  const began = performance.now()
  await page.goto(`${base}${path}`, { waitUntil: "commit" })
  await page.locator(field).waitFor()
  const usableMs = performance.now() - began
  await page.waitForLoadState("networkidle")
  await context.close()
  return { screen: path, requests: traffic.length, bytes: totalBytes(traffic), usableMs }
}

async function slowDown(page: Page) {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send("Network.enable")
  await devTools.send("Network.emulateNetworkConditions", line)
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowdown })
}
