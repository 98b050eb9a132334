// Our own source files as the architecture test reads them.
import { globSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"

const root = join(import.meta.dirname, "..")

export type Source = { path: string; text: string; imports: Import[]; isTest: boolean }
/** `target` is a path in the repository, or the name of a package. */
export type Import = { target: string; isInside: boolean; isTypeOnly: boolean }

export function sources(...patterns: string[]): Source[] {
  const found = globSync(patterns, { cwd: root, withFileTypes: true }).filter((it) => it.isFile())
  return found.map((it) => read(relative(root, join(it.parentPath, it.name)).split(sep).join("/")))
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), "utf8")
  return { path, text, imports: importsOf(path, text), isTest: path.endsWith(".test.ts") }
}

function importsOf(path: string, text: string): Import[] {
  const found = text.matchAll(
    /^\s*(import|export)\b(\s+type\b)?[^"'`;]*?\bfrom\s+"([^"]+)"|(?<!["\w.])import\s*\(?\s*"([^"]+)"/gm,
  )
  return [...found].map(([, , type, named, bare]) => {
    const name = (named ?? bare)!
    return { ...resolve(path, name), isTypeOnly: type !== undefined }
  })
}

function resolve(path: string, name: string): { target: string; isInside: boolean } {
  if (name.startsWith(".")) return { target: join(dirname(path), name).split(sep).join("/"), isInside: true }
  if (!name.startsWith("#")) return { target: name, isInside: false }
  const inRoot = /^#(bench|db|demo|test)\//.test(name)
  return { target: (inRoot ? "" : "src/") + name.slice(1), isInside: true }
}

export const moduleOf = (path: string): string | undefined => {
  const [, folder, ...rest] = path.split("/")
  if (/^(bench|demo)\//.test(path)) return path.split("/")[0]
  if (!path.startsWith("src/")) return undefined
  if (/^src\/channels\/([\w-]+\/)?entry-point(s\/|-registry\.)/.test(path)) return "entry-points"
  return rest.length > 0 ? folder : "app"
}
