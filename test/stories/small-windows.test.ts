// Windows of little height: a ticket is read and answered in them.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Locator } from "playwright-core"
import { startApp } from "../start-app.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { member } from "../desks/test-desk.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

const smallWindows = [
  { width: 390, height: 430, thread: 200, what: "a phone with its keyboard up" },
  { width: 320, height: 256, thread: 90, what: "a screen of 1280 by 1024 at 400 %" },
] as const
for (const { width, height, thread, what } of smallWindows)
  test(`in ${width} × ${height}, ${what}, a ticket is read and answered`, async () => {
    const contact = { name: "Una persona con un nombre muy largo que no cabe", email: "larga@example.com" }
    const subject = "Un asunto largo que en una ventana tan pequeña no cabe entero"
    const { body } = await key.call("POST", "/tickets", { subject, contact })
    const number = String(body["number"])
    for (let n = 1; n <= 6; n++)
      await key.call("POST", `/tickets/${number}/messages`, { content: `Mensaje ${n} `.repeat(12), isInternal: true })
    const { context, open } = await inviteAndSignIn(hilo, { language: "es", width, height })
    const page = await open(`/tickets/${number}?view=open`)
    await composerOf(page).waitFor()
    const log = page.getByRole("log")
    await log.getByText("Mensaje 6").waitFor()
    const boxOf = async (target: Locator) => (await target.boundingBox())!
    const button = (name: string) => page.getByRole("button", { name, exact: true })
    /** Everything that can be used is whole within the window, but what the thread and folded controls scroll to. */
    const isWhole = async () => {
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("button, a, input, textarea, [role=tab]")]
          .filter(
            (one) =>
              one.checkVisibility() && !one.closest("[role=log], [data-number], .sr-only, [class*=not-focus-within]"),
          )
          .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect()
            return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight
          })
          .map((one) => one.getAttribute("aria-label") ?? one.textContent),
      )
      assert.deepEqual(cut, [])
      const tooWide = await page.evaluate(
        () =>
          [...document.querySelectorAll("html, [role=log]")].filter((one) => one.scrollWidth > one.clientWidth).length,
      )
      assert.equal(tooWide, 0)
    }
    assert.ok((await boxOf(log)).height >= thread, `the thread is ${(await boxOf(log)).height} px high`)
    await isWhole()
    assert.deepEqual(await axe(page, { isStrict: true }), [])

    await page.keyboard.press("r")
    await page.keyboard.type("Lo vemos")
    const [above, field] = [await boxOf(log), await boxOf(composerOf(page))]
    assert.ok(above.y + above.height <= field.y, "the composer covers nothing of the thread")
    await page.setInputFiles("input[type=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") })
    await page.getByText("1 byte").waitFor()
    await isWhole()
    await button(es["composer.send"]).click()
    await log.getByText("Lo vemos").waitFor()

    // The controls of the ticket are there for a tap, for the Tab key and for their own keys.
    const status = button(`${es["details.status"]}: ${es["status.active"]}`)
    const unfold = button(es["ticket.controls"])
    await unfold.click()
    assert.ok((await boxOf(status)).height > 20)
    await isWhole()
    await unfold.click()
    assert.equal(await unfold.getAttribute("aria-expanded"), "false")
    await page.keyboard.press("p")
    // Only once it has the focus does it listen for keys.
    await page.locator("[role=menu]:focus-within").waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("menu").waitFor({ state: "detached" })
    assert.match(await focused(page), /^button /)
    await page.keyboard.press("v")
    await page.keyboard.press("Space")
    await isWhole()
    await page.keyboard.press("Escape")
    await composerOf(page).waitFor()
    assert.equal(await page.getByRole("navigation", { name: es["nav.main"] }).isVisible(), false)
    await button(es["ticket.toInbox"]).click()
    await page.getByRole("navigation", { name: es["nav.main"] }).waitFor()
    await isWhole()
    await context.close()
  })
