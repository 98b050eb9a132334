import type { Database } from "#kernel/db.ts"

const importLock = 4_410_180

type ImportLock = { /** Throws when the lock is lost. */ check: () => void; release: () => Promise<void> }

/** One import at a time, for two could bring the same record at once. The lock is lost with the connection that holds it. */
export async function lockImports({ pool }: Pick<Database, "pool">): Promise<ImportLock> {
  const client = await pool.connect()
  let isLost = false
  client.once("end", () => (isLost = true))
  const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [importLock])
  if (!rows[0]!.mine) {
    client.release()
    throw new Error("Another import is running: wait for it to end.")
  }
  return {
    check: () => {
      if (isLost) throw new Error("The connection is lost that keeps other imports out.")
    },
    release: async () => {
      await client.query("select pg_advisory_unlock($1)", [importLock]).catch(() => {})
      client.release(isLost)
    },
  }
}
