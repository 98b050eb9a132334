// A desk from a backup, in one transaction: everything becomes true at its end, or the database stays what it was.
import { Readable } from "node:stream"
import { Client } from "pg"
import { holdMigrations, refuseUnknownMigrations } from "#kernel/database/migrate.ts"
import { ChecksumMismatch, type FileStorage } from "#kernel/storage/file-storage.ts"
import { BackupError, type BackupFile } from "./backup-file.ts"
import { commitAndConfirm } from "./commit-and-confirm-outcome.ts"
import { insertRows, sessionSettings, setSequences } from "./copy-desk-tables-and-sequences.ts"
import { type DeskEntry, type Entry, readEntries } from "./backup-entry-format.ts"
import { finishSchema, makeEmptyTables, refuseForeignTables } from "./rebuild-schema.ts"

type Session = Pick<Client, "query">
type Target = { url: string; storage: FileStorage }

type RestoreOptions = {
  /** Also over a desk that holds tickets. */
  isForced: boolean
  /** Throws where the desk of the backup may not come in, before anything is changed. */
  accept: (desk: DeskEntry, session: Session) => Promise<void>
  /** Called when all is there, right before it becomes true. */
  beforeCommit: (desk: DeskEntry, session: Session) => Promise<void>
  onProgress: (doing: string, fraction: number) => void
}

/** `refused`: indexes and constraints that the rows do not allow. `damaged`: attachments with other bytes than their hash says. */
export type RestoreSummary = { desk: DeskEntry; files: number; refused: string[]; damaged: string[] }

/** Throws `BackupError` where it cannot; then the database is what it was, and files that were put into the storage stay. */
export async function restoreBackup(
  backup: BackupFile,
  target: Target,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const client = new Client({ connectionString: target.url, application_name: "hilo restore", keepAlive: true })
  client.on("error", () => {})
  await client.connect()
  try {
    await client.query(sessionSettings)
    await refuseUnlessFree(client, options.isForced)
    await client.query("begin")
    const summary = await restoreEntries(backup, { client, storage: target.storage, options })
    await options.beforeCommit(summary.desk, client)
    await commitAndConfirm(client, target.url)
    return summary
  } finally {
    // What is open ends with the session.
    await client.end()
  }
}

async function refuseUnlessFree(client: Client, isForced: boolean) {
  if (!(await holdMigrations(client))) throw new BackupError("A Hilo is starting on this database: stop it first.")
  const { rows } = await client.query<{ who: string }>(
    `select application_name || ', session ' || pid as who from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'hilo%' limit 1`,
  )
  if (rows[0]) throw new BackupError(`Hilo works on this database (${rows[0].who}): stop it first.`)
  await refuseForeignTables(client)
  if (!isForced && (await holdsTickets(client)))
    throw new BackupError("This desk holds tickets. --force puts the backup in their place, and they are gone.")
}

async function holdsTickets(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string | null }>("select to_regclass('public.tickets')::text as name")
  return rows[0]!.name !== null && (await client.query("select from public.tickets limit 1")).rowCount! > 0
}

type ReadEntry = Entry<AsyncIterable<Buffer>>
type Work = { client: Client; storage: FileStorage; options: RestoreOptions }

async function restoreEntries(backup: BackupFile, work: Work): Promise<RestoreSummary> {
  let doing = "schema"
  const { onProgress } = work.options
  const entries = readEntries(backup.read((read) => onProgress(doing, read / backup.size)))
  try {
    const desk = deskIn((await entries.next()).value)
    await work.options.accept(desk, work.client)
    const postponed = await makeEmptyTables(work.client, desk)
    const summary: RestoreSummary = { desk, files: 0, refused: [], damaged: [] }
    for await (const entry of entries) {
      doing = entry.head.kind === "table" ? entry.head.name : entry.head.kind
      await restoreEntry(entry, work, summary)
    }
    summary.refused = await finishSchema(work.client, postponed, (name) => onProgress(name, 1))
    return summary
  } finally {
    await entries.return(undefined)
  }
}

async function restoreEntry({ head, body }: ReadEntry, { client, storage }: Work, summary: RestoreSummary) {
  if (head.kind === "table") await insertRows(client, { ...head, isNew: head.name.startsWith("public.") }, body)
  if (head.kind === "sequences") await setSequences(client, head.values)
  if (head.kind === "file") await keepFile(storage, head.sha256, body, summary)
}

function deskIn(first: ReadEntry | undefined): DeskEntry {
  if (first?.head.kind !== "desk" || first.head.format !== 1)
    throw new BackupError("The backup is newer than this Hilo: run the newer version.")
  refuseUnknownMigrations(first.head.migrations, "backup")
  return first.head
}

// One that was damaged before it was backed up must not keep the others.
async function keepFile(storage: FileStorage, sha256: string, body: AsyncIterable<Buffer>, summary: RestoreSummary) {
  try {
    await storage.put(Readable.from(body), Infinity, sha256)
    summary.files++
  } catch (error) {
    if (!(error instanceof ChecksumMismatch)) throw error
    summary.damaged.push(sha256)
  }
}
