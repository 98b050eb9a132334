// The mail about a new address leads to the portal, where its reader says by keyboard whether the address is theirs.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { formatText } from "#texts/format-text.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const box = await startSmtpServer("http://hilo.test")
const hilo = await startApp({ SMTP_URL: box.smtpUrl, MAIL_FROM: "Soporte <desk@example.com>" })
const root = await member(hilo, { email: "root@example.com", name: "Root", role: "admin" })
const source = await openMessageSource(hilo)

async function mailWith(text: string): Promise<string> {
  let found: string | undefined
  await waitUntil(`a mail with ${text}`, async () => {
    found ??= box.take().find((mail) => mail.text.includes(text))?.text
    return found !== undefined
  })
  return found!
}

for (const [language, texts, locale, width] of [
  ["es", es, "es-419", 390],
  ["en", en, "en-US", 1440],
] as const)
  test(`a customer is shown two addresses, and says which is theirs (${language}, ${width})`, async () => {
    const email = `carla.${language}@example.com`
    const { ticket } = await source.says(email, { name: "Carla" })
    const id = ticket!.contact!.id
    await root.call("PATCH", `/contacts/${id}`, { language })
    const context = await (await browser()).newContext({ locale, viewport: { width, height: 844 }, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(`${hilo.url}/my`)
    await page.getByLabel(texts["field.email"]).fill(email)
    await page.getByRole("button", { name: texts["portal.sendLink"], exact: true }).press("Enter")
    const token = /#token=(lnk_[\w-]+)/.exec(await mailWith("/my/enter#token="))![1]!
    await page.goto(`${hilo.url}/my/enter#token=${token}`)
    await page.getByRole("button", { name: texts["portal.signIn"], exact: true }).press("Enter")
    await page.waitForURL(`${hilo.url}/my`)

    const typed = [`nueva.${language}@otra.example`, `+5730066601${width === 390 ? "39" : "44"}`]
    const identities = [email, ...typed].map((value) => ({ kind: value.includes("@") ? "email" : "phone", value }))
    assert.equal((await root.call("PATCH", `/contacts/${id}`, { identities })).status, 200)
    const told = await mailWith("n…@o….example")
    assert.match(told, /\/my\s/)
    assert.ok(!told.includes(typed[0]!))

    await page.reload()
    await page.getByRole("heading", { name: texts["portal.addressTitle"] }).waitFor()
    assert.deepEqual(await axe(page), [], "the question")
    const folder = process.env["HILO_TEST_SHOTS"]
    if (folder) await page.screenshot({ path: `${folder}/addresses-${language}.png`, fullPage: true })
    const mail = formatText(language, "portal.addressEmail", { masked: "n…@o….example" })
    const phone = formatText(language, "portal.addressPhone", { masked: `…${width === 390 ? "39" : "44"}` })
    await page.getByRole("button", { name: `${texts["portal.addressMine"]}: ${mail}`, exact: true }).press("Enter")
    await page.getByText(mail, { exact: true }).waitFor({ state: "detached" })
    await page.waitForFunction(() => document.activeElement !== document.body)
    await page.getByRole("button", { name: `${texts["portal.addressNotMine"]}: ${phone}`, exact: true }).press("Enter")
    await page.getByRole("heading", { name: texts["portal.addressTitle"] }).waitFor({ state: "detached" })
    await page.waitForFunction(() => document.activeElement !== document.body)
    const { body } = await root.call("GET", `/contacts/${id}`)
    assert.deepEqual(
      (body["identities"] as { value: string; isClaimed: boolean }[]).map((one) => [one.value, one.isClaimed]),
      [
        [email, false],
        [typed[0], true],
      ],
    )

    await page.goto(`${hilo.url}/my/profile`)
    await page.getByText(texts["portal.addressClaimed"]).waitFor()
    assert.deepEqual(await axe(page), [], "the account")
    if (folder) await page.screenshot({ path: `${folder}/account-${language}.png`, fullPage: true })
    const notMine = page.getByRole("button", { name: `${texts["portal.addressNotMine"]}: ${mail}`, exact: true })
    const prove = (proof: string) =>
      hilo.db.pool.query("update contact_identities set proof = $2 where value = $1", [typed[0], proof])
    await prove("link")
    await page.reload()
    await page.getByText(texts["refusal.address_proved"]).waitFor()
    assert.equal(await notMine.count(), 0)
    await prove("staff")
    await page.reload()
    await notMine.press("Enter")
    await page.getByText(texts["portal.addressClaimed"]).waitFor({ state: "detached" })
    await context.close()
  })
