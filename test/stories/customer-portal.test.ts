// A customer without a password: a link by mail, their requests, an answer, the end, and coming back.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { focusedId } from "../browsers/focus-before-and-after-dialog.ts"
import { intercept } from "../browsers/intercept-requests.ts"
import { inviteAndSignIn, signIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { createUser } from "#people/index.ts"
import type { Ticket } from "#tickets/api-contract.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"

const box = await startSmtpServer("http://hilo.test")
const hilo = await startApp({ SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" })
const sol = await member(hilo, { email: "sol@example.com", name: "Sol", role: "admin" })
const looks = [
  { texts: es, locale: "es-CO", colorScheme: "light", width: 390, height: 844 },
  { texts: en, locale: "en-US", colorScheme: "dark", width: 1024, height: 768 },
] as const

/** The link in the next mail, at the address where this test's server listens. */
async function linkAfter(deed: () => Promise<void>): Promise<string> {
  await deed()
  let text = ""
  await waitUntil("the mail came", async () => {
    text = box.take().find((mail) => mail.text.includes("/my/enter#"))?.text ?? ""
    return text !== ""
  })
  return `${hilo.url}/my/enter#token=${/\/my\/enter#token=(lnk_[\w-]+)/.exec(text)![1]!}`
}

const shot = async (page: Page, name: string) => {
  const folder = process.env["HILO_TEST_SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

for (const { texts, locale, colorScheme, width, height } of looks) {
  test(`a customer comes in by mail, is answered, closes and comes back (${locale}, ${width})`, async () => {
    const language = locale.slice(0, 2) as "es" | "en"
    const email = `carla.${language}@example.com`
    const identities = [{ kind: "email", value: email }]
    const { body: carla } = await sol.call("POST", "/contacts", { name: "Carla", language, identities })
    const subject = `La factura no llega (${locale})`
    const opened = await sol.call("POST", "/tickets", { subject, description: "Desde mayo.", contact: { email } })
    assert.deepEqual([opened.status, (opened.body["contact"] as { id: string }).id], [201, carla["id"]])
    const number = String(opened.body["number"])
    await sol.call("POST", `/tickets/${number}/messages`, { content: "Cuidado con esta", isInternal: true })
    await sol.call("POST", "/tickets", { subject: "De otra persona", contact: { email: "otra@example.com" } })

    const context = await (
      await browser()
    ).newContext({
      locale,
      colorScheme,
      viewport: { width, height },
      bypassCSP: true,
    })
    const page = await context.newPage()
    const button = (id: keyof typeof texts) => page.getByRole("button", { name: texts[id], exact: true })
    await page.goto(`${hilo.url}/my/${number}`)
    await page.getByLabel(texts["field.email"]).fill(email)
    const track = page.getByRole("link", { name: texts["portal.track"] })
    assert.equal(await track.getAttribute("href"), `/track?lang=${language}`)
    assert.deepEqual(await axe(page), [], "asking for a link")
    await shot(page, `${language}-ask`)
    const link = await linkAfter(async () => {
      await button("portal.sendLink").press("Enter")
      await page.getByText(texts["portal.linkNotThere"]).waitFor()
      assert.equal(await focusedId(page), "sent")
    })
    await page.goto(link)
    await page.reload()
    await button("portal.signIn").click()
    await page.waitForURL(`${hilo.url}/my/${number}`)
    await page.goto(`${hilo.url}/my`)
    await page.getByRole("link", { name: subject }).waitFor()
    assert.equal(await page.getByText("De otra persona").count(), 0)
    assert.equal(await track.getAttribute("href"), `/track?lang=${language}`)
    assert.deepEqual(await axe(page), [], "the list")
    await shot(page, `${language}-list`)

    await page.getByRole("link", { name: subject }).click()
    await page.getByLabel(texts["portal.reply"]).fill("# sigue sin llegar")
    await button("portal.send").click()
    await page.getByText("# sigue sin llegar").waitFor()
    await sol.call("POST", `/tickets/${number}/messages`, { content: "Ya **va** en camino" })
    await page.locator("strong", { hasText: "va" }).waitFor()
    assert.equal(await page.getByText("Cuidado con esta").count(), 0, "a note reaches no customer")
    assert.deepEqual(await axe(page), [], "one request")
    await shot(page, `${language}-one`)

    await button("portal.close").click()
    await button("portal.reopen").waitFor()
    assert.partialDeepStrictEqual((await sol.call("GET", `/tickets/${number}`)).body, { status: "closed" })
    await page.getByLabel(texts["portal.reply"]).fill("Otra vez")
    await button("portal.send").click()
    await button("portal.close").waitFor()
    assert.partialDeepStrictEqual((await sol.call("GET", `/tickets/${number}`)).body, {
      status: "open",
      reopenCount: 1,
    })

    await page.goto(`${hilo.url}/my/new`)
    await page.getByLabel(texts["portal.subject"]).fill("Otra cosa")
    await page.getByLabel(texts["portal.description"]).fill("Con detalle")
    const file = { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("hola") }
    await page.locator("input[type=file]").setInputFiles(file)
    await page.getByText("nota.txt").waitFor()
    assert.deepEqual(await axe(page), [], "a new request")
    await shot(page, `${language}-new`)
    await button("portal.send").click()
    await page.getByRole("heading", { name: "Otra cosa" }).waitFor()
    await page.getByText("Con detalle").waitFor()
    await page.getByText("nota.txt").waitFor()

    await page.goto(`${hilo.url}/tickets/${number}`)
    await page.waitForURL(`${hilo.url}/my`)
    await page.goto(link)
    await page.reload()
    await button("portal.signIn").click()
    await page.getByText(texts["portal.linkExpired"]).waitFor()
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(tooWide, false)
    await context.close()
  })
}

test("staff who come to the customers' side are led to theirs", async () => {
  const passwordHash = cheapPasswordHash("correct horse battery")
  const account = { email: "ana@example.com", name: "Ana", role: "agent" as const, passwordHash }
  await acting(hilo, (act) => createUser(act, account))
  const context = await (await browser()).newContext({ locale: "es-CO" })
  const page = await context.newPage()
  await page.goto(`${hilo.url}/sign-in`)
  await page.getByLabel(es["field.email"]).fill("ana@example.com")
  await page.getByLabel(es["field.password"]).fill("correct horse battery")
  await page.getByRole("button", { name: es["signIn.go"], exact: true }).click()
  await page.waitForURL(/\/inbox/)
  await page.goto(`${hilo.url}/my`)
  await page.waitForURL(/\/inbox/)
  await context.close()
})

test("a customer whose session ran out is shown so, and finds what they wrote", async () => {
  const { context, open, email } = await inviteAndSignIn(hilo, { role: "user", language: "es" })
  const page = await open("/my/new")
  const subject = page.getByLabel(es["portal.subject"])
  await subject.fill("escrito antes")
  // The session ends as send is pressed: before, the page would find by itself that it is over, and lead away.
  await intercept(page, "**/api/v1/tickets", async (route) => {
    await context.clearCookies()
    await route.continue()
  })
  await page.getByRole("button", { name: es["portal.send"], exact: true }).click()
  await page.waitForURL(/\/my\/enter#expired$/)
  await page.getByRole("alert").getByText(es["refusal.unauthenticated"]).waitFor()
  await page.unrouteAll({ behavior: "wait" })
  await signIn(hilo, context, email)
  await page.goto(`${hilo.url}/my/new`)
  await subject.waitFor()
  assert.equal(await subject.inputValue(), "escrito antes")
  await context.close()
})

test("a customer sees the deadlines of a request where its policy says so, and nothing of the others", async () => {
  const subjects = { shown: "Con plazo a la vista", hidden: "Con plazo del equipo" }
  const targets = { firstResponse: { medium: 600 } }
  for (const [name, subject] of Object.entries(subjects)) {
    const conditions = [{ field: "subject", operator: "equals", value: subject }]
    const policy = { name, conditions, targets, visibleToCustomer: name === "shown" }
    assert.equal((await sol.call("POST", "/sla-policies", policy)).status, 201)
  }
  const { context, open } = await inviteAndSignIn(hilo, { role: "user", language: "es", width: 390 })
  for (const subject of Object.values(subjects))
    await context.request.post(`${hilo.url}/api/v1/tickets`, { data: { subject }, headers: { origin: hilo.url } })
  await waitUntil("both have deadlines", async () => {
    const { rows } = await hilo.db.pool.query("select count(*)::int as n from ticket_sla")
    return rows[0].n === 2
  })
  const sent = (await (await context.request.get(`${hilo.url}/api/v1/tickets`)).json()) as { items: Ticket[] }
  const slaOf = (subject: string) => sent.items.find((ticket) => ticket.subject === subject)!.sla
  assert.deepEqual([slaOf(subjects.hidden), slaOf(subjects.shown)!.policyId], [null, null])
  const page = await open("/my")
  const row = (name: string) => page.getByRole("listitem").filter({ hasText: name })
  const metric = es["sla.metric.first_response"]
  await row(subjects.shown).getByText(metric).waitFor()
  assert.equal(await row(subjects.hidden).getByText(metric).count(), 0)
  assert.deepEqual(await axe(page), [])
  await shot(page, "es-deadlines")
  await row(subjects.shown).getByRole("link").click()
  await page.getByRole("list", { name: es["sla.deadlines"] }).getByText(metric).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.goBack()
  await row(subjects.hidden).getByRole("link").click()
  await page.getByRole("heading", { name: subjects.hidden }).waitFor()
  assert.equal(await page.getByRole("list", { name: es["sla.deadlines"] }).count(), 0)
  await context.close()
})

test("what a customer goes on to write while the last words are still on their way stays", async () => {
  const { context, open } = await inviteAndSignIn(hilo, { role: "user", language: "es" })
  const headers = { origin: hilo.url }
  const made = await context.request.post(`${hilo.url}/api/v1/tickets`, { data: { subject: "Dos cosas" }, headers })
  const page = await open(`/my/${((await made.json()) as Ticket).number}`)
  const reply = page.getByLabel(es["portal.reply"])
  await reply.fill("Lo primero")
  const { promise: isWritten, resolve: letPass } = Promise.withResolvers<void>()
  await intercept(page, "**/messages?*", (route) => isWritten.then(() => route.continue()))
  const isSent = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok())
  await page.getByRole("button", { name: es["portal.send"], exact: true }).click()
  await isSent
  await reply.fill("Y lo segundo")
  letPass()
  await page.getByRole("list", { name: es["portal.thread"] }).getByText("Lo primero").waitFor()
  await page.locator("button:enabled", { hasText: es["portal.send"] }).click()
  await page.getByRole("list", { name: es["portal.thread"] }).getByText("Y lo segundo").waitFor()
  await context.close()
})
