import type { Act } from "#kernel/act.ts"
import type { ImportedRecord, SavedRecord } from "../imported-record-store.ts"
import type { Counts, Problem } from "../import-report.ts"
import type { ImportBatch } from "./batch-of-records.ts"

/** One batch on its way into the database, in one transaction: run again as a whole when that fails. */
export type ImportStep = {
  act: Act
  source: string
  /** Whose ids they are: two desks of one tool may number alike. */
  idSpace: string
  batch: ImportBatch
  isDryRun: boolean
  /** The desk's country, which reads phone numbers written without a code. */
  home: string | null
  /** By key what earlier batches and runs have made; what this one makes is added. */
  known: Map<string, ImportedRecord>
  made: SavedRecord[]
  counts: Counts
  /** Tickets that have another number here than there. */
  renumbered: number
  say: (problem: Problem) => void
}

export function remember(
  { known, made }: ImportStep,
  key: string | null,
  id: string,
  { identityId = null, parentKey = null }: Partial<ImportedRecord> = {},
) {
  if (key === null) return
  known.set(key, { id, identityId, parentKey })
  made.push({ key, id, identityId, parentKey })
}
