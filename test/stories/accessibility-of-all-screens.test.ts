// Nobody is shut out: axe finds nothing serious on any screen, by day and by night, at a desk and in a hand.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import {
  dialogs,
  type Ids,
  leadsOn,
  ownPages,
  routedPaths,
  type Screen,
  screens,
} from "../browsers/all-screens-and-dialogs.ts"
import { es } from "#texts/es.ts"
import { focused, isBack, rememberOpener, watchFocus } from "../browsers/focus-before-and-after-dialog.ts"
import { startDemoMailServer } from "#demo/mail/mail-server.ts"
import { fillDesk } from "../../src/cli/demo.ts"

const password = "correct horse battery"
const wish = {
  tickets: 12,
  seed: 7,
  password,
  force: false,
  now: new Date(),
  print: () => {},
  mail: await startDemoMailServer(),
}
const hilo = await startApp({}, { fill: (kit) => fillDesk(kit, wish) })
const widths = { desk: { width: 1440, height: 900 }, hand: { width: 390, height: 844 } } as const
const people = { admin: "alma@example.com", customer: "carla@example.com" } as const
const opened = ["[role=dialog]", "[role=menu]", "[role=listbox]:not([hidden])", "header[role=group]"]
const ids = await findIds()

async function findIds(): Promise<Ids> {
  const number = async (where: string) =>
    (await hilo.db.pool.query<{ it: string }>(`select ${where} order by 1 limit 1`)).rows[0]!.it
  return {
    ticket: await number("t.number as it from tickets t join messages m on m.ticket_id = t.id where m.is_internal"),
    own: await number(
      `number as it from tickets where contact_id = (select contact_id from users where email = '${people.customer}')`,
    ),
    contact: await number("contact_id as it from tickets where contact_id is not null and kind = 'conversation'"),
    incident: await number("number as it from tickets where kind = 'incident'"),
    agreement: await number("id as it from agreements where state = 'escalated'"),
    campaign: await number("id as it from campaigns"),
    calendar: await number("id as it from calendars"),
    linkedSystem: await number("id as it from linked_systems where kind = 'splynx'"),
    number: await number("id as it from connections where kind = 'whatsapp'"),
  }
}

async function enter(who: keyof typeof people | "nobody"): Promise<Page> {
  const how = { viewport: widths.desk, locale: "es-419", reducedMotion: "reduce", bypassCSP: true } as const
  const context = await (await browser()).newContext(how)
  await watchFocus(context)
  const page = await context.newPage()
  if (who === "nobody") return page
  const answer = await page.request.post(`${hilo.url}/api/v1/session`, { data: { email: people[who], password } })
  assert.equal(answer.ok(), true)
  return page
}

/** By day everything is asked, by night only what the colours can change. `within`: only of what these selectors match. */
async function judge(page: Page, name: string, within?: string[]): Promise<string[]> {
  await dress(page, "light")
  const byDay = await axe(page, { within, isStrict: true })
  await dress(page, "dark")
  const byNight = await axe(page, { within, rules: ["color-contrast"] })
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^\w]+/g, "-")}.png` })
  return [...byDay, ...byNight, ...(isTooWide ? ["wider than the window"] : [])].map((found) => `${name}: ${found}`)
}

/** Colours change at once here: what inherits one that passes over begins its own passing when that one ends, level by level. */
async function dress(page: Page, colorScheme: "light" | "dark") {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("*, ::before, ::after { transition: none !important }")
    document.adoptedStyleSheets = [sheet]
  })
  await page.emulateMedia({ colorScheme })
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  // Another width may show what is still to be loaded.
  await loaded(page)
}

async function arrive(page: Page, path: string, { at, shows }: Screen) {
  await page.setViewportSize(widths.desk)
  await page.goto(hilo.url + (at ? at(ids) : path))
  const text = typeof shows === "string" ? es[shows] : shows(ids)
  await page.getByText(text).first().waitFor({ state: "attached" })
  await loaded(page)
}

const loaded = (page: Page) => page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })

test("every path of the router has a row here, so that no new screen is left out", async () => {
  assert.deepEqual([...(await routedPaths()), ...ownPages].toSorted(), [...Object.keys(screens), ...leadsOn].toSorted())
})

const partOf = ([path, { who }]: [string, Screen]) =>
  who ?? (path.startsWith("/settings") ? "admin in the settings" : "admin")
const screensOf = Object.groupBy(Object.entries(screens), partOf)

for (const [part, those = []] of Object.entries(screensOf))
  test(`every screen can be used by everybody, at a desk and in a hand: ${part}`, async () => {
    const found: string[] = []
    const page = await enter(those[0]![1].who ?? "admin")
    for (const [path, screen] of those) {
      await arrive(page, path, screen)
      for (const [name, viewport] of Object.entries(widths)) {
        await page.setViewportSize(viewport)
        found.push(...(await judge(page, `${name} ${path}`)))
      }
    }
    await page.context().close()
    assert.deepEqual(found, [])
  })

// Those of one screen after each other: a dialog that was closed leaves the screen as it was.
const inOrder = Object.entries(dialogs).toSorted(([, [a]], [, [b]]) => a.localeCompare(b))
const dialogsOf = Object.groupBy(inOrder, ([, [path]]) => `/${path.split("/")[1]!}`)

for (const [part, those = []] of Object.entries(dialogsOf))
  test(`every dialog at ${part} can be used by everybody, and gives the focus back to what opened it`, async (t) => {
    const page = await enter("admin")
    let at = ""
    for (const [name, [path, open]] of those) {
      await t.test(name, async () => {
        if (path !== at) await arrive(page, path, screens[path]!)
        at = ""
        await open(page)
        await page.locator(opened.join(", ")).first().waitFor()
        assert.notEqual(await focused(page), "body", "opened")
        await rememberOpener(page)
        // What lies beneath is judged above, but for what the dialog makes of it.
        const beneath = await axe(page, { rules: ["aria-hidden-focus"] })
        assert.deepEqual([...beneath, ...(await judge(page, name, opened))], [])
        await page.keyboard.press("Escape")
        await page.locator(opened.join(", ")).first().waitFor({ state: "detached" })
        assert.notEqual(await focused(page), "body", "closed")
        assert.equal(await isBack(page), true, `the focus is at ${await focused(page)}`)
        at = path
      })
    }
    await page.context().close()
  })
