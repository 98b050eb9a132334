import { sql } from "kysely"
import { schemaOfMigrations } from "./database/schema-objects.ts"
import { readColumn } from "./database/parse-and-convert-column-definition.ts"
import type { Invariant } from "./invariant.ts"

/** `sequence`: SQL of its name. */
type Drawn = { sequence: string; table: string; column: string }

const lastDrawn = ({ sequence }: Drawn) => `coalesce(pg_sequence_last_value((${sequence})::regclass), 0)`
const highest = ({ table, column }: Drawn) => `(select coalesce(max(${column}), 0) from public.${table})`
const step = ({ sequence }: Drawn) => `(select seqincrement from pg_sequence where seqrelid = (${sequence})::regclass)`
// What is drawn may stand for all up to the next.
const isBehind = (drawn: Drawn) => `${highest(drawn)} >= ${lastDrawn(drawn)} + ${step(drawn)}`

/** A sequence that lags behind the column that draws from it gives what is there already. */
export function sequenceInvariant(name: string, drawnBy: () => Drawn[]): Invariant {
  return {
    name,
    why: "Every sequence is at or past the highest value of the column that draws from it.",
    remedy: "moves the sequence past the highest value.",
    find: async ({ db }) => {
      const each = drawnBy().map(
        (drawn) => `select '${drawn.table}.${drawn.column.replaceAll('"', "")}' as what where ${isBehind(drawn)}`,
      )
      return (await db.pool.query<{ what: string }>(each.join(" union all "))).rows.map(({ what }) => what)
    },
    repair: async (act) => {
      for (const drawn of drawnBy()) {
        const move = `select setval((${drawn.sequence})::regclass, ${highest(drawn)}) where ${isBehind(drawn)}`
        await sql.raw(move).execute(act.tx)
      }
    },
  }
}

/** Those of all columns that number their rows themselves. */
export const identitySequences = sequenceInvariant("identity_sequences", () =>
  schemaOfMigrations()
    .filter(({ kind, definition }) => kind === "column" && readColumn(definition).identity !== null)
    .map(({ table, name: column }) => ({
      sequence: `pg_get_serial_sequence('public.${table}', '${column.replaceAll('"', "")}')`,
      table,
      column,
    })),
)
