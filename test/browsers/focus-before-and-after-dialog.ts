// Where the focus of a page is, and whether it came back from a dialog to what opened it.
import type { BrowserContext, Page } from "playwright-core"

/** Waits until the page has come to rest; where the focus is. */
export async function focused(page: Page): Promise<string> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
    await new Promise((done) => setTimeout(done))
  })
  await page.waitForFunction(() => document.activeElement !== document.body).catch(() => {})
  return page.evaluate(() => {
    const { activeElement: at } = document
    return at === document.body || !at
      ? "body"
      : `${at.tagName.toLowerCase()} ${at.getAttribute("aria-label") ?? at.textContent?.slice(0, 40)}`
  })
}

/** Of the element that has the focus now. */
export const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id)

interface Opener {
  /** What had the focus last, and lies under whatever floats. */
  below: Element
  opener: Element
}

/** Remembers what has the focus on the page itself. */
export const watchFocus = (context: BrowserContext) =>
  context.addInitScript(() => {
    addEventListener(
      "focusin",
      ({ target }) => {
        if (target instanceof Element && !target.closest("[role=dialog], [role=menu], [role=listbox]"))
          (window as unknown as { below: Element }).below = target
      },
      { capture: true },
    )
  })

export const isBack = (page: Page) =>
  page.evaluate(() => {
    const { opener } = window as unknown as { opener: Element }
    const at = document.activeElement
    // A menu that a key opened leaves the focus at its own button.
    return !opener.isConnected || at === opener || at?.matches("[aria-haspopup=menu]") === true
  })

/** What had the focus on the page when this is called is what `isBack` asks for later. */
export const rememberOpener = (page: Page) =>
  page.evaluate(() => void ((window as unknown as Opener).opener = (window as unknown as Opener).below))
