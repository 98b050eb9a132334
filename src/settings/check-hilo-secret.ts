import { BadSetting } from "#kernel/config.ts"
import type { Database } from "#kernel/db.ts"
import type { Secrets } from "#kernel/secrets.ts"

const name = "canary"
const word = "hilo"
const noSuchTable = "42P01"

/** All servers of one database share one secret: a sealed word in the database shows a wrong one at the start. */
export async function checkSecret(db: Database, secrets: Secrets): Promise<void> {
  const value = JSON.stringify(secrets.seal(word))
  await db.kysely
    .insertInto("settings")
    .values({ name, value })
    .onConflict((c) => c.column("name").doNothing())
    .execute()
  await refuseOtherSecret(db, secrets)
}

/** Throws `BadSetting` where the database was set up with another secret; leaves one alone that never was set up. */
export async function refuseOtherSecret(db: Database, secrets: Secrets): Promise<void> {
  const isKnown = await secretOpensDatabase(db, secrets).catch((error: unknown) => {
    if ((error as { code?: string }).code === noSuchTable) return true
    throw error
  })
  if (!isKnown) throw new BadSetting("HILO_SECRET", "is not the one that this database was set up with")
}

/** Does the secret open the database's canary? One that was never set is set at the first start. */
export async function secretOpensDatabase(db: Database, secrets: Secrets): Promise<boolean> {
  const row = await db.kysely.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst()
  return row === undefined || opens(secrets, row.value)
}

function opens(secrets: Secrets, sealed: unknown): boolean {
  try {
    return typeof sealed === "string" && secrets.open(sealed) === word
  } catch {
    return false
  }
}
