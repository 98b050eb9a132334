// The Chromium that npm installed, unpacked by ourselves. The package's own launcher shares one folder between all versions and
// processes, and its flags switch off the web security that our tests are there to see.
import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { after, afterEach, type TestContext } from "node:test"
import { brotliDecompressSync } from "node:zlib"
import type { AxeResults, Result } from "axe-core"
import { chromium, type Browser, type Page } from "playwright-core"
import { clearLog, logContext, readLog } from "./browser-log.ts"

const require = createRequire(import.meta.url)
const modules = join(import.meta.dirname, "../../node_modules")
const packed = join(modules, "@sparticuz/chromium")

let shared: Promise<Browser> | undefined
after(async () => (await shared)?.close())
afterEach(async (t) => {
  if (!(t as TestContext).passed) process.stderr.write(await readLog())
  clearLog()
})

/** One browser for the test file, closed at its end; make a context for each person. */
export function browser(): Promise<Browser> {
  shared ??= launch()
  return shared
}

async function launch(): Promise<Browser> {
  const folder = unpacked()
  const quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-gpu"]
  const isRoot = process.getuid?.() === 0
  const launched = await chromium.launch({
    executablePath: join(folder, "chromium"),
    chromiumSandbox: !isRoot,
    args: [...quiet, "--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_PATH: folder, HOME: folder },
  })
  launched.on("context", logContext)
  return launched
}

function unpacked(): string {
  const { version } = JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as { version: string }
  const cache = join(modules, ".cache")
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(`${folder}-`)
  const open = (name: string) => brotliDecompressSync(readFileSync(join(packed, "bin", name)))
  writeFileSync(join(draft, "chromium"), open("chromium.br"))
  for (const path of [draft, join(draft, "chromium")]) chmodSync(path, 0o755)
  for (const name of ["al2023.tar.br", "fonts.tar.br"]) {
    const { status, stderr } = spawnSync("tar", ["-x", "-C", draft], { input: open(name), encoding: "utf8" })
    if (status !== 0) throw new Error(`Could not unpack ${name}: ${stderr}`)
  }
  writeFileSync(join(draft, "fonts.conf"), fonts(folder))
  try {
    renameSync(draft, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(draft, { recursive: true })
  }
  return folder
}

// Only the bundled font, so that a page looks the same on every machine; the package's own file points at folders of its host.
const fonts = (folder: string) =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`

/**
 * What axe finds serious or critical on the page as it is now; an empty list is what a test wants. `rules`: only these,
 * instead of all.
 */
export async function axe(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window)))
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  await page.evaluate(allStand)
  const results = await page.evaluate(
    (only) => (window as unknown as { axe: Axe }).axe.run(only ? { runOnly: only } : {}),
    rules,
  )
  return results.violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(inWords)
}

// What fades in or out has colours of its own for a moment. What turns for ever is not waited for.
async function allStand() {
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map((one) => one.finished))
}

type Axe = { run(options: { runOnly?: string[] }): Promise<AxeResults> }

const inWords = ({ id, help, nodes }: Result) =>
  `${id}: ${help} (${nodes.map(({ target, any }) => [target.join(" "), any[0]?.message].filter(Boolean).join(": ")).join(", ")})`
