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

/** `made`: statements that make it again when the rows are there. */
export type PostponedDefinition = { name: string; made: string }

/** `drops`: each makes room for the rows; the first that the table allows is enough. */
export type DamagedPart = PostponedDefinition & { drops: string[] }

/** The rest – keys, references, indexes, triggers – keeps no row from coming back. */
export async function damagedDefinitions(client: Session): Promise<DamagedDefinition[]> {
  const differences = await schemaDifferences({ pool: client })
  return differences.flatMap(({ object: { kind, ...object }, actual }): DamagedDefinition[] => {
    if (kind === "column") return [{ kind, ...object, actual }]
    return kind === "constraint" && object.definition.startsWith("CHECK") ? [{ kind: "check", ...object, actual }] : []
  })
}

export function postponeDamaged(damaged: DamagedDefinition): DamagedPart[] {
  const { kind, table, name, definition } = damaged
  const alter = `alter table public.${table}`
  if (kind === "column") return postponeColumn(damaged, alter).map((part) => ({ name: `${table}.${name}`, ...part }))
  return [{ name, drops: [`${alter} drop constraint ${name}`], made: `${alter} add constraint ${name} ${definition}` }]
}

function postponeColumn({ name, definition, actual }: DamagedDefinition, alter: string): Omit<DamagedPart, "name">[] {
  const [wanted, was] = [readColumn(definition), actual === null ? null : readColumn(actual)]
  const column = `${alter} alter column ${name}`
  if (wanted.generated !== null) {
    const made = `${alter} drop column ${name}; ${alter} add column ${name} ${definition}`
    return was?.generated === null ? [{ drops: [`${column} drop expression`], made }] : []
  }
  // PostgreSQL allows an identity neither another kind of type nor nulls.
  if (wanted.identity !== null) return []
  const parts: Omit<DamagedPart, "name">[] = []
  if (was && was.type !== wanted.type) {
    const [dropDefault, setDefault] =
      wanted.default === null ? ["", ""] : [`${column} drop default; `, `; ${column} set default ${wanted.default}`]
    // A type that the operator made is not there; text holds what COPY says of any.
    const drops = [was.type, "text"].map((type) => `${dropDefault}${column} type ${type} using null`)
    parts.push({ drops, made: `${column} type ${wanted.type} using ${convertedSql(name, wanted.type)}${setDefault}` })
  }
  if (wanted.isNotNull && !was?.isNotNull)
    parts.push({ drops: [`${column} drop not null`], made: `${column} set not null` })
  return parts
}
