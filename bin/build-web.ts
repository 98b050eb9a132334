// Builds web/ into dist/web when what is there was made from other sources. Runs after npm ci, and at a start
// that finds nothing built, or something older.
import { createHash } from "node:crypto"
import { existsSync, globSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { buildStamp, webSources } from "../src/kernel/http/web-sources.ts"
import { translatePages } from "./build-translated-pages.ts"

const root = join(import.meta.dirname, "..")
const made = join(root, "dist/web")
const stamp = sourcesHash()
const isThere = existsSync(join(root, "web/index.html")) && existsSync(join(root, "node_modules/vite"))
if (isThere && isFresh()) markChecked()
else if (isThere) await buildAll()

function sourcesHash(): string {
  const hash = createHash("sha256")
  for (const file of webSources()) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file))
  return hash.digest("hex")
}

function isFresh(): boolean {
  return existsSync(buildStamp()) && readFileSync(buildStamp(), "utf8") === stamp
}

// A start compares times: the sources that were compared just now are no newer.
function markChecked() {
  try {
    utimesSync(buildStamp(), new Date(), new Date())
  } catch {
    // Where nothing may be written the next start looks again.
  }
}

// Made in a temporary folder and swapped in, so that a server never serves half of it and two starts at once do no harm.
async function buildAll(): Promise<void> {
  const { build } = await import("vite")
  const draft = `${made}-${process.pid}`
  const old = `${draft}-old`
  try {
    for (const config of ["vite.config.ts", "web/widget/vite.config.ts", "web/vite.config.ts"]) {
      const output = { outDir: draft, emptyOutDir: config === "vite.config.ts" }
      await build({ configFile: join(root, config), logLevel: "warn", build: output })
    }
    translatePages(draft)
    for (const file of globSync("**/*.{html,js,css,svg}", { cwd: draft })) compress(join(draft, file))
    writeFileSync(join(draft, ".sources"), stamp)
    if (existsSync(made)) renameSync(made, old)
    renameSync(draft, made)
  } catch (error) {
    if (!isFresh()) throw error
  } finally {
    for (const leftover of [old, draft]) rmSync(leftover, { recursive: true, force: true })
  }
}

/** The server sends these as they are, to clients that accept them: nothing is compressed twice. */
function compress(file: string): void {
  const content = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(content))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}
