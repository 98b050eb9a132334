// hilo restore FILE [--force]
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { BackupError, openBackupFile, restoreBackup } from "#backup/index.ts"
import { leavePositionGap } from "#event-log/index.ts"
import { BadSetting, type Config, parseConfig } from "#kernel/config.ts"
import { readKeptSecret, stageSecret } from "#kernel/read-or-replace-secret-file.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { lastNumberGiven, leaveNumberGap } from "#tickets/index.ts"
import { askPassphrase } from "./ask-passphrase.ts"
import { some } from "./backup.ts"
import { UsageError } from "./cli-deps-and-usage-error.ts"
import { asText, bounds, placesOf } from "./doctor.ts"
import { examine } from "./doctor/check-invariants.ts"
import { createProgressLine } from "./progress-line.ts"
import { withPool, withUrl } from "./with-database.ts"

export const usage = "hilo restore FILE [--force]"

/** 0 when the desk is back, whatever the doctor then says of it. */
export async function run(args: string[]): Promise<void> {
  const { path, isForced } = wished(args)
  const config = parseConfig(process.env)
  const passphrase = await askPassphrase(config.backupPassphrase, { twice: false })
  const backup = await openBackupFile(path, passphrase)
  await withUrl(config, async (url) => {
    const { desk, files, refused, damaged } = await restoreTo(config, url, { backup, isForced })
    console.log(`Restored the desk of ${desk.madeAt}: ${desk.tickets} tickets and ${files} attachments.`)
    if (damaged.length > 0)
      console.error(`${damaged.length} attachments were damaged before the backup: ${some(damaged)}`)
    if (refused.length > 0) console.error(`Its rows do not allow what must hold of them: ${refused.join(", ")}`)
    const seen = await withPool(url, { max: 4, bounds, name: "hilo doctor" }, (db) =>
      examine({ db, secrets: createSecrets(desk.secret), ...placesOf(config), patienceMs: 0 }),
    )
    console.log(`\n${asText(seen, { repair: false, "dry-run": false })}`)
  })
}

type StagedSecret = ReturnType<typeof stageSecret>
type RestoreWish = { backup: Awaited<ReturnType<typeof openBackupFile>>; isForced: boolean }

async function restoreTo(config: Config, url: string, { backup, isForced }: RestoreWish) {
  const storage = openAttachmentStorage(config)
  const line = createProgressLine()
  let staged: StagedSecret | undefined
  let given = 0
  const summary = await restoreBackup(
    backup,
    { url, storage },
    {
      isForced,
      accept: async ({ secret }, session) => {
        refuseOtherSetSecret(config.secret, secret)
        given = await lastNumberGiven(session)
      },
      beforeCommit: async ({ secret, madeAt }, session) => {
        await leavePositionGap(session)
        await leaveNumberGap(session, { madeAt, given })
        const isKept = config.secret !== undefined || readKeptSecret(config.dataFolder) === secret
        if (!isKept) staged = stageSecret(config.dataFolder, secret)
      },
      onProgress: (doing, fraction) => line.show(`${doing}: ${Math.floor(fraction * 100)} % of the file`),
    },
  )
    .catch((error: unknown) => {
      staged?.drop()
      throw inOneLine(error)
    })
    .finally(line.clear)
  keepSecret(staged)
  return summary
}

function keepSecret(staged: StagedSecret | undefined) {
  try {
    staged?.keep()
  } catch (error) {
    throw new Error(`The desk is back, but its secret is not where it belongs: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function refuseOtherSetSecret(set: string | undefined, secret: string) {
  if (set !== undefined && set !== secret)
    throw new BadSetting(
      "HILO_SECRET",
      "is not that of the backup: unset it, and that one is put into HILO_DATA/secret",
    )
}

function inOneLine(error: unknown): unknown {
  if (error instanceof BackupError || error instanceof BadSetting) return error
  return new Error(`Nothing was restored: ${(error as Error).message.split("\n")[0]}`, { cause: error })
}

function wished(args: string[]): { path: string; isForced: boolean } {
  try {
    const { values, positionals } = parseArgs({ args, options: { force: { type: "boolean" } }, allowPositionals: true })
    if (positionals.length !== 1) throw new Error("Name one file.")
    return { path: resolve(positionals[0]!), isForced: values.force ?? false }
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}
