// When the desk was last backed up: kept among the settings, and nobody's to change.
import type { Pool } from "pg"
import type { Invariant } from "#kernel/invariant.ts"

const name = "lastBackup"

/** Remembers a backup that shows the desk as it was at `at`. Null, or why it could not: a damaged desk needs its backup most. */
export function recordBackup(db: Pick<Pool, "query">, at: string): Promise<string | null> {
  const remembered = db.query(
    `insert into settings (name, value, updated_at) values ($1, to_jsonb($2::text), now())
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [name, at],
  )
  return remembered.then(
    () => null,
    (error: Error) => error.message,
  )
}

export const backupAdvice: Invariant = {
  name: "backup",
  why: "The desk is backed up.",
  find: async ({ db }) => {
    const { rows } = await db.pool.query<{ at: string }>("select value #>> '{}' as at from settings where name = $1", [
      name,
    ])
    if (!rows[0]) return ["no backup was made yet: hilo backup FILE"]
    return Object.assign([], { scope: `the last backup was made ${rows[0].at}` })
  },
  remedy: "hilo backup FILE, now and then.",
  isAdvice: true,
}
