import type { Param } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import type { SortField } from "../api-contract.ts"
import { waitingSinceSql } from "../lifecycle/waiting-since.ts"

/** What has none comes last. */
export const slaDueAt = "coalesce((select s.due_at from ticket_sla s where s.ticket_id = t.id), 'infinity')"

/** Who does not wait comes last. */
export const waitingSince = `coalesce(${waitingSinceSql}, 'infinity')`

// What each sort key means; numbers of six digits come after those of five.
const expressions: Record<SortField, { sql: string[]; type: string }> = {
  createdAt: { sql: ["t.created_at"], type: "timestamptz" },
  updatedAt: { sql: ["t.updated_at"], type: "timestamptz" },
  lastMessageAt: { sql: ["t.last_message_at"], type: "timestamptz" },
  priority: { sql: ["array_position(array['low','medium','high','urgent'], t.priority)"], type: "int" },
  number: { sql: ["length(t.number)", "t.number"], type: "text" },
  status: { sql: ["t.status"], type: "text" },
  slaDueAt: { sql: [slaDueAt], type: "timestamptz" },
  waitingSince: { sql: [waitingSince], type: "timestamptz" },
}

export type Order = { keys: { sql: string; type: string; down: boolean }[] }

/** The keys of a list's order, with the id last so that no two tickets are equal. */
export function orderOf(sort: string[]): Order {
  const keys = sort.flatMap((key) => {
    const field = key.replace("-", "") as SortField
    const { sql, type } = expressions[field]
    return sql.map((text) => ({ sql: text, type: text.startsWith("length") ? "int" : type, down: key.startsWith("-") }))
  })
  return { keys: [...keys, { sql: "t.id", type: "text", down: keys.at(-1)?.down ?? true }] }
}

export function orderBy(order: Order, column: (sql: string, index: number) => string = (sql) => sql): string {
  return order.keys.map((key, i) => `${column(key.sql, i)} ${key.down ? "desc" : "asc"}`).join(", ")
}

/**
 * "After the cursor". All keys in one direction are compared as one row, which an index answers in one step; mixed
 * directions are spelled out: a after x, or a = x and b after y, …
 */
export function afterCursor(p: Param, order: Order, values: CursorValue[]): string {
  const params = order.keys.map((key, i) => `${p(values[i])}::${key.type}`)
  const down = order.keys[0]!.down
  if (order.keys.every((key) => key.down === down)) {
    return `(${order.keys.map((key) => key.sql).join(", ")}) ${down ? "<" : ">"} (${params.join(", ")})`
  }
  const steps = order.keys.map((key, i) => {
    const same = order.keys.slice(0, i).map((earlier, j) => `${earlier.sql} = ${params[j]}`)
    return [...same, `${key.sql} ${key.down ? "<" : ">"} ${params[i]}`].join(" and ")
  })
  return `(${steps.map((step) => `(${step})`).join(" or ")})`
}
