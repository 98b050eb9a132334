// Names for answers that come with every message. Users, teams and categories are few and hardly ever renamed, so theirs
// are remembered for a second; what the statement has looked up anyway (contact, connection) is given.
import { type Database, statement } from "#kernel/db.ts"
import type { BareRow, ViewRow } from "./ticket-view.ts"

const freshMs = 1_000
const rememberedAtMost = 10_000

type NameCache = Map<string, { name: string; at: number }>
const memories = new WeakMap<Database, NameCache>()

export async function nameTicket(
  db: Database,
  { assigneeId, teamId, categoryIds, ...row }: BareRow,
  known: Pick<ViewRow, "contact" | "connection">,
): Promise<ViewRow> {
  const ids = [assigneeId, teamId, ...categoryIds].filter((id) => id !== null)
  const names = ids.length > 0 ? await namesOf(db, ids) : new Map<string, { name: string }>()
  const named = (id: string | null) => {
    const name = id === null ? undefined : names.get(id)?.name
    return id === null || name === undefined ? null : { id, name }
  }
  const categories = categoryIds.map(named).filter((one) => one !== null)
  return {
    ...row,
    ...known,
    // Counted after the answer, by a reader of the log.
    sla: null,
    isSlaVisible: false,
    assignee: named(assigneeId),
    team: named(teamId),
    categories: categories.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

async function namesOf(db: Database, ids: string[]): Promise<NameCache> {
  const memory: NameCache = memories.get(db) ?? new Map()
  memories.set(db, memory)
  const at = performance.now()
  const isFresh = (id: string) => at - (memory.get(id)?.at ?? -freshMs) < freshMs
  if (ids.every(isFresh)) return memory
  if (memory.size > rememberedAtMost) memory.clear()
  const rows = await db.run<{ id: string; name: string }>(
    statement("ticket-names", (p) => {
      const from = (table: string, mine: string) => `select id, name from ${table} where id = any(${mine})`
      const all = p(ids)
      return ["users", "teams", "categories"].map((table) => from(table, all)).join(" union all ")
    }),
  )
  for (const id of ids) memory.delete(id)
  for (const { id, name } of rows) memory.set(id, { name, at })
  return memory
}
