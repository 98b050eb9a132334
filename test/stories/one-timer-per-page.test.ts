// One clock for the whole page: it ticks once for all that tells the time, and rests where nobody looks.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

/** How many timers tick on the page, again and again. */
const ticking = (page: Page) => page.evaluate(() => (window as unknown as { ticking: Set<unknown> }).ticking.size)

/** Tells the page that its tab is hidden, or shown. */
const show = (page: Page, isShown: boolean) =>
  page.evaluate((shown) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: !shown })
    Object.defineProperty(document, "visibilityState", { configurable: true, value: shown ? "visible" : "hidden" })
    document.dispatchEvent(new Event("visibilitychange"))
  }, isShown)

test("times of rows, thread and details go by one timer, which rests in a hidden tab and is right when it is shown, and the day by it too", async () => {
  const numbers: string[] = []
  for (const subject of ["One", "Two", "Three"]) {
    const { body } = await key.call("POST", "/tickets", { subject, contact: { name: "Carla", email: "c@example.com" } })
    numbers.push(String(body["number"]))
  }
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open("/inbox")
  await page.clock.install()
  await context.addInitScript(() => {
    const running = new Set<unknown>()
    Object.assign(window, { ticking: running })
    const [start, stop] = [window.setInterval.bind(window), window.clearInterval.bind(window)]
    window.setInterval = ((...given: Parameters<typeof start>) => {
      const timer = start(...given)
      running.add(timer)
      return timer
    }) as typeof window.setInterval
    window.clearInterval = (timer) => {
      running.delete(timer)
      stop(timer)
    }
  })
  await page.goto(`${hilo.url}/tickets/${numbers[0]}?view=all`)
  await page.getByRole("log").waitFor()
  await page.getByRole("heading", { name: en["details.otherTickets"] }).waitFor()
  assert.equal(await ticking(page), 1)
  const ago = (text: string) => page.locator("[data-number] time").getByText(text, { exact: true })
  await page.clock.fastForward(5 * 60_000)
  await ago("5\u00a0min").nth(2).waitFor()
  await show(page, false)
  assert.equal(await ticking(page), 0)
  await page.clock.fastForward(5 * 60_000)
  assert.equal(await ago("5\u00a0min").count(), 3)
  await show(page, true)
  await ago("10\u00a0min").nth(2).waitFor()
  assert.equal(await ticking(page), 1)
  const counted = page.waitForRequest((request) => request.url().endsWith("/tickets/counts"))
  await page.clock.fastForward("24:00:00")
  await counted
  await context.close()
})
