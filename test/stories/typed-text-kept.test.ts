// What somebody writes is not thrown away by the page: input methods, pastes, dialogs, sessions, pages that are replaced.
import assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn, password } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { composerOf, createSupportTicket } from "../browsers/ticket-screen.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
const api = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Shop" }))

let said = 0
async function conversation(): Promise<string> {
  const n = ++said
  const message = { externalId: `m-${n}`, contact: { id: `+57300555${1000 + n}`, name: `Carla ${n}` }, text: "hello" }
  const { body } = await key.call("POST", `/connections/${api}/messages`, message)
  return (body as unknown as { ticket: { number: string } }).ticket.number
}
async function messages(number: string): Promise<string[]> {
  const { body } = await key.call("GET", `/tickets/${number}/messages?includeInternal=true`)
  return (body as unknown as { items: { content: string }[] }).items.map(({ content }) => content)
}

/** Pastes as a browser does: what nobody prevented is done. */
const paste = (page: Page, given: { text?: string; html?: string; picture?: boolean; fileName?: string }) =>
  composerOf(page).evaluate((field: HTMLTextAreaElement, { text, html, picture, fileName }) => {
    const data = new DataTransfer()
    if (text) data.setData("text/plain", text)
    if (html) data.setData("text/html", html)
    if (picture) data.items.add(new File([new Uint8Array([1])], fileName ?? "image.png", { type: "image/png" }))
    field.focus()
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    if (field.dispatchEvent(event) && text) document.execCommand("insertText", false, text)
  }, given)

test("a paste of text with a picture of it keeps the text, a picture alone is attached", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const page = await open(`/tickets/${await conversation()}?view=open`)
  await composerOf(page).waitFor()
  await paste(page, { text: "A1\tB1", html: "<table><tr><td>A1<td>B1</table>", picture: true })
  assert.equal(await composerOf(page).inputValue(), "A1\tB1")
  assert.equal(await page.getByRole("button", { name: en["file.remove"].replace("{name}", "image.png") }).count(), 0)
  await paste(page, { picture: true })
  await page.getByRole("button", { name: en["file.remove"].replace("{name}", "image.png") }).waitFor()
  await paste(page, { text: "photo.png", picture: true, fileName: "photo.png" })
  await page.getByRole("button", { name: en["file.remove"].replace("{name}", "photo.png") }).waitFor()
  assert.equal(await composerOf(page).inputValue(), "A1\tB1")
  await context.close()
})

/** Enter as the browser reports it while an input method composes, and right after. */
async function enterOfInputMethod(page: Page, modifiers: object = {}) {
  const composing = { key: "Enter", code: "Enter", bubbles: true, cancelable: true, ...modifiers }
  await page.evaluate((init) => {
    const target = document.activeElement!
    target.dispatchEvent(new KeyboardEvent("keydown", { ...init, isComposing: true, keyCode: 229 }))
    target.dispatchEvent(new KeyboardEvent("keydown", { ...init, isComposing: false, keyCode: 229 }))
    target.dispatchEvent(new KeyboardEvent("keydown", { ...init, key: "Escape", code: "Escape", isComposing: true }))
  }, composing)
}

test("the Enter of an input method neither sends nor saves nor chooses, and its Escape closes nothing", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await createSupportTicket(key, "Old subject")
  const page = await open(`/tickets/${number}?view=all`)
  await composerOf(page).fill("物流")
  await enterOfInputMethod(page, { ctrlKey: true })
  assert.equal(await composerOf(page).inputValue(), "物流")
  await composerOf(page).fill("")

  await page.getByRole("button", { name: en["ticket.editSubject"].replace("{subject}", "Old subject") }).click()
  const subject = page.getByRole("textbox", { name: en["newTicket.subject"] })
  await subject.fill("物流 subject")
  await enterOfInputMethod(page)
  assert.equal(await subject.inputValue(), "物流 subject")
  await subject.press("Escape")

  await page.keyboard.press("m")
  const macros = page.getByRole("dialog")
  await macros.getByRole("combobox").fill("x")
  await enterOfInputMethod(page)
  assert.equal(await macros.count(), 1)
  await page.keyboard.press("Escape")
  await macros.waitFor({ state: "detached" })

  await page.keyboard.press("Control+k")
  const palette = page.getByRole("dialog", { name: en["palette.title"] })
  await palette.getByRole("combobox").fill(number)
  await palette.getByRole("option").first().waitFor()
  await enterOfInputMethod(page)
  assert.equal(await palette.count(), 1)
  await page.keyboard.press("Escape")

  await page.keyboard.press("l")
  const tags = page.getByRole("dialog", { name: en["details.editTags"] })
  await tags.getByRole("textbox").fill("物流")
  await enterOfInputMethod(page)
  assert.equal(await tags.count(), 1)
  assert.deepEqual((await messages(number)).length, 0)
  await context.close()
})

test("the Enter of an input method sends nothing in the chat", async () => {
  const chat = await acting(hilo, (act) =>
    createConnection(act, hilo.secrets, { kind: "webchat", name: `Chat ${++said}` }),
  )
  const context = await (await browser()).newContext({ locale: "en-US" })
  const page = await context.newPage()
  await page.goto(`${hilo.url}/chat/${chat}`)
  await page.getByLabel("Your message", { exact: true }).fill("物流")
  await enterOfInputMethod(page)
  assert.equal(await page.getByLabel("Your message", { exact: true }).inputValue(), "物流")
  await context.close()
})

for (const [language, width] of [
  ["en", 1440],
  ["es", 390],
] as const)
  test(`a new ticket that was begun outlives Escape, a click beside it and a reload, and goes when it is thrown away: ${language}, ${width}`, async () => {
    const texts = language === "en" ? en : es
    const { context, open } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/inbox")
    const dialog = page.getByRole("dialog", { name: texts["newTicket.title"] })
    const subject = dialog.getByLabel(texts["newTicket.subject"])
    const begin = async () => {
      await page.locator("main").waitFor()
      await page.keyboard.press("c")
      await dialog.waitFor()
    }
    await begin()
    await subject.fill("Half written")
    await subject.press("Escape")
    await dialog.waitFor({ state: "detached" })
    await begin()
    assert.equal(await subject.inputValue(), "Half written")
    await page.mouse.click(5, 5)
    await dialog.waitFor({ state: "detached" })
    await page.reload()
    await begin()
    assert.equal(await subject.inputValue(), "Half written")
    await dialog.getByRole("button", { name: texts["newTicket.discard"], exact: true }).click()
    await dialog.waitFor({ state: "detached" })
    await begin()
    assert.equal(await subject.inputValue(), "")
    await context.close()
  })

test("after a session ran out one comes back to where one was, in one's language, with what was unsent once", async () => {
  const { context, open, email } = await inviteAndSignIn(hilo, { language: "es" })
  const number = await conversation()
  const page = await open(`/tickets/${number}?view=open`)
  await composerOf(page).fill("texto de antes")
  await page.getByText(es["composer.draftSaved"]).waitFor()
  await context.clearCookies()
  await composerOf(page).press("Control+Enter")
  await page.waitForURL(/sign-in/)
  await page.getByRole("status").getByText(es["refusal.unauthenticated"]).waitFor()
  assert.equal(await page.getByText("Sign in, or send a valid key").count(), 0)
  await page.getByLabel(es["field.email"]).fill(email)
  await page.getByLabel(es["field.password"]).fill(password)
  await page.getByRole("button", { name: es["signIn.go"] }).click()
  await page.waitForURL(new RegExp(`/tickets/${number}`))
  const log = page.getByRole("log")
  await log.getByText(es["refusal.unauthenticated"]).waitFor()
  assert.equal(await log.getByText("texto de antes").count(), 1)
  assert.equal(await composerOf(page).inputValue(), "")
  await page.reload()
  await log.getByText("texto de antes").waitFor()
  assert.equal(await composerOf(page).inputValue(), "")
  await composerOf(page).pressSequentially("lo siguiente")
  await composerOf(page).press("Control+Enter")
  await waitUntil("it is sent", async () => (await messages(number)).includes("lo siguiente"))
  await log.getByRole("button", { name: es["action.retry"] }).click()
  await waitUntil("both are there", async () => (await messages(number)).includes("texto de antes"))
  assert.equal((await messages(number)).length, 3)
  await context.close()
})

test("the widget outlives a page that replaces its body, open if it was", async () => {
  const chat = await acting(hilo, (act) =>
    createConnection(act, hilo.secrets, { kind: "webchat", name: `Chat ${++said}` }),
  )
  const tag = `<script src="${hilo.url}/chat/${chat}/widget.js" data-lang="en"></script>`
  const server = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end(`<!doctype html><title>Shop</title><body><p>one</p>${tag}`),
  )
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  after(() => server.close())
  const context = await (await browser()).newContext({ locale: "en-US" })
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const frame = page.frameLocator("hilo-chat iframe")
  const text = frame.getByLabel("Your message", { exact: true })
  await page.locator("hilo-chat .launch").click()
  await text.fill("half written")
  // As Turbo does it: another body, whose scripts run.
  await page.evaluate(() => {
    const body = document.createElement("body")
    body.innerHTML = "<p>two</p>"
    const old = document.querySelector("script[src*='widget.js']") as HTMLScriptElement
    const script = document.createElement("script")
    Object.assign(script, { src: old.src })
    body.append(script)
    document.documentElement.replaceChild(body, document.body)
  })
  await page.getByText("two").waitFor()
  await text.waitFor()
  assert.equal(await text.inputValue(), "half written")
  assert.equal(await page.locator("hilo-chat").count(), 1)
  // As others do it: other content in the same body.
  await page.evaluate(() => (document.body.innerHTML = "<p>three</p>"))
  await text.waitFor()
  assert.equal(await page.locator("hilo-chat .launch").getAttribute("aria-expanded"), "true")
  await frame.getByRole("button", { name: "Close the chat" }).click()
  await page.locator("hilo-chat #panel").waitFor({ state: "hidden" })
  await context.close()
})

test("a page that a browser has translated still shows what is now, and does not break", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await createSupportTicket(key, "A ticket")
  const page = await open(`/tickets/${number}?view=all`)
  const broken: Error[] = []
  page.on("pageerror", (error) => broken.push(error))
  await composerOf(page).waitFor()
  const translate = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("#root")!, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement?.closest("font, textarea")) continue
        const font = document.createElement("font")
        font.append(`«${text.data}»`)
        text.replaceWith(font)
      }
    })
  await translate()
  await composerOf(page).fill("x".repeat(20))
  await key.call("POST", `/tickets/${number}/messages`, { content: "a note", isInternal: true })
  await page.getByRole("log").getByText("a note").waitFor()
  await key.call("PUT", `/tickets/${number}/status`, { status: "resolved" })
  await page.getByRole("button", { name: en["ticket.reopen"] }).waitFor()
  await translate()
  await key.call("PUT", `/tickets/${number}/status`, { status: "open" })
  await page.getByRole("button", { name: en["ticket.resolve"], exact: true }).first().waitFor()
  await page.keyboard.press("Escape")
  await page.goto(`${hilo.url}/inbox?view=all`)
  await page.getByRole("heading").first().waitFor()
  assert.deepEqual(broken, [])
  await context.close()
})

test("a text that a translator has replaced is shown when it says something new, and goes when it is taken away", async () => {
  const context = await (await browser()).newContext({ locale: "en-US" })
  const page = await context.newPage()
  await page.goto(`${hilo.url}/sign-in`)
  await page.getByLabel(en["field.email"]).waitFor()
  const seen = await page.evaluate(async () => {
    const settled = () => new Promise((done) => setTimeout(done))
    const place = document.createElement("p")
    const [old, other] = [new Text("Open"), document.createElement("b")]
    place.append(old, other)
    document.body.append(place)
    const wrap = () => {
      const outer = document.createElement("font")
      outer.append(`«${old.data}»`)
      old.replaceWith(outer)
      return settled()
    }
    await wrap()
    old.nodeValue = "Resolved"
    await settled()
    const changed = place.textContent
    await wrap()
    place.insertBefore(new Text("before "), old)
    const inserted = place.textContent
    place.removeChild(old)
    return [changed, inserted, place.textContent]
  })
  assert.deepEqual(seen, ["Resolved", "before «Resolved»", "before "])
  await context.close()
})
