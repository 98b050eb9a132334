// Files go both ways, on every channel that carries them: chat, the customers' side, tickets without a channel.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { createConnection } from "#connections/index.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { intercept } from "../browsers/intercept-requests.ts"
import { inviteAndSignIn, signIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { chat as en } from "#texts/en/public-pages/chat.ts"
import { en as desk } from "#texts/en.ts"
import { chat as es } from "#texts/es/public-pages/chat.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
let chats = 0
const makeChat = () =>
  acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "webchat", name: `Chat ${++chats}` }))

type Said = { content: string; attachments: { id: string; name: string; size: number }[] }
async function ticketOf(chat: string): Promise<string> {
  const { body } = await key.call("GET", `/tickets?connectionId=${chat}`)
  return (body as unknown as { items: { number: string }[] }).items[0]!.number
}
async function saidOn(number: string): Promise<Said[]> {
  return ((await key.call("GET", `/tickets/${number}/messages`)).body as unknown as { items: Said[] }).items
}
const file = (name: string, size = 3) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "a") })

const visitors = [
  { language: "es", locale: "es-CO", width: 390, texts: es },
  { language: "en", locale: "en-US", width: 1440, texts: en },
] as const
for (const { language, locale, width, texts } of visitors)
  test(`a visitor sends files, sees them, and the desk has them: ${language}, ${width}`, async () => {
    const chat = await makeChat()
    const context = await (await browser()).newContext({ locale, viewport: { width, height: 844 }, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(`${hilo.url}/chat/${chat}`)
    let uploads = 0
    await intercept(page, "**/files", (route) => (uploads++ === 0 ? route.abort() : route.continue()))
    const attach = page.getByRole("button", { name: texts["chat.attach"] })
    const chooser = page.waitForEvent("filechooser")
    await attach.press("Enter")
    const opened = await chooser
    assert.equal(opened.isMultiple(), true)
    await opened.setFiles([file("factura.txt"), file("vacio.txt", 0), { ...file("virus.exe"), name: "virus.exe" }])
    const rows = page.locator("#chosen li")
    const invoice = rows.filter({ hasText: "factura.txt" })
    await invoice.getByRole("button", { name: texts["chat.retry"] }).press("Enter")
    assert.equal(await focused(page), `button ${texts["chat.removeFile"].replace("{name}", "factura.txt")}`)
    await invoice.and(page.locator("[data-is=stored]")).waitFor()
    await rows.filter({ hasText: texts["chat.fileEmpty"] }).waitFor()
    await rows.filter({ hasText: texts["chat.fileRefused"] }).waitFor()
    assert.deepEqual(await axe(page), [])
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    for (const name of ["vacio.txt", "virus.exe"])
      await page.getByRole("button", { name: texts["chat.removeFile"].replace("{name}", name) }).press("Enter")
    await page.getByRole("button", { name: texts["chat.send"], exact: true }).click()
    await page.getByRole("button", { name: /factura.txt/ }).waitFor()
    await page.getByRole("listitem").filter({ hasText: texts["chat.sent"] }).waitFor()
    const number = await ticketOf(chat)
    const [message] = (await saidOn(number)).filter(({ attachments }) => attachments.length > 0)
    assert.deepEqual(
      [message!.content, message!.attachments[0]!.name, message!.attachments[0]!.size],
      ["", "factura.txt", 3],
    )
    await page.reload()
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /factura.txt/ }).click(),
    ])
    assert.equal(download.suggestedFilename(), "factura.txt")
    await context.close()
  })

test("nobody sends a file that another visitor uploaded", async () => {
  const chat = await makeChat()
  const visitor = async () => {
    const answer = await fetch(`${hilo.url}/chat/${chat}/visitor`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    })
    return ((await answer.json()) as { token: string }).token
  }
  const [one, other] = [await visitor(), await visitor()]
  const upload = async (token: string | null) => {
    const body = new FormData()
    body.set("file", new File(["secret"], "s.txt"))
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    return fetch(`${hilo.url}/chat/${chat}/files`, { method: "POST", headers, body })
  }
  assert.equal((await upload(null)).status, 401)
  const { id } = (await (await upload(one)).json()) as { id: string }
  const send = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
    const body = JSON.stringify({ clientId: "c".repeat(12), text: "", fileIds: [id] })
    return (await fetch(`${hilo.url}/chat/${chat}/messages`, { method: "POST", headers, body })).status
  }
  assert.equal(await send(other), 404)
  assert.equal(await send(one), 201)
})

test("a name and an e-mail given after the first message reach the desk, also from a chat that was closed meanwhile", async () => {
  const chat = await makeChat()
  const context = await (await browser()).newContext({ locale: "en-US" })
  const page = await context.newPage()
  await page.goto(`${hilo.url}/chat/${chat}`)
  await page.getByLabel(en["chat.message"], { exact: true }).fill("Hello")
  await page.getByLabel(en["chat.message"], { exact: true }).press("Enter")
  await page.getByRole("listitem").filter({ hasText: "Hello" }).filter({ hasText: en["chat.sent"] }).waitFor()
  const contact = async () => {
    const { body } = await key.call("GET", `/tickets/${await ticketOf(chat)}`)
    return (body["contact"] as { name: string }).name
  }
  assert.equal(await contact(), "")
  await page.getByText(en["chat.who"]).click()
  await page.getByRole("textbox", { name: en["chat.name"] }).fill("Carla Ruiz")
  await page.getByRole("textbox", { name: en["chat.name"] }).press("Tab")
  await waitUntil("the desk knows the name", async () => (await contact()) === "Carla Ruiz")
  await intercept(page, "**/introduction", (route) => route.abort())
  const lost = page.waitForEvent("requestfailed")
  await page.getByRole("textbox", { name: en["chat.email"] }).fill("carla@example.com")
  await page.getByRole("textbox", { name: en["chat.email"] }).press("Tab")
  await lost
  await page.unroute("**/introduction")
  await page.reload()
  await waitUntil("the desk knows the address", async () => {
    const { rows } = await hilo.db.pool.query(
      "select i.value as email from contacts c join contact_identities i on i.contact_id = c.id and i.proof = 'visitor' where c.name = 'Carla Ruiz'",
    )
    return rows[0]?.email === "carla@example.com"
  })
  await context.close()
})

test("staff answer a chat and a ticket without a channel with several files", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const { body } = await key.call("POST", "/tickets", {
    subject: "Portal",
    contact: { name: "C", email: "c@example.com" },
  })
  const number = String(body["number"])
  const page: Page = await open(`/tickets/${number}?view=all`)
  await page.locator("#composer").waitFor()
  await page.setInputFiles("input[type=file]", [file("one.txt"), file("two.txt", 4)])
  for (const size of ["3 byte", "4 byte"]) await page.getByText(size).waitFor()
  await page.locator("#composer").press("Control+Enter")
  await page.getByRole("log").getByText("two.txt").waitFor()
  const names = async () => (await saidOn(number)).flatMap(({ attachments }) => attachments.map(({ name }) => name))
  await waitUntil("both are stored", async () => (await names()).toSorted().join() === "one.txt,two.txt")
  // A large picture that is dropped anywhere on the composer is made smaller first.
  await page.getByRole("tablist", { name: desk["composer.label"] }).evaluate(async (bar) => {
    const canvas = new OffscreenCanvas(1200, 900)
    const drawing = canvas.getContext("2d")!
    const noise = drawing.createImageData(1200, 900)
    for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536))
    for (let i = 3; i < noise.data.length; i += 4) noise.data[i] = 255
    drawing.putImageData(noise, 0, 0)
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([await canvas.convertToBlob()], "photo.png", { type: "image/png" }))
    bar.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
  })
  await page.getByRole("button", { name: desk["file.remove"].replace("{name}", "photo.jpg") }).press("Enter")
  await page.setInputFiles(
    "input[type=file]",
    Array.from({ length: 11 }, (_, n) => file(`f${n}.txt`)),
  )
  await page.getByText(desk["file.tooMany"].split("{")[0]!.trim(), { exact: false }).first().waitFor()
  await context.close()
})

test("staff record a voice note by keyboard, listen to it, and it leaves as Opus in Ogg", async () => {
  const { body } = await key.call("POST", "/tickets", {
    subject: "Voice",
    contact: { name: "V", email: "v@example.com" },
  })
  const number = String(body["number"])
  const { email, context: unused } = await inviteAndSignIn(hilo)
  await unused.close()
  // With the content policy, which says what may be played.
  const viewport = { width: 1440, height: 900 }
  const context = await (await browser()).newContext({ locale: "en-US", viewport })
  await signIn(hilo, context, email)
  const page = await context.newPage()
  await page.goto(`${hilo.url}/tickets/${number}?view=all`)
  const record = page.getByRole("button", { name: desk["composer.voiceNote"] })
  const recorder = page.getByRole("group", { name: desk["voice.title"], exact: true })
  const sound = (place: Page | ReturnType<Page["getByRole"]>) =>
    place.getByRole("group", { name: /^Sound: Voice note/ })

  await record.press("Enter")
  await recorder.getByRole("timer").waitFor()
  await page.keyboard.press("Escape")
  await recorder.waitFor({ state: "detached" })
  assert.match(await focused(page), /^textarea/)
  assert.equal(await sound(page).count(), 0)

  await record.press("Enter")
  await recorder.getByText("0:01").waitFor()
  assert.match(await focused(page), /^button Stop/)
  await page.keyboard.press("Enter")
  await sound(page).getByText("0:01").waitFor()
  await page.getByText(/^\d+.kB$/).waitFor()
  assert.match(await focused(page), /^textarea/)
  await page.keyboard.press("Control+Enter")
  const sent = sound(page.getByRole("log"))
  await sent.getByText("0:01").waitFor()
  await sent.getByRole("button", { name: desk["audio.play"] }).press("Enter")
  const position = sent.getByRole("slider", { name: desk["audio.position"] })
  await waitUntil("it is heard", async () => Number(await position.inputValue()) > 0)
  await sent.getByRole("button", { name: desk["audio.play"] }).waitFor()
  await position.press("ArrowRight")
  assert.match(String(await position.getAttribute("aria-valuetext")), /^0:0\d of 0:01$/)
  assert.deepEqual(await axe(page), [])

  const [message] = await saidOn(number)
  const { id, name } = message!.attachments[0]!
  assert.equal(name, "Voice note.ogg")
  const answer = await fetch(`${hilo.url}/api/v1/attachments/${id}`, {
    headers: { authorization: `Bearer ${key.key}` },
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.deepEqual(
    [bytes.toString("latin1", 0, 4), bytes.toString("latin1", 28, 36), bytes[37]],
    ["OggS", "OpusHead", 1],
  )
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"))
  })
  await record.press("Enter")
  await page.getByText(desk["voice.refused"]).waitFor()
  assert.notEqual(await focused(page), "body")
  await context.close()
})
