// The secret that Hilo made for itself, in a file beside the data.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const fileIn = (folder: string) => join(folder, "secret")

/** Undefined where none was made. */
export function readKeptSecret(folder: string): string | undefined {
  return existsSync(fileIn(folder)) ? readFileSync(fileIn(folder), "utf8").trim() : undefined
}

/** Writes another secret without touching the one that is kept: `keep` puts it in its place, `drop` removes it. */
export function stageSecret(folder: string, secret: string): { keep: () => void; drop: () => void } {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const draft = `${fileIn(folder)}.${process.pid}`
  writeFileSync(draft, secret, { mode: 0o600, flush: true })
  return { keep: () => renameSync(draft, fileIn(folder)), drop: () => rmSync(draft, { force: true }) }
}
