// What the web app is built from, and whether that changed since.
import { existsSync, globSync, statSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "../../..")
const ours = [
  "web/**/*",
  "src/texts/**/*.ts",
  "src/**/api-contract.ts",
  "src/kernel/http/html-template.ts",
  "bin/{build-web,build-translated-pages}.ts",
  "vite.config.ts",
]

/** Written last by a build, in `folder`: the hash of its sources. */
export const buildStamp = (folder = root): string => join(folder, "dist/web/.sources")

/** Their paths, in order. */
export const webSources = (): string[] =>
  globSync([...ours, "package-lock.json"], { cwd: root, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .toSorted()

/**
 * Is nothing built in `folder`, or something that may be older than its sources? By their times: the build compares what they hold.
 * Packages are not looked at, for to install them builds it too.
 */
export function isWebOutdated(folder = root): boolean {
  const stamp = buildStamp(folder)
  if (!existsSync(stamp)) return true
  const { mtimeMs: built } = statSync(stamp)
  // Folders too: they change when something is taken out of them.
  return globSync(ours, { cwd: folder }).some((path) => statSync(join(folder, path)).mtimeMs > built)
}
