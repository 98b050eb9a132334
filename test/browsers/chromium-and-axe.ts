// One Chromium for each test file, and what axe says of its pages.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { after, afterEach, type TestContext } from "node:test"
import type { AxeResults, ElementContext, Result, RunOptions } from "axe-core"
import type { Browser, Page } from "playwright-core"
import { clearLog, logContext, readLog } from "./browser-log.ts"
import { launchChromium } from "./launch-chromium.ts"

const require = createRequire(import.meta.url)

let shared: Promise<Browser> | undefined
after(async () => (await shared)?.close())
afterEach(async (t) => {
  if (!(t as TestContext).passed) process.stderr.write(await readLog())
  clearLog()
})

/** One browser for the test file, closed at its end; make a context for each person. */
export function browser(): Promise<Browser> {
  shared ??= launchChromium().then((launched) => launched.on("context", logContext))
  return shared
}

/** What of a page axe looks at: only these rules, only what these selectors match; all of it if not said. */
type Part = { rules?: string[]; within?: string[] | undefined; isStrict?: boolean }

// What axe leaves out unless it is asked: the size of targets (AA of WCAG 2.2), and of AAA what a whole app can hold to.
const moreRules = ["target-size", "identical-links-same-purpose", "meta-refresh-no-exceptions"]

/**
 * What axe finds serious or critical on the page as it is now; an empty list is what a test wants. `isStrict`: at every level, A, AA,
 * AAA and good practice, whatever its weight.
 */
export async function axe(page: Page, { rules, within, isStrict = false }: Part = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window)))
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  await page.evaluate(allStand)
  const more = Object.fromEntries((isStrict ? moreRules : []).map((rule) => [rule, { enabled: true }]))
  const results = await page.evaluate(
    ({ rules, within, more }) =>
      (window as unknown as { axe: Axe }).axe.run(within ? { include: within.map((one) => [one]) } : document, {
        resultTypes: ["violations"],
        ...(rules && { runOnly: rules }),
        rules: more,
        // Nothing here plays by itself, the one thing that needs it: every stylesheet would be fetched and parsed again.
        preload: false,
      }),
    { rules, within, more },
  )
  const isGrave = ({ impact }: Result) => isStrict || impact === "serious" || impact === "critical"
  return results.violations.filter((one) => isGrave(one) && !isOfFloating(one)).map(inWords)
}

/** What floats above the page, a menu or a tooltip, is in no landmark of it. */
const isOfFloating = ({ id, nodes }: Result) =>
  id === "region" && nodes.every(({ target }) => /radix-popper|^\[role="?menu/.test(target.join()))

// What fades in or out has colours of its own for a moment. What turns for ever is not waited for.
async function allStand() {
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map((one) => one.finished))
}

type Axe = { run(context: ElementContext, options: RunOptions): Promise<AxeResults> }

const inWords = ({ id, help, nodes }: Result) =>
  `${id}: ${help} (${nodes.map(({ target, any }) => [target.join(" "), any[0]?.message].filter(Boolean).join(": ")).join(", ")})`
