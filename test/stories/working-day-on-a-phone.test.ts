// A working day of ten tickets by touch alone on a phone, and how many taps each act takes.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Locator, Page } from "playwright-core"
import { axe } from "../browsers/chromium-and-axe.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { waitUntil } from "../server-process.ts"
import { createCounter, isOn, mostPresses, openWorkingDay, preferNext } from "./working-day.ts"
import { en } from "#texts/en.ts"

const { hilo, rosa, numbers, assertIsDone } = await openWorkingDay("+573005550202")

/** A finger, and the keyboard on the screen, which presses no keys. */
function fingerOn(page: Page) {
  const { add, count } = createCounter()
  const tap = async (target: Locator) => {
    await target.tap()
    add()
  }
  return { tap, count, write: (text: string) => page.keyboard.insertText(text) }
}

test("a working day by touch alone on a phone, and the taps that each act takes", async () => {
  const [reply, saved, macro, note, later, pass, undo, split, urgent, last] = numbers
  const { context } = await inviteAndSignIn(hilo, { isPhone: true })
  await context.addInitScript(() => {
    Object.assign(window, { others: [] })
    const note = ({ pointerType }: PointerEvent) =>
      pointerType !== "touch" && (window as unknown as { others: string[] }).others.push(pointerType)
    addEventListener("pointerdown", note, { capture: true })
    addEventListener("keydown", () => (window as unknown as { others: string[] }).others.push("key"), { capture: true })
  })
  const page = await context.newPage()
  await preferNext(page, hilo.url)
  await page.goto(`${hilo.url}/inbox?view=open`)
  const finger = fingerOn(page)
  const taken: Record<string, number> = {}
  const found: string[] = []
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" })
  const item = (name: string | RegExp) => page.getByRole("menuitem", { name })
  const option = (name: RegExp) => page.getByRole("option", { name })
  const rest = async (within?: string[]) => {
    assert.notEqual(await focused(page), "body")
    found.push(...(await axe(page, { within, isStrict: true })))
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
      found.push("wider than the window")
  }
  const writeIn = async (target: Locator, text: string) => {
    await finger.tap(target)
    await finger.write(text)
  }
  const sendAndNext = button(en["composer.sendResolveNext"])

  await finger.tap(page.locator(`[data-number="${reply}"]`))
  await isOn(page, reply)
  await writeIn(composerOf(page), "Sale hoy")
  await rest()
  await finger.tap(button(en["composer.sendAnd"]))
  await finger.tap(item(en["composer.sendResolveNext"]))
  await isOn(page, saved)
  await finger.tap(button(en["macros.insert"]))
  finger.count()
  await finger.tap(option(/Demora/))
  taken["saved reply"] = finger.count() + 1
  await waitUntil("it is in the box", async () => (await composerOf(page).inputValue()) === "Lamento la demora, Carla.")
  await finger.tap(sendAndNext)
  await isOn(page, macro)
  finger.count()
  await finger.tap(button(en["macros.insert"]))
  await rest(["[role=dialog]"])
  await finger.tap(option(/Escalar/))
  await page.getByRole("dialog").getByText("Lo reviso hoy.").waitFor()
  await finger.tap(button(en["macros.apply"]))
  taken["macro with its reply"] = finger.count()
  await waitUntil("it is in the box", async () => (await composerOf(page).inputValue()) === "Lo reviso hoy.")
  await finger.tap(sendAndNext)
  await isOn(page, note)

  await finger.tap(page.getByRole("tab", { name: en["composer.note"] }))
  await writeIn(composerOf(page), "Call in the afternoon")
  await rest()
  await finger.tap(button(en["composer.addNote"]))
  await page.getByRole("log").getByText("Call in the afternoon").waitFor()
  await finger.tap(button(en["ticket.resolve"]))
  await isOn(page, later)
  finger.count()
  await finger.tap(button(en["snooze.title"]))
  await rest(["[role=menu]"])
  await finger.tap(item(new RegExp(en["snooze.tomorrow"])))
  taken["snooze and go on"] = finger.count()
  await isOn(page, pass)
  await finger.tap(button(en["ticket.assign"]))
  await finger.tap(item(/Bruno/))
  await isOn(page, undo)
  await finger.tap(button(en["ticket.resolve"]))
  await isOn(page, split)
  await page.getByText(en["ticket.resolved"].replace("{number}", undo)).waitFor()
  finger.count()
  await finger.tap(button(en["action.undo"]).last())
  taken["undo"] = finger.count()
  await isOn(page, undo)
  await button(en["ticket.resolve"]).waitFor()
  await finger.tap(button(en["ticket.resolve"]))
  await isOn(page, split)

  await page.getByRole("log").getByText("la factura").waitFor()
  finger.count()
  await finger.tap(button(en["action.more"]))
  await finger.tap(item(en["split.menu"]))
  taken["split"] = finger.count()
  await finger.tap(page.getByRole("checkbox").last())
  await writeIn(page.getByLabel(en["split.subject"]), "La factura aparte")
  await rest()
  await finger.tap(button(en["split.go"]))
  await page.waitForURL((url) => !url.pathname.endsWith(split))
  await composerOf(page).waitFor()
  await finger.tap(button(en["ticket.toInbox"]))
  await rest()

  await finger.tap(page.locator(`[data-number="${urgent}"]`))
  await isOn(page, urgent)
  await finger.tap(button(en["list.priority"].replace("{priority}", en["priority.medium"])))
  await finger.tap(item(en["priority.urgent"]))
  await finger.tap(button(en["ticket.assign"]))
  await finger.tap(item(en["ticket.toMe"]))
  await button(en["list.assignedTo"].replace("{name}", "Ana")).waitFor()
  await finger.tap(button(en["ticket.resolve"]))
  await isOn(page, last)
  finger.count()
  await writeIn(composerOf(page), "Done")
  await finger.tap(sendAndNext)
  taken["reply, close, next"] = finger.count()
  await isOn(page, rosa)
  await page.getByText(en["ticket.resolved"].replace("{number}", last)).waitFor()
  await finger.tap(button(en["ticket.toInbox"]))
  finger.count()
  await writeIn(page.getByRole("searchbox"), "300 555 0202")
  await page.locator(`[data-number="${rosa}"]`).waitFor()
  await page.locator(`[data-number="${later}"]`).waitFor({ state: "detached" })
  taken["customer by phone"] = finger.count()
  await finger.tap(page.locator(`[data-number="${rosa}"]`))
  await isOn(page, rosa)
  await finger.tap(button(en["ticket.toInbox"]))
  await finger.tap(button(en["newTicket.title"]))
  await writeIn(page.getByRole("dialog").getByRole("textbox", { name: en["identity.phone"] }), "300 555 0404")
  await finger.tap(page.getByRole("dialog").getByRole("button", { name: en["conversation.start"] }))
  const dialog = page.getByRole("dialog", { name: en["conversation.start"] })
  await writeIn(dialog.getByLabel(en["conversation.text"]), "You called us")
  await rest(["[role=dialog]"])
  await finger.tap(dialog.getByRole("button", { name: en["conversation.send"] }))
  await dialog.waitFor({ state: "detached" })
  await page.getByRole("log").getByText("You called us").waitFor()
  await rest()

  await assertIsDone()
  assert.deepEqual(taken, { ...mostPresses, split: 2 })
  assert.deepEqual([...new Set(found)], [])
  assert.deepEqual(await page.evaluate(() => (window as unknown as { others: string[] }).others), [])
  await context.close()
})
