// The Chromium that npm installed, unpacked by ourselves. The package's own launcher shares one folder between all versions and
// processes, and its flags switch off the web security that our tests are there to see.
import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { chromium, type Browser } from "playwright-core"

const modules = join(import.meta.dirname, "../../node_modules")
const packed = join(modules, "@sparticuz/chromium")

export async function launchChromium(): Promise<Browser> {
  const folder = unpacked()
  const quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-gpu"]
  // A microphone that beeps, and that every page may record: this build cannot ask.
  const microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    chromiumSandbox: !isRoot,
    args: [...quiet, ...microphone, "--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_PATH: folder, HOME: folder },
  })
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
