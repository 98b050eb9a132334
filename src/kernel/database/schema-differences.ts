// Where a database has another schema than the migrations make. What it has besides is its operator's own.
import type { Client } from "pg"
import { migrationProblems } from "./migrate.ts"
import { dumpSchema } from "./dump-schema.ts"
import { nameOfObject, readSchema, type SchemaObject, schemaOfMigrations } from "./schema-objects.ts"

type Session = Pick<Client, "query">

/** `actual`: how the database has it; null when it is missing. `isUnusable`: an index that is not valid, a trigger that is switched off. */
export type SchemaDifference = { object: SchemaObject; actual: string | null; isUnusable: boolean }

/** None while migrations wait: then another version's schema is the right one, and the check of migrations says so. */
export async function schemaDifferences({ pool }: { pool: Session }): Promise<SchemaDifference[]> {
  if ((await migrationProblems(pool)).length > 0) return []
  const actual = new Map(readSchema(await dumpSchema(pool)).map((object) => [nameOfObject(object), object.definition]))
  const unusable = await unusableObjects(pool)
  return expected().flatMap((object): SchemaDifference[] => {
    const definition = actual.get(nameOfObject(object)) ?? null
    const isUnusable = definition !== null && unusable.has(nameOfObject(object))
    // Of a table that is gone nothing else is said.
    if (object.table !== "" && !actual.has(`table ${object.table}`)) return []
    if (object.kind === "table") return definition === null ? [{ object, actual: null, isUnusable }] : []
    if (definition !== null && comparable(definition) === comparable(object.definition) && !isUnusable) return []
    return [{ object, actual: definition, isUnusable }]
  })
}

let known: SchemaObject[] | undefined
const expected = () => (known ??= schemaOfMigrations())

/** In words; of texts only as much as one reads. */
export function describeDifference({ object, actual, isUnusable }: SchemaDifference): string {
  const name = nameOfObject(object)
  if (isUnusable) return `${name} is ${object.kind === "index" ? "not valid" : "switched off"}`
  if (actual === null) return `${name} is missing`
  return object.kind === "function"
    ? `${name} is another one`
    : `${name} is ${shown(actual)}, not ${shown(object.definition)}`
}

/**
 * A migration takes the collation that knows all letters where there is one: PostgreSQL 16 has none. And what was made from what PostgreSQL
 * wrote may have fewer brackets: it reads `((a OR b) OR c)` as `(a OR b OR c)`.
 */
const comparable = (text: string) =>
  oneLine(text)
    .replace(" collate pg_c_utf8", ' collate "default"')
    .replaceAll(/('[^']*')|[()]/g, "$1")

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim()
const shown = (text: string) => (oneLine(text).length > 100 ? `${oneLine(text).slice(0, 100)}…` : oneLine(text))

/** Indexes that a building which failed has left behind, or that are still being built; triggers that are switched off. */
async function unusableObjects(pool: Session): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select 'index ' || c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where c.relnamespace = 'public'::regnamespace and not (i.indisvalid and i.indisready)
     union all select 'trigger ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled not in ('O', 'A')`,
  )
  return new Set(rows.map(({ name }) => name))
}
