import type { Kysely } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { DB } from "#db/types.ts"

export async function storedSettings(db: Kysely<DB>): Promise<Map<string, unknown>> {
  const rows = await db.selectFrom("settings").select(["name", "value"]).execute()
  return new Map(rows.map((row) => [row.name, row.value]))
}

export async function saveSetting(act: Act, name: string, value: unknown) {
  const row = { value: JSON.stringify(value), updatedAt: act.now }
  await act.tx
    .insertInto("settings")
    .values({ name, ...row })
    .onConflict((c) => c.column("name").doUpdateSet(row))
    .execute()
}
