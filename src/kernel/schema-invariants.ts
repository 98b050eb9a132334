// The schema itself: what the migrations made is there, and as they made it. Most of Hilo's promises are kept by it.
import { sql } from "kysely"
import { transact } from "./act.ts"
import { describeDifference, type SchemaDifference, schemaDifferences } from "./database/schema-differences.ts"
import { nameOfObject, type SchemaObject } from "./database/schema-objects.ts"
import { restoreSchema } from "./database/repair-schema-objects.ts"
import type { CheckContext, Invariant } from "./invariant.ts"
import { identitySequences } from "./sequence-invariant.ts"

type SchemaPart = { name: string; why: string; remedy: string; isPart: (difference: SchemaDifference) => boolean }

function schemaInvariant({ isPart, ...about }: SchemaPart): Invariant {
  const ours = (all: SchemaDifference[]) => all.filter((difference) => isPart(difference))
  return {
    ...about,
    find: async (look) => ours(await differencesSeen(look)).map(describeDifference),
    repairOutsideTransaction: async (db) => restoreSchema(db, ours(await schemaDifferences(db))),
  }
}

const seen = new WeakMap<CheckContext, Promise<SchemaDifference[]>>()

/** Compared once for all checks that look with the same context; after a repair the doctor looks with another one. */
function differencesSeen(look: CheckContext): Promise<SchemaDifference[]> {
  const known = seen.get(look) ?? schemaDifferences(look.db)
  seen.set(look, known)
  return known
}

/** Objects of the schema (`index users_email`, `constraint users.users_pkey`) that an invariant of their module keeps. */
export const keptBySchema = (about: Pick<SchemaPart, "name" | "why" | "remedy">, objects: string[]) =>
  schemaInvariant({ ...about, isPart: ({ object }) => objects.includes(nameOfObject(object)) })

/**
 * All but those `elsewhere`, which invariants of modules keep. In the order in which they can be repaired. Triggers in
 * `switches` are switched on by a person alone, as the invariants of their modules say.
 */
export function schemaInvariants(elsewhere: string[], switches: string[]): Invariant[] {
  const part = (name: string, kinds: SchemaObject["kind"][], about: Pick<SchemaPart, "why" | "remedy">) =>
    schemaInvariant({
      name,
      ...about,
      isPart: ({ object, isUnusable }) =>
        kinds.includes(object.kind) &&
        !elsewhere.includes(nameOfObject(object)) &&
        !(isUnusable && switches.includes(nameOfObject(object))),
    })
  return [
    part("schema_tables", ["table", "sequence", "function", "other"], {
      why: "Every table, sequence and function that the migrations made is there.",
      remedy: "makes sequences and functions again; a table comes back from a back-up alone.",
    }),
    part("schema_columns", ["column"], {
      why: "Every column is what the migrations made it: its type, its default, whether it may be empty.",
      remedy:
        "brings each back to its type with what it holds (numbers of more than nine digits become the instants they count), makes computed ones again; one that is gone comes back from a back-up alone.",
    }),
    orphans,
    part("schema_constraints", ["constraint", "trigger"], {
      why: "Every constraint and trigger by which the database refuses what may not be is there, valid and switched on.",
      remedy:
        "makes each again, and first takes away copies of rows that are the same in every column; one that rows break waits until somebody has mended these.",
    }),
    part("schema_indexes", ["index"], {
      why: "Every index is there, valid, and the one it should be.",
      remedy: "builds each concurrently; a unique one waits until somebody has mended what is there twice.",
    }),
    identitySequences,
  ]
}

type ForeignKey = { table: string; column: string; parent: string; key: string; ownsRow: boolean }

/** Of those that nobody keeps now. The rest the database keeps itself. */
function foreignKeyOf({ object: { kind, table, definition } }: SchemaDifference): ForeignKey[] {
  const [, column, parent, key, more] =
    /^FOREIGN KEY \(([^,)]+)\) REFERENCES (\S+)\(([^,)]+)\)(.*)$/.exec(definition) ?? []
  if (kind !== "constraint" || !column) return []
  return [{ table, column, parent: parent!, key: key!, ownsRow: more!.includes("ON DELETE CASCADE") }]
}

const orphaned = ({ table, column, parent, key }: ForeignKey) =>
  `from public.${table} child where child.${column} is not null and not exists (select from public.${parent} where ${key} = child.${column})`

const orphans: Invariant = {
  name: "orphans",
  why: "What a row names is there, also where its foreign key is gone.",
  remedy:
    "removes what goes with a row that is gone, as its foreign key says; what else names one that is gone needs a person: restore it, or name another.",
  find: async (look) => {
    const found: string[] = []
    for (const foreignKey of (await differencesSeen(look)).flatMap(foreignKeyOf)) {
      const { table, column } = foreignKey
      const rows = await sql<{
        value: string
      }>`select ${sql.raw(column)}::text as value ${sql.raw(orphaned(foreignKey))}`.execute(look.db.kysely)
      // There may be more than a call takes arguments.
      for (const { value } of rows.rows) found.push(`${table}.${column} ${value}`)
    }
    return found
  },
  repairOutsideTransaction: async (db) => {
    const owned = (await schemaDifferences(db)).flatMap(foreignKeyOf).filter(({ ownsRow }) => ownsRow)
    await transact(db, async (tx) => {
      for (const foreignKey of owned) await sql`delete ${sql.raw(orphaned(foreignKey))}`.execute(tx)
    })
  },
}
