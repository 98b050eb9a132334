import { linkSync, rmSync, writeFileSync } from "node:fs"

// Writes a private file whole, unless it is there already: of several processes at once, the first one's content stays.
export function writeFileOnce(file: string, content: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  } finally {
    rmSync(draft)
  }
}
