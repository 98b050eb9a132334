// What records name of the desk: teams, categories and connections by their names, and the fields that tickets have.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { fieldsOfKind } from "#tickets/index.ts"

type Connection = { id: string; kind: string }
export type DeskNames = {
  teams: Map<string, string>
  categories: Map<string, string>
  /** By id and by name. */
  connections: Map<string, Connection>
  fields: Awaited<ReturnType<typeof fieldsOfKind>>
  autoCloseDays: number
}

export async function readDeskNames(act: Act, autoCloseDays: number): Promise<DeskNames> {
  const named = async (table: string) => {
    const { rows } = await sql<{
      id: string
      name: string
    }>`select id, lower(name) as name from ${sql.table(table)}`.execute(act.tx)
    return new Map(rows.map(({ id, name }) => [name, id]))
  }
  const { rows } = await sql<Connection & { name: string }>`
    select id, kind, lower(name) as name from connections where deleted_at is null`.execute(act.tx)
  return {
    teams: await named("teams"),
    categories: await named("categories"),
    connections: new Map(
      rows.flatMap(({ name, ...one }) => [[name, one] as const, [one.id.toLowerCase(), one] as const]),
    ),
    fields: await fieldsOfKind(act, "support"),
    autoCloseDays,
  }
}
