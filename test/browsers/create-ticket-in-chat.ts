// The chat's "Create ticket", as a visitor uses it with the keyboard alone.
import assert from "node:assert/strict"
import type { Page } from "playwright-core"
import type { en } from "#texts/en.ts"
import type { chat } from "#texts/en/public-pages/chat.ts"
import { focusedId } from "./focus-before-and-after-dialog.ts"

type Screen = {
  url: string
  t: Record<keyof typeof en | keyof typeof chat, string>
  judge: (what: string) => Promise<void>
}

/** Fills in the dialog, prefilled with `said`, sends it and looks at each step; the number that it gave. */
export async function createTicketInChat(page: Page, { url, t, judge }: Screen, said: string[], email: string) {
  const dialog = page.getByRole("dialog", { name: t["chat.ticket"] })
  const create = page.getByRole("button", { name: t["chat.ticket"], exact: true })
  await create.first().press("Enter")
  await dialog.waitFor()
  assert.equal(await page.getByLabel(t["chat.ticketText"]).inputValue(), said.join("\n\n"))
  assert.equal(await page.getByLabel(t["chat.ticketSubject"]).inputValue(), said[0])
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  assert.equal(await focusedId(page), "open-ticket")
  await page.keyboard.press("Enter")
  assert.equal(await focusedId(page), "ticket-email")
  await dialog.getByRole("button", { name: t["chat.ticket"] }).press("Enter")
  await page.getByText(t["chat.ticketMissing"]).waitFor()
  await judge("dialog")
  // Nothing beneath the dialog can be reached.
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab")
    const where = await page.evaluate(() => document.activeElement?.closest("dialog, body")?.nodeName)
    assert.ok(where === "DIALOG" || (await focusedId(page)) === "", String(where))
  }
  await dialog.locator("#ticket-email").fill(email)
  await dialog
    .locator("#ticket-file")
    .setInputFiles({ name: "foto.txt", mimeType: "text/plain", buffer: Buffer.from("x") })
  await dialog.locator("#ticket-go").press("Enter")
  const number = dialog.getByRole("heading", { name: /^TKT-\d{5}$/ })
  await number.waitFor()
  assert.equal(await focusedId(page), "ticket-number")
  await judge("created")
  const [given, link] = [await number.textContent(), await dialog.getByRole("link").getAttribute("href")]
  assert.equal(link, `${url}/track?number=${given}`)
  await dialog.getByRole("button", { name: t["chat.ticketClose"] }).press("Enter")
  await dialog.waitFor({ state: "detached" })
  return String(given)
}
