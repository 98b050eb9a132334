import type { Page } from "playwright-core"
import { waitUntil } from "../server-process.ts"

type Routed = Parameters<Page["route"]>
const probe = "/is-intercepted"

/**
 * For a page that is open already. `page.route` returns before a busy page's loader knows of it, and what the page asks in that
 * moment goes past it unseen; after this nothing does.
 */
export async function intercept(page: Page, url: Routed[0], handler: Routed[1]) {
  await page.route(url, handler)
  let isOn = false
  await page.route(`**${probe}`, (route) => {
    isOn = true
    return route.fulfill({ status: 204 })
  })
  await waitUntil("the page's requests are intercepted", async () => {
    await page.evaluate((path) => fetch(path), probe)
    return isOn
  })
  await page.unroute(`**${probe}`)
}
