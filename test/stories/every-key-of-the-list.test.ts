// Each key of the list that ? shows does what the list says, on a US keyboard and, where that writes a sign elsewhere, on a Spanish
// one; and none loses the focus.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { pressOnSpanish, pressOnUs, type Press } from "../browsers/press-listed-keys.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf, createSupportTicket } from "../browsers/ticket-screen.ts"
import { member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { en } from "#texts/en.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
await key.call("POST", "/saved-replies", { name: "Demora", content: "Lamento la demora.", visibility: "all" })

/** What is pressed with signs that a keyboard of Spain writes elsewhere. */
const withSigns = ["shortcuts.search", "shortcuts.details", "shortcuts.macros", "shortcuts.list"]

test("each key of the list does what it says, on a US keyboard and on a Spanish one", async (t) => {
  const next = await createSupportTicket(key, "Below")
  const number = await createSupportTicket(key, "On top")
  const { context, open } = await inviteAndSignIn(hilo)
  await context.grantPermissions(["clipboard-write"])
  const page = await open(`/tickets/${number}?view=all`)
  await page.locator(`[data-number="${next}"]`).waitFor()
  await composerOf(page).waitFor()
  // Listened for to the end: what starts to listen just before a key is pressed may reach the browser after the key, and then the
  // file chooser opens unseen and is cancelled.
  page.on("filechooser", () => undefined)
  const pressed = new Set<string>()
  const layouts = { US: pressOnUs(page), Spanish: pressOnSpanish(page) }
  const pressOn =
    (layout: keyof typeof layouts): Press =>
    async (written) => {
      pressed.add(written)
      const [first, second] = written.split(" ")
      // G, and then where to.
      if (first === "G" && second) await layouts[layout](first)
      await layouts[layout](first === "G" && second ? second : written)
    }
  const checks = checksOf(page, pressOn("US"), { number, next })
  const onSpanish = checksOf(page, pressOn("Spanish"), { number, next })
  for (const text of Object.keys(checks) as (keyof typeof checks)[])
    await t.test(en[text], async () => {
      await checks[text]()
      if (withSigns.includes(text)) await onSpanish[text]()
      await waitUntil("something has the focus", async () => (await focused(page)) !== "body")
    })
  await pressOn("US")("?")
  const list = page.getByRole("dialog", { name: en["shortcuts.title"] })
  const [meanings, keys] = [await list.locator("dd").allTextContents(), await list.locator("dt").allTextContents()]
  const tried = Object.keys(checks).map((text) => en[text as TextId])
  assert.deepEqual(meanings.toSorted(), tried.toSorted())
  const listed = keys.flatMap((written) => {
    const [first, ...others] = written.split(", ")
    return [first!, ...others.map((other) => (first!.startsWith("G ") ? `G ${other}` : other))]
  })
  assert.deepEqual([...pressed].toSorted(), [...new Set(listed)].toSorted())
  await context.close()
})

const places = { I: "view=open", M: "view=mine", U: "view=unassigned", C: "contacts", P: "campaigns", S: "settings" }

function checksOf(page: Page, press: Press, { number, next }: Record<"number" | "next", string>) {
  const dialog = (name: TextId) => page.getByRole("dialog", { name: en[name] })
  const isOn = async (wanted: string) => {
    await page.waitForURL(new RegExp(`/tickets/${wanted}`))
    await composerOf(page).waitFor()
  }
  const becomes = (wanted: string, of = number) =>
    waitUntil(`${of} is ${wanted}`, async () => (await key.call("GET", `/tickets/${of}`)).body["status"] === wanted)
  const isAt = (wanted: RegExp) => waitUntil(`the focus is at ${wanted}`, async () => wanted.test(await focused(page)))
  const isSaidLast = (wanted: string) =>
    waitUntil(`it is said: ${wanted}`, async () => {
      const said = await page.locator("[role=status][aria-live] span:first-child").allTextContents()
      return said.at(-1) === wanted
    })
  const leave = () => page.keyboard.press("Escape")
  const opensMenu = (written: string, item: TextId) => async () => {
    await press(written)
    await page.getByRole("menuitem", { name: en[item] }).first().waitFor()
    await page.locator("[role=menu]:focus-within").waitFor()
    await leave()
    await page.getByRole("menu").waitFor({ state: "detached" })
  }
  const opens = (written: string, name: TextId) => async () => {
    await press(written)
    await dialog(name).waitFor()
    await page.locator("[role=dialog]:focus-within").waitFor()
    await leave()
    await dialog(name).waitFor({ state: "detached" })
  }
  const choosesFile = async (written: string) => {
    const chooser = page.waitForEvent("filechooser")
    await press(written)
    await chooser
  }
  const walks = async (plain: string, whileWriting: string, [from, to]: [string, string]) => {
    const back = plain === "J" ? "k" : "j"
    for (const written of [plain, whileWriting]) {
      await isOn(from)
      if (written === whileWriting) await composerOf(page).focus()
      await press(written)
      await isOn(to)
      await leaveField()
      await page.keyboard.press(back)
      await isOn(from)
    }
  }
  const leaveField = async () => {
    await composerOf(page).focus()
    await leave()
    await isAt(/^section/)
  }
  const row = (of: string) => page.locator(`[data-number="${of}"] a`)
  const focusedRow = () =>
    page.evaluate(() => document.activeElement?.closest("[data-number]")?.getAttribute("data-number"))
  return {
    "shortcuts.next": () => walks("J", "Alt J", [number, next]),
    "shortcuts.previous": async () => {
      await page.keyboard.press("j")
      await walks("K", "Alt K", [next, number])
      await page.keyboard.press("k")
      await isOn(number)
    },
    "shortcuts.reply": async () => {
      await press("R")
      await isAt(new RegExp(`^textarea ${en["composer.reply"]}$`))
      await leave()
    },
    "shortcuts.note": async () => {
      await press("N")
      await isAt(new RegExp(`^textarea ${en["composer.note"]}$`))
      await leave()
    },
    "shortcuts.assignToMe": async () => {
      await press("I")
      await page.getByRole("button", { name: en["list.assignedTo"].replace("{name}", "Ana") }).waitFor()
    },
    "shortcuts.close": async () => {
      await press("E")
      await isSaidLast(en["ticket.resolved"].replace("{number}", number))
      await press("E")
      await becomes("open")
    },
    "shortcuts.closeNext": async () => {
      await isSaidLast(en["ticket.reopened"].replace("{number}", number))
      await press("Shift E")
      await isSaidLast(en["ticket.resolved"].replace("{number}", number))
      await isOn(next)
    },
    "shortcuts.undo": async () => {
      await press("Ctrl Z")
      await becomes("open")
      await isOn(number)
    },
    "shortcuts.assign": opensMenu("A", "ticket.toMe"),
    "shortcuts.team": opensMenu("T", "ticket.noTeam"),
    "shortcuts.status": opensMenu("S", "rawStatus.pending"),
    "shortcuts.priority": opensMenu("P", "priority.urgent"),
    "shortcuts.snooze": opensMenu("Z", "snooze.hour"),
    "shortcuts.newTicket": opens("C", "newTicket.title"),
    "shortcuts.rows": async () => {
      await row(number).focus()
      await press("↓")
      assert.equal(await focusedRow(), next)
      await press("↑")
      assert.equal(await focusedRow(), number)
    },
    "shortcuts.select": async () => {
      await press("X")
      await page.locator("input[data-select]:checked").first().waitFor()
    },
    "shortcuts.selectRange": async () => {
      await row(next).focus()
      await press("Shift X")
      await page.locator("input[data-select]:checked").nth(1).waitFor()
      await leave()
      await page.locator("input[data-select]:checked").first().waitFor({ state: "detached" })
    },
    "shortcuts.search": async () => {
      await press("/")
      await isAt(new RegExp(`^input ${en["list.search"]}`))
      await leave()
    },
    "shortcuts.details": async () => {
      const details = page.getByRole("complementary", { name: en["details.label"] })
      await press("]")
      await details.waitFor({ state: "detached" })
      await press("]")
      await details.waitFor()
    },
    "shortcuts.leave": async () => {
      await composerOf(page).fill("half")
      await press("Esc")
      await isAt(/^section/)
      assert.equal(await composerOf(page).inputValue(), "half")
    },
    "shortcuts.send": async () => {
      await page.getByRole("tab", { name: en["composer.reply"] }).press("Enter")
      await composerOf(page).fill("Sent by a key")
      await press("Ctrl Enter")
      await page.getByRole("log").getByText("Sent by a key").waitFor()
    },
    "shortcuts.sendNext": async () => {
      await composerOf(page).fill("Sent and done")
      await press("Ctrl Shift Enter")
      await isOn(next)
      await becomes("resolved")
    },
    "shortcuts.copyNumber": async () => {
      await press("Ctrl .")
      await page.getByText(`${en["action.copied"]}: ${next}`).waitFor()
    },
    "shortcuts.copyAddress": async () => {
      await press("Ctrl Shift .")
      await page.getByText(`${en["action.copied"]}: ${hilo.url}/tickets/${next}`).waitFor()
    },
    "shortcuts.tags": opens("L", "details.editTags"),
    "shortcuts.macros": async () => {
      await opens("M", "macros.insert")()
      await composerOf(page).focus()
      await press("/")
      await page.getByRole("option", { name: /Demora/ }).waitFor()
      await page.keyboard.press("Backspace")
      await page.getByRole("option").first().waitFor({ state: "detached" })
      await leave()
      await isAt(/^section/)
    },
    "shortcuts.files": async () => {
      await choosesFile("F")
      await composerOf(page).focus()
      await choosesFile("Ctrl Shift F")
      await leave()
    },
    "shortcuts.split": async () => {
      await key.call("POST", `/tickets/${next}/messages`, { content: "two matters", isInternal: true })
      await page.getByRole("log").getByText("two matters").waitFor()
      await press("V")
      await page.keyboard.press("Space")
      await page.getByText("1 message goes to another ticket").waitFor()
      await leave()
      await isOn(next)
    },
    "shortcuts.go": async () => {
      for (const [letter, place] of Object.entries(places)) {
        await press(`G ${letter}`)
        await page.waitForURL(new RegExp(place))
      }
      await page.getByRole("heading", { level: 1 }).waitFor()
    },
    "shortcuts.dark": async () => {
      const theme = () => page.evaluate(() => document.documentElement.dataset["theme"])
      await press("D")
      assert.equal(await theme(), "dark")
      await press("D")
      assert.equal(await theme(), "light")
    },
    "shortcuts.palette": opens("Ctrl K", "palette.title"),
    "shortcuts.list": opens("?", "shortcuts.title"),
  } satisfies Partial<Record<TextId, () => Promise<void>>>
}
