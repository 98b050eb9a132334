import { type Database, type Param, statement } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import type { Trigger } from "../api-contract.ts"
import { scopeCondition } from "#tickets/index.ts"

export type BoardFilter = {
  status?: string[] | undefined
  trigger?: string[] | undefined
  carrier?: string[] | undefined
  city?: string[] | undefined
}

const active = ["open", "in_progress"]

function conditions(p: Param, who: Principal, filter: BoardFilter): string {
  const any = (column: string, values: string[] | undefined) =>
    values ? [`${column} = any(${p(values)}::text[])`] : []
  const statuses = filter.status ?? active
  // Literal, as the partial index says it.
  const onlyActive = statuses.every((status) => active.includes(status)) ? ["i.status in ('open', 'in_progress')"] : []
  return [
    ...onlyActive,
    ...any("i.status", filter.status),
    ...any("i.trigger", filter.trigger),
    ...any("i.carrier", filter.carrier),
    ...any("i.city", filter.city),
    scopeCondition(p, who),
  ].join(" and ")
}

export type BoardRow = { id: string; score: number; createdAt: string }

/** The worst first; of equals, what waits longest. */
export async function worstFirst(
  db: Database,
  who: Principal,
  filter: BoardFilter,
  { limit, after }: { limit: number; after: CursorValue[] | null },
): Promise<BoardRow[]> {
  return db.run<BoardRow>(
    statement("", (p) => {
      const next = after
        ? `and (-i.score, i.created_at, i.ticket_id) > (${p(-Number(after[0]))}::int, ${p(after[1])}::timestamptz, ${p(after[2])}::text)`
        : ""
      return `select i.ticket_id as id, i.score, i.created_at::text as "createdAt" from incidents i join tickets t on t.id = i.ticket_id
        where ${conditions(p, who, filter)} ${next}
        order by i.score desc, i.created_at, i.ticket_id limit ${p(limit + 1)}`
    }),
  )
}

export async function countBoard(db: Database, who: Principal, filter: BoardFilter, upTo: number): Promise<number> {
  const rows = await db.run<{ n: number }>(
    statement(
      "",
      (p) => `select count(*) as n from (select from incidents i join tickets t on t.id = i.ticket_id
        where ${conditions(p, who, filter)} limit ${p(upTo)}) counted`,
    ),
  )
  return rows[0]?.n ?? 0
}

export type Group = {
  trigger: Trigger
  carrier: string
  city: string
  cause: string | null
  failureCode: number | null
  n: number
  lately: number
}

/** How many active ones there are of each kind, and how many of them began within the hour before `now`. */
export async function activeGroups(db: Database, who: Principal, now: Date): Promise<Group[]> {
  return db.run<Group>(
    statement(
      "",
      (p) => `select i.trigger, i.carrier, i.city, i.cause, i.failure_code as "failureCode", count(*) as n,
          count(*) filter (where i.created_at > ${p(now)}::timestamptz - interval '1 hour') as lately
        from incidents i join tickets t on t.id = i.ticket_id
        where i.status in ('open', 'in_progress') and ${scopeCondition(p, who)} group by 1, 2, 3, 4, 5`,
    ),
  )
}
