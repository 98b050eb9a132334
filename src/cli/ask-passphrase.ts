// The passphrase of a backup: from the settings, or typed at the terminal and not shown there.
import { createInterface } from "node:readline/promises"
import { Writable } from "node:stream"
import { UsageError } from "./cli-deps-and-usage-error.ts"

/** `twice`: where a slip of the finger would lock the backup for good. */
export async function askPassphrase(set: string | undefined, { twice }: { twice: boolean }): Promise<string> {
  if (set !== undefined) return set
  if (!process.stdin.isTTY)
    throw new UsageError("There is no passphrase: set HILO_BACKUP_PASSPHRASE, or run it at a terminal.")
  const passphrase = await typed("Passphrase of the backup: ")
  if (passphrase === "") throw new UsageError("The passphrase is empty.")
  if (twice && (await typed("The same once more: ")) !== passphrase) throw new UsageError("They are not the same.")
  return passphrase
}

async function typed(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const stop = new AbortController()
  terminal.once("SIGINT", () => stop.abort())
  process.stderr.write(question)
  try {
    // As settings are read.
    return (await terminal.question("", { signal: stop.signal })).trim()
  } catch {
    throw new UsageError("Stopped.")
  } finally {
    terminal.close()
    process.stderr.write("\n")
  }
}
