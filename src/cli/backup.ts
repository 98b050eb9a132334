// hilo backup FILE
import { statSync } from "node:fs"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { refuseExisting, writeBackup } from "#backup/index.ts"
import { type Config, parseConfig } from "#kernel/config.ts"
import { readKeptSecret } from "#kernel/read-or-replace-secret-file.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { onStopSignal } from "#kernel/stop-signal.ts"
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { recordBackup, refuseOtherSecret } from "#settings/index.ts"
import { askPassphrase } from "./ask-passphrase.ts"
import { UsageError } from "./cli-deps-and-usage-error.ts"
import { createProgressLine, megabytes } from "./progress-line.ts"
import { refuseMissingDatabase, withPool, withUrl } from "./with-database.ts"

export const usage = "hilo backup FILE"

/** 0 when all is in the file, 1 when attachments are missing of what the desk names. */
export async function run(args: string[]): Promise<number> {
  const path = fileNamed(args)
  const config = parseConfig(process.env)
  await refuseExisting(path)
  const passphrase = await askPassphrase(config.backupPassphrase, { twice: true })
  const secret = config.secret ?? readKeptSecret(config.dataFolder)
  if (secret === undefined) throw new Error("There is no HILO_SECRET, and none is kept beside the data.")
  refuseMissingDatabase(config)
  const stop = new AbortController()
  onStopSignal(() => stop.abort(new Error("Stopped: nothing was kept.")))
  const began = performance.now()
  const { tickets, files, missing, foreign, unrecorded } = await withUrl(config, (url) =>
    withPool(url, { max: 1 }, async (db) => {
      await refuseOtherSecret(db, createSecrets(secret))
      const summary = await backUp({ config, url, secret, path, passphrase, signal: stop.signal })
      return { ...summary, unrecorded: await recordBackup(db.pool, summary.madeAt) }
    }),
  )
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `Backed up ${tickets} tickets and ${files} attachments: ${path}, ${megabytes(statSync(path).size)}, ${seconds} s.`,
  )
  if (unrecorded !== null) console.error(`The desk could not remember when it was backed up: ${unrecorded}`)
  if (foreign.length > 0) console.error(`Not Hilo's, and not in the backup (save it with pg_dump): ${some(foreign)}`)
  if (missing.length > 0)
    console.error(
      `${missing.length} attachments are not where attachments are kept, and not in the backup: ${some(missing)}`,
    )
  return missing.length > 0 ? 1 : 0
}

type BackupWish = { config: Config; url: string; secret: string; path: string; passphrase: string; signal: AbortSignal }

async function backUp({ config, url, secret, ...destination }: BackupWish) {
  const storage = openAttachmentStorage(config)
  const line = createProgressLine()
  let [doing, written] = ["", 0]
  const onProgress = (what: string, bytes: number) => {
    doing = what || doing
    line.show(`${doing}: ${megabytes((written += bytes))}`)
  }
  try {
    return await writeBackup({ url, secret, storage }, { ...destination, onProgress })
  } finally {
    line.clear()
  }
}

export const some = (names: string[]) => names.slice(0, 3).join(", ") + (names.length > 3 ? " …" : "")

function fileNamed(args: string[]): string {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true })
    if (positionals.length !== 1) throw new Error("Name one file.")
    return resolve(positionals[0]!)
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}
