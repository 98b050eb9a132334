// A tab that stays open while a new version is put in place: the code that it has not loaded yet is gone from the server.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn, password } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { composerOf, createSupportTicket } from "../browsers/ticket-screen.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

/** From now on, until a page is loaded, as after an upgrade: what is not loaded yet is not there, the page is another one. */
async function upgrade(context: BrowserContext) {
  let isOld = true
  await context.route("**/*", (route) => {
    const request = route.request()
    if (request.isNavigationRequest()) isOld = false
    const { pathname } = new URL(request.url())
    if (isOld && pathname.startsWith("/assets/")) return route.fulfill({ status: 404, body: "{}" })
    if (isOld && pathname === "/")
      return route.fulfill({
        contentType: "text/html",
        body: `<script type="module" src="/assets/app-new.js"></script>`,
      })
    return route.continue()
  })
}

for (const [language, width] of [
  ["en", 1440],
  ["es", 390],
] as const)
  test(`a tab from before an upgrade says that there is a new version, and loads it with what was unsent: ${language}, ${width}`, async () => {
    const texts = language === "en" ? en : es
    const number = await createSupportTicket(key, "Before the upgrade")
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open(`/tickets/${number}?view=all`)
    await composerOf(page).fill("half an answer")
    await page.getByText(texts["composer.draftSaved"]).waitFor()
    await upgrade(context)
    await composerOf(page).press("Escape")
    await page.keyboard.press("c")
    await page.getByText(texts["newVersion.text"]).waitFor()
    assert.equal(await composerOf(page).inputValue(), "half an answer")
    await page.getByRole("button", { name: texts["newVersion.load"] }).click()
    await waitUntil("the text is there", async () => (await composerOf(page).inputValue()) === "half an answer")
    assert.equal(await page.getByText(texts["newVersion.text"]).count(), 0)
    await page.keyboard.press("c")
    await page.getByRole("dialog", { name: texts["newTicket.title"] }).waitFor()
    await context.close()
  })

test("a page of the old version that goes to another screen loads it in the new one", async () => {
  const number = await createSupportTicket(key, "On the way")
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).fill("half an answer")
  await page.getByText(en["composer.draftSaved"]).waitFor()
  await upgrade(context)
  await page.getByRole("link", { name: en["nav.settings"] }).click()
  await page.getByRole("heading", { name: en["settings.profile"] }).waitFor()
  await page.goto(`${hilo.url}/tickets/${number}?view=all`)
  await waitUntil("the text is there", async () => (await composerOf(page).inputValue()) === "half an answer")
  await context.close()
})

/** What is typed is saved when the test calls `saveDraft()`, not when its time has come. */
const saveDraftsOnCall = (context: BrowserContext) =>
  context.addInitScript(() => {
    const real = globalThis.setTimeout
    const held = (act: () => void, ms?: number) =>
      ms === 700 ? Object.assign(globalThis, { saveDraft: act }) : real(act, ms)
    Object.assign(globalThis, { setTimeout: held })
  })

const signInAgain = async (page: Page, email: string) => {
  await page.waitForURL(/sign-in/)
  await page.getByRole("status").getByText(es["refusal.unauthenticated"]).waitFor()
  await page.getByLabel(es["field.email"]).fill(email)
  await page.getByLabel(es["field.password"]).fill(password)
  await page.getByRole("button", { name: es["signIn.go"] }).click()
  await page.waitForURL(/\/tickets\//)
}

test("a user who writes when the session has ended is shown so, and finds the text again", async () => {
  const number = await createSupportTicket(key, "A long answer")
  const { context, open, email } = await inviteAndSignIn(hilo, { language: "es" })
  await saveDraftsOnCall(context)
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).fill("una respuesta larga")
  await context.clearCookies()
  await page.evaluate("saveDraft()")
  await signInAgain(page, email)
  await waitUntil("the text is there", async () => (await composerOf(page).inputValue()) === "una respuesta larga")
  await context.close()
})

test("a draft that is saved while its ticket is on the way to the screen is there when that has come", async () => {
  const number = await createSupportTicket(key, "An answer kept late")
  const { context, open, email } = await inviteAndSignIn(hilo, { language: "es" })
  await saveDraftsOnCall(context)
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).fill("una respuesta larga")
  await context.clearCookies()
  await key.call("POST", `/tickets/${number}/messages`, { content: "Una nota", isInternal: true })
  const saveDraft = async () => {
    const answer = page.waitForResponse((it) => it.url().endsWith("/drafts/reply") && it.ok())
    await page.evaluate("saveDraft()")
    await answer
  }
  let saved: Promise<void> | undefined
  await page.route(new RegExp(`/api/v1/tickets/${number}\\?`), async (route) => {
    const response = await route.fetch()
    if (response.ok()) await (saved ??= saveDraft())
    await route.fulfill({ response })
  })
  await signInAgain(page, email)
  await waitUntil("the text is there", async () => (await composerOf(page).inputValue()) === "una respuesta larga")
  assert.ok(saved)
  // The ticket may be read once more, and that must have its answer before the context goes.
  await page.unrouteAll({ behavior: "wait" })
  await context.close()
})

test("a part that has come and breaks is a failure of the screen, not a lost connection", async () => {
  const number = await createSupportTicket(key, "A broken part")
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).fill("breaks the preview")
  await page.getByText(en["composer.draftSaved"]).waitFor()
  await page.evaluate(() => {
    const real = String.prototype.replaceAll
    const replaceAll = function (this: string, ...given: Parameters<typeof real>): string {
      if (this.startsWith("breaks")) throw new Error("broken")
      return real.apply(this, given)
    }
    Object.assign(String.prototype, { replaceAll })
  })
  await page.getByRole("button", { name: en["composer.preview"] }).click()
  const failure = page.getByText(en["problem.screen"])
  await failure.or(page.getByText(en["problem.network"])).first().waitFor()
  assert.equal(await failure.count(), 1)
  await context.close()
})
