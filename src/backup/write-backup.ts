// A desk as one snapshot shows it, as the entries of a backup, while servers go on working.
import { buffer } from "node:stream/consumers"
import { Client } from "pg"
import { copyToStdout } from "#kernel/database/copy-stream.ts"
import { appliedIn, migrationProblems } from "#kernel/database/migrate.ts"
import { isQueueCurrent, queueSchemaSql } from "#kernel/jobs/queue-schema.ts"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import { BackupError, writeBackupFile } from "./backup-file.ts"
import {
  type DeskTable,
  deskTables,
  rowsOf,
  sequenceValues,
  sessionSettings,
  splitForeign,
} from "./copy-desk-tables-and-sequences.ts"
import { type DeskEntry, type Entry, writeEntries } from "./backup-entry-format.ts"
import { damagedDefinitions } from "./damaged-columns-and-checks.ts"

/** `secret`: HILO_SECRET, which opens what is encrypted in the database. */
export type BackupSource = { url: string; secret: string; storage: FileStorage }

/**
 * `missing`: attachments that the desk names and the storage does not have, by their hashes. `foreign`: tables, and columns of Hilo's,
 * that somebody else added; they are left out.
 */
export type BackupSummary = { madeAt: string; tickets: number; files: number; missing: string[]; foreign: string[] }

export type Progress = (doing: string, bytes: number) => void

type Destination = { path: string; passphrase: string; onProgress: Progress; signal: AbortSignal }

/** Writes the whole desk into a new file. Throws `BackupError` where it cannot; then there is no such file. */
export async function writeBackup(source: BackupSource, destination: Destination): Promise<BackupSummary> {
  const { path, passphrase, signal, onProgress } = destination
  const client = new Client({ connectionString: source.url, application_name: "hilo backup", keepAlive: true })
  client.on("error", () => {})
  await client.connect()
  const summary: BackupSummary = { madeAt: "", tickets: 0, files: 0, missing: [], foreign: [] }
  try {
    await client.query(sessionSettings)
    const bytes = counted(writeEntries(entriesOf(client, source, { summary, onProgress })), onProgress)
    await writeBackupFile(path, passphrase, { bytes, signal })
    return summary
  } finally {
    await client.end()
  }
}

type Track = { summary: BackupSummary; onProgress: Progress }

async function* entriesOf(client: Client, source: BackupSource, track: Track): AsyncGenerator<Entry> {
  const { own: tables, foreign } = await beginSnapshot(client)
  const desk = await describeDesk(client, source.secret)
  Object.assign(track.summary, { madeAt: desk.madeAt, tickets: desk.tickets, foreign })
  yield { head: desk, body: [] }
  for (const table of tables) {
    track.onProgress(table.name, 0)
    yield { head: { kind: "table", name: table.name, columns: table.columns }, body: rowsOf(client, table) }
  }
  yield { head: { kind: "sequences", values: await sequenceValues(client) }, body: [] }
  const names = await namesOfFiles(client)
  await client.query("commit")
  yield* fileEntries(client, source.storage, names, track)
}

// The locks come before the snapshot: a table that a migration writes anew would be empty for an older one.
async function beginSnapshot(client: Client) {
  const before = splitForeign(await deskTables(client))
  if (before.own.length === 0) throw new BackupError("There is no desk in this database.")
  await client.query("begin isolation level repeatable read read only")
  await lockTables(client, before.own)
  const tables = splitForeign(await deskTables(client))
  if (JSON.stringify(tables.own) !== JSON.stringify(before.own)) throw beingChanged()
  return tables
}

async function lockTables(client: Client, tables: DeskTable[]) {
  try {
    await client.query(`lock table ${tables.map(({ name }) => name).join(", ")} in access share mode`)
  } catch (error) {
    throw (error as { code?: string }).code === lockNotAvailable ? beingChanged() : error
  }
}

const lockNotAvailable = "55P03"
const beingChanged = () => new BackupError("The database is being upgraded or repaired right now: try again.")

async function describeDesk(client: Client, secret: string): Promise<DeskEntry> {
  const isCurrent = await isQueueCurrent(client)
  const problems = [
    ...(await migrationProblems(client)),
    ...(isCurrent === false ? ["the queue was not upgraded"] : []),
  ]
  if (problems.length > 0)
    throw new BackupError(
      `The database is not of this version (${problems[0]}): start Hilo once, or use the other version.`,
    )
  const { rows } = await client.query<{ madeAt: string; tickets: number }>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt", count(*)::int as tickets from tickets`,
  )
  const queueSchema = isCurrent === null ? null : queueSchemaSql()
  const [migrations, damaged] = [await appliedIn(client), await damagedDefinitions(client)]
  return { kind: "desk", format: 1, ...rows[0]!, migrations, secret, queueSchema, damaged }
}

/** Files of messages, mails as they came, and mails that wait to be received. */
const namedFiles = `select sha256 from attachments union all select raw_sha256 from message_mails
  union all select file_sha256 from webhook_deliveries`

/** As lines: of a million files some 65 MB. */
async function namesOfFiles(client: Client): Promise<Buffer> {
  // What is no hash names no file; the doctor says so.
  const query = `select distinct sha256 from (${namedFiles}) f where sha256 ~ '^[0-9a-f]{64}$' order by 1`
  return buffer(copyToStdout(client, `copy (${query}) to stdout`))
}

const nameBytes = 64

// What the snapshot names; of that some may have been purged since, which nobody names any more.
async function* fileEntries(client: Client, storage: FileStorage, names: Buffer, track: Track): AsyncGenerator<Entry> {
  const { summary, onProgress } = track
  const total = names.length / (nameBytes + 1)
  for (let at = 0; at < names.length; at += nameBytes + 1) {
    const sha256 = names.toString("latin1", at, at + nameBytes)
    onProgress(`attachment ${at / (nameBytes + 1) + 1} of ${total}`, 0)
    if (await storage.has(sha256)) {
      summary.files++
      yield { head: { kind: "file", sha256 }, body: storage.read(sha256) }
    } else {
      const still = await client.query(`select from (${namedFiles}) f where sha256 = $1 limit 1`, [sha256])
      if (still.rowCount) summary.missing.push(sha256)
    }
  }
}

async function* counted(bytes: AsyncIterable<Buffer>, onProgress: Progress): AsyncGenerator<Buffer> {
  for await (const part of bytes) {
    onProgress("", part.length)
    yield part
  }
}
