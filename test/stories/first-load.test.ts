// What a first visit costs: how much comes over the wire, and how often it is asked. Times are for the bench.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { browser } from "../browsers/chromium-and-axe.ts"
import { countTraffic, listed, totalBytes } from "../browsers/count-traffic.ts"
import { focusedId } from "../browsers/focus-before-and-after-dialog.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { startDemoMailServer } from "#demo/mail/mail-server.ts"
import { fillDesk } from "../../src/cli/demo.ts"

const password = "correct horse battery"
const wish = {
  tickets: 60,
  seed: 7,
  password,
  force: false,
  now: new Date(),
  print: () => {},
  mail: await startDemoMailServer(),
}
const hilo = await startApp(
  {},
  {
    fill: async (kit) => {
      await fillDesk(kit, wish)
      // As if it had been filled a minute ago: nothing of it is replayed to a page that is opened now.
      await kit.db.pool.query(`begin; set local session_replication_role = replica;
        update events set placed_at = placed_at - interval '1 minute'; commit`)
    },
  },
)

async function visitor(email: string) {
  const context = await (await browser()).newContext({ locale: "es-CO", viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const answer = await page.request.post(`${hilo.url}/api/v1/session`, { data: { email, password } })
  assert.equal(answer.ok(), true)
  return page
}

test("the first inbox takes at most 40 requests and 331 kB, and asks for nothing twice", async (t) => {
  const page = await visitor("alma@example.com")
  const taken = await countTraffic(page)
  await page.goto(`${hilo.url}/inbox`)
  await page.getByText(es["view.open"]).first().waitFor()
  await page.waitForLoadState("networkidle")
  t.diagnostic(`${taken.length} requests, ${totalBytes(taken)} bytes`)
  assert.ok(taken.length <= 40, `${taken.length} requests:\n${listed(taken)}`)
  // How often the socket polls before it has its line differs.
  const isOnce = ({ path }: { path: string }) => !path.startsWith("/socket")
  const once = taken.filter(isOnce)
  assert.ok(totalBytes(once) <= 331_000, `${totalBytes(once)} bytes:\n${listed(once)}`)
  const paths = once.map(({ path }) => path)
  assert.deepEqual(
    paths.filter((path, at) => paths.indexOf(path) !== at),
    [],
  )
})

const phone = { width: 390, height: 844 }
const stranger = async (locale: string) => {
  const context = await (await browser()).newContext({ locale, viewport: phone })
  return context.newPage()
}

test("customers write their address and send it while no script has come", async () => {
  const page = await stranger("es-CO")
  await page.route("**/*.js", () => undefined)
  await page.goto(`${hilo.url}/my`, { waitUntil: "commit" })
  await page.getByLabel(es["field.email"]).fill("carla@")
  await page.keyboard.press("Enter")
  await page.getByText(es["wrong.email"]).waitFor()
  await page.getByLabel(es["field.email"]).fill("carla@example.com")
  await page.keyboard.press("Enter")
  await page.getByText(es["portal.linkNotThere"]).waitFor()
  assert.equal(await page.getByLabel(es["field.email"]).isVisible(), false)
})

test("the customers' first page takes at most 60 kB in the browser's language, and keeps the content policy", async () => {
  for (const [locale, texts] of [["es-CO", es] as const, ["en-US", en] as const, ["fr-FR", es] as const]) {
    const page = await stranger(locale)
    const said: string[] = []
    page.on("console", (message) => said.push(message.text()))
    const taken = await countTraffic(page)
    await page.goto(`${hilo.url}/my`)
    await page.getByText(texts["portal.linkIntro"]).waitFor()
    const current = page.locator("a[lang][aria-current]")
    assert.equal(
      await current.textContent().then((text) => text?.trim()),
      texts[texts === es ? "language.es" : "language.en"],
    )
    await page.waitForLoadState("networkidle")
    assert.ok(totalBytes(taken) <= 60_000, `${totalBytes(taken)} bytes:\n${listed(taken)}`)
    assert.deepEqual(said, [])
    await page.context().close()
  }
})

test("a customer who chose a language on the customers' first page keeps it, with the link's key", async () => {
  const page = await stranger("es-CO")
  await page.goto(`${hilo.url}/my/enter#token=lnk_x`)
  await page.locator("#enter:not([aria-disabled])").waitFor()
  await page.getByRole("link", { name: es["language.en"] }).click()
  await page.getByRole("button", { name: en["portal.signIn"] }).waitFor()
  await page.goto(`${hilo.url}/my/enter#token=lnk_y`)
  await page.getByRole("button", { name: en["portal.signIn"] }).click()
  await page.getByText(en["portal.linkExpired"]).waitFor()
  await page.getByLabel(en["field.email"]).waitFor()
  assert.equal(await focusedId(page), "email")
})
