// The first quarter of an hour with Hilo, as somebody lives it who has never seen it.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { setupLink } from "#people/index.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { en } from "#texts/en.ts"
import { chat as enChat } from "#texts/en/public-pages/chat.ts"
import { es } from "#texts/es.ts"
import { chat as esChat } from "#texts/es/public-pages/chat.ts"

const screens = [
  {
    name: "Spanish at 1440, light",
    texts: { ...es, ...esChat },
    locale: "es-MX",
    colorScheme: "light",
    width: 1440,
    height: 900,
  },
  {
    name: "English at 1440, dark",
    texts: { ...en, ...enChat },
    locale: "en-US",
    colorScheme: "dark",
    width: 1440,
    height: 900,
  },
  {
    name: "Spanish at 390, dark",
    texts: { ...es, ...esChat },
    locale: "es-CO",
    colorScheme: "dark",
    width: 390,
    height: 844,
  },
  {
    name: "English at 390, light",
    texts: { ...en, ...enChat },
    locale: "en-GB",
    colorScheme: "light",
    width: 390,
    height: 844,
  },
] as const

for (const { name, texts, width, height, ...look } of screens) {
  test(`from the set-up link to a conversation that comes back: ${name}`, async () => {
    const hilo = await startApp()
    const context = await (await browser()).newContext({ ...look, viewport: { width, height }, bypassCSP: true })
    const desk = await context.newPage()
    const button = (page: Page, label: string) => page.getByRole("button", { name: label, exact: true })

    await desk.goto((await setupLink(hilo.db, hilo.url))!)
    assert.deepEqual(await axe(desk), [], "set-up")
    await desk.getByLabel(texts["field.name"], { exact: true }).fill("Ana Gómez")
    await desk.getByLabel(texts["field.email"]).fill("ana@example.com")
    await desk.getByLabel(texts["field.password"]).fill("correct horse battery staple")
    await button(desk, texts["setup.go"]).click()
    await desk.getByText(texts["first.title"]).waitFor()
    assert.deepEqual(await axe(desk), [], "the empty inbox")

    const [chat] = await Promise.all([
      context.waitForEvent("page"),
      desk.getByRole("link", { name: texts["first.chatAction"] }).click(),
    ])
    const write = async (text: string) => {
      await chat.getByLabel(texts["chat.message"], { exact: true }).fill(text)
      await chat.getByLabel(texts["chat.message"], { exact: true }).press("Enter")
    }
    await write("hola")
    await desk.getByRole("link", { name: /TKT-00001/ }).waitFor()
    // On a phone what it says lies above the list for a while.
    await button(desk, texts["notifications.open"]).click()
    const thread = desk.getByRole("region", { name: /TKT-00001/ })
    await thread.getByText("hola", { exact: true }).waitFor()

    await desk.keyboard.press("r")
    await desk.keyboard.type("Buenas, **dime**")
    await desk.keyboard.press("Control+Enter")
    await chat.locator("strong", { hasText: "dime" }).waitFor()
    await thread.locator("strong", { hasText: "dime" }).waitFor()
    assert.deepEqual(await axe(desk), [], "an open ticket")

    await button(desk, texts["ticket.close"]).click()
    await button(desk, texts["ticket.reopen"]).waitFor()
    await write("sigue sin llegar")
    await thread.getByText(texts["why.reopened_in_window"].split(":")[0]!).first().waitFor()
    await button(desk, texts["ticket.close"]).waitFor()
    const answer = await desk.request.get(`${hilo.url}/api/v1/tickets`)
    const { items } = (await answer.json()) as { items: { number: string; status: string; reopenCount: number }[] }
    assert.deepEqual(
      items.map(({ number, status, reopenCount }) => ({ number, status, reopenCount })),
      [{ number: "TKT-00001", status: "open", reopenCount: 1 }],
    )
    const tooWide = await desk.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(tooWide, false)
    await context.close()
  })
}
