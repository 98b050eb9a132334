// A desk whose schema somebody damaged has rows that the migrations' tables refuse. Until they are in, its columns and checks are made
// as it had them; then as they should be, where the rows allow it.
import type { Client } from "pg"
import { convertedSql, readColumn } from "#kernel/database/parse-and-convert-column-definition.ts"
import { schemaDifferences } from "#kernel/database/schema-differences.ts"

type Session = Pick<Client, "query">

/** `definition`: what the migrations make of it; `actual`: what the desk has instead, null where it is gone. */
export type DamagedDefinition = {
  kind: "column" | "check"
  table: string
  name: string
  definition: string
  actual: string | null
}

/** `dropped`: statements that make room for rows, `made`: those that make it again. */
export type PostponedDefinition = { name: string; dropped: string; made: string }

/** The rest – keys, references, indexes, triggers – keeps no row from coming back. */
export async function damagedDefinitions(client: Session): Promise<DamagedDefinition[]> {
  const differences = await schemaDifferences({ pool: client })
  return differences.flatMap(({ object: { kind, ...object }, actual }): DamagedDefinition[] => {
    if (kind === "column") return [{ kind, ...object, actual }]
    return kind === "constraint" && object.definition.startsWith("CHECK") ? [{ kind: "check", ...object, actual }] : []
  })
}

export function postponeDamaged({ kind, table, name, definition, actual }: DamagedDefinition): PostponedDefinition {
  const alter = `alter table public.${table}`
  if (kind === "check")
    return {
      name,
      dropped: `${alter} drop constraint ${name}`,
      made: `${alter} add constraint ${name} ${definition}`,
    }
  const [wanted, was] = [readColumn(definition), actual === null ? null : readColumn(actual)]
  const column = `${alter} alter column ${name}`
  const dropped: string[] = []
  const made: string[] = []
  if (wanted.generated !== null && was?.generated === null) {
    dropped.push(`${column} drop expression`)
    made.push(`${alter} drop column ${name}`, `${alter} add column ${name} ${definition}`)
  } else if (was && was.type !== wanted.type) {
    dropped.push(`${column} drop default`, `${column} type ${was.type} using null`)
    made.push(`${column} type ${wanted.type} using ${convertedSql(name, wanted.type)}`)
    if (wanted.default !== null) made.push(`${column} set default ${wanted.default}`)
  }
  if (wanted.isNotNull && !was?.isNotNull && wanted.generated === null) {
    dropped.push(`${column} drop not null`)
    made.push(`${column} set not null`)
  }
  return { name: `${table}.${name}`, dropped: dropped.join("; "), made: made.join("; ") }
}
