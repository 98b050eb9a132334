// `hilo backup` and `hilo restore` of a desk of so many tickets, as processes of their own: how long they take, and what they hold
// of memory at most. PostgreSQL is not counted in.
import { spawn } from "node:child_process"
import { rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import type { BenchPostgres } from "./postgres-for-bench.ts"
import { megabytesOf } from "./server-process.ts"
import type { BenchDesk } from "./staff-work-by-desk-size.ts"

type CommandCost = { seconds: number; megabytes: number }
export type BackupResult = {
  tickets: number
  messages: number
  fileMegabytes: number
  backup: CommandCost
  restore: CommandCost
}

const main = join(import.meta.dirname, "../src/main.ts")
const lookEveryMs = 100

/** The desk is dropped once it is in the file. */
export async function benchBackup(ground: BenchPostgres, desk: BenchDesk): Promise<BackupResult> {
  const file = join(ground.folder, "desk.backup")
  const backup = await measure(ground, ["backup", file], desk.url)
  await ground.drop(desk.url)
  const url = await ground.database("restored")
  const restore = await measure(ground, ["restore", file], url)
  const fileMegabytes = statSync(file).size / 1e6
  rmSync(file)
  await ground.drop(url)
  return { tickets: desk.size, messages: desk.messages, fileMegabytes, backup, restore }
}

async function measure(ground: BenchPostgres, args: string[], databaseUrl: string): Promise<CommandCost> {
  const { PATH, HOME } = process.env
  const settings = { DATABASE_URL: databaseUrl, HILO_DATA: ground.folder, HILO_SECRET: ground.secret }
  const began = performance.now()
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, HILO_BACKUP_PASSPHRASE: "of the bench", ...settings },
  })
  let megabytes = 0
  const look = setInterval(() => (megabytes = Math.max(megabytes, megabytesOf(child.pid!) || 0)), lookEveryMs)
  const ended = new Promise<number | null>((done) => child.on("close", done))
  const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
  const status = await ended
  clearInterval(look)
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${said}${wrong}`)
  return { seconds: (performance.now() - began) / 1000, megabytes }
}

export function backupPart({ tickets, messages, fileMegabytes, backup, restore }: BackupResult): string[] {
  const cost = ({ seconds, megabytes }: CommandCost) => `${seconds.toFixed(0)} s and at most ${megabytes.toFixed(0)} MB`
  return [
    "## Backup and restore",
    `A desk of ${tickets.toLocaleString("en")} tickets with ${messages.toLocaleString("en")} messages: \`hilo backup\` takes ${cost(backup)} of memory and makes a file of ${fileMegabytes.toFixed(0)} MB, \`hilo restore\` into an empty database ${cost(restore)}, the doctor's look after it included (PostgreSQL's memory apart). Goals for a million tickets: 10 minutes and 1 GB each.`,
  ]
}
