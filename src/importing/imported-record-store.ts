// What became of each record of another system, so that an import that runs again goes on where it stopped.
import { createHash } from "node:crypto"
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Database, runIn, statement } from "#kernel/db.ts"

/** Users and contacts are of one space: an author is one or the other. */
export type RecordSpace = "person" | "ticket" | "message" | "file"
/** `parentKey`: of the ticket of a message, of the message of a file; null where that was not kept. */
export type ImportedRecord = { id: string; identityId: string | null; parentKey: string | null }
export type SavedRecord = ImportedRecord & { key: string }

/** A digest of whose id it is, for `imported_records`. Several ids: the last one is unique among what the others name. */
export function recordKey(idSpace: string, space: RecordSpace, ...ids: string[]): string {
  const hex = createHash("sha256")
    .update(JSON.stringify([idSpace, space, ...ids]))
    .digest("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-")
}

/** A dry run keeps what it would make where its session alone sees it. */
export const dryRunTable = "dry_run_records"

export async function createDryRunTable({ pool }: Pick<Database, "pool">): Promise<void> {
  await pool.query(`create temp table if not exists ${dryRunTable}
    (key uuid primary key, id text not null, identity_id text, parent_key uuid)`)
}

/** Those of these keys that were imported before, or earlier in this dry run. */
export async function knownRecords(
  act: Pick<Act, "tx">,
  keys: readonly string[],
  isDryRun: boolean,
): Promise<Map<string, ImportedRecord>> {
  const tables = ["imported_records", ...(isDryRun ? [dryRunTable] : [])]
  const rows = await runIn<SavedRecord>(
    act.tx,
    statement("", (p) => {
      const asked = `${p(keys)}::uuid[]`
      const from = (table: string) => `select key::text as key, id, identity_id as "identityId",
        parent_key::text as "parentKey" from ${table} where key = any(${asked})`
      return tables.map(from).join(" union all ")
    }),
  )
  return new Map(rows.map(({ key, ...record }) => [key, record]))
}

export async function saveRecords(act: Act, records: readonly SavedRecord[], isDryRun: boolean): Promise<void> {
  if (records.length === 0) return
  const columns = `key uuid, id text, "identityId" text, "parentKey" uuid`
  await runIn(
    act.tx,
    statement(
      "",
      (p) => `insert into ${isDryRun ? dryRunTable : "imported_records"} (key, id, identity_id, parent_key)
        select r.key, r.id, r."identityId", r."parentKey" from ${rowsSql(p, records, columns)}
        on conflict (key) do update set id = excluded.id, identity_id = excluded.identity_id`,
    ),
  )
}
