import { type Database, type Param, statement } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import type { Trigger } from "../api-contract.ts"
import type { IncidentSelection } from "./api-contract.ts"
import { readTicketReference, scopeCondition, ticketOfNumberSql } from "#tickets/index.ts"
import { normalGuia } from "../reporting/guia-format-and-incident-subject.ts"

export type BoardFilter = {
  /** A tracking number, one end of it, or the number of the ticket. */
  q?: string | undefined
  status?: string[] | undefined
  trigger?: string[] | undefined
  carrier?: string[] | undefined
  city?: string[] | undefined
  failureCode?: number[] | undefined
  /** `me`, `unassigned` or an id. */
  assignedTo?: string[] | undefined
}

const active = ["open", "in_progress"]

function conditions(p: Param, who: Principal, filter: BoardFilter): string {
  const any = (column: string, values: string[] | undefined) =>
    values ? [`${column} = any(${p(values)}::text[])`] : []
  // Who looks for a shipment wants it whatever became of it.
  const statuses = filter.status ?? (filter.q === undefined ? active : ["any"])
  // Literal, as the partial index says it.
  const onlyActive = statuses.every((status) => active.includes(status)) ? ["i.status in ('open', 'in_progress')"] : []
  return [
    ...onlyActive,
    ...any("i.status", filter.status),
    ...any("i.trigger", filter.trigger),
    ...any("i.carrier", filter.carrier),
    ...any("i.city", filter.city),
    ...(filter.failureCode ? [`i.failure_code = any(${p(filter.failureCode)}::int[])`] : []),
    ...assigneeConditions(p, who, filter.assignedTo),
    ...(filter.q === undefined ? [] : [searchCondition(p, filter.q)]),
    scopeCondition(p, who),
  ].join(" and ")
}

function assigneeConditions(p: Param, who: Principal, asked: string[] | undefined): string[] {
  if (!asked) return []
  const ids = asked.filter((one) => one !== "unassigned").map((one) => (one === "me" ? who.id : one))
  const isTheirs = `t.assignee_id = any(${p(ids)}::text[])`
  return [asked.includes("unassigned") ? `(t.assignee_id is null or ${isTheirs})` : isTheirs]
}

/** All of it over `i`, each part by an index of its own. */
function searchCondition(p: Param, typed: string): string {
  const guia = normalGuia(typed)
  const beginning = (text: string) => `${p(`${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)}::text`
  const byGuia = `i.guia like ${beginning(guia)} or reverse(i.guia) like ${beginning([...guia].toReversed().join(""))}`
  const ref = readTicketReference(typed)
  if (!ref) return `(${byGuia})`
  return `(${byGuia} or i.ticket_id = ${"id" in ref ? p(ref.id) : ticketOfNumberSql(p, ref)})`
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

type SelectedRow = {
  id: string
  number: string
  status: IncidentSelection["items"][number]["status"]
  assignee: { id: string; name: string } | null
  team: { id: string; name: string } | null
  createdByKind: string
  createdById: string | null
}

/** The same without what only the board shows. */
export async function selectWorst(
  db: Database,
  who: Principal,
  filter: BoardFilter,
  most: number,
): Promise<SelectedRow[]> {
  const named = (alias: string) =>
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`
  return db.run<SelectedRow>(
    statement(
      "",
      (p) => `select t.id, t.number, i.status, ${named("u")} as assignee, ${named("m")} as team,
          t.created_by_kind as "createdByKind", t.created_by_id as "createdById"
        from incidents i join tickets t on t.id = i.ticket_id left join users u on u.id = t.assignee_id left join teams m on m.id = t.team_id
        where ${conditions(p, who, filter)} order by i.score desc, i.created_at, i.ticket_id limit ${p(most)}`,
    ),
  )
}

/** The tracking numbers of those incidents among `refs`, as people write ids and numbers of tickets, that `who` may see. */
export async function guiasOf(db: Database, who: Principal, refs: string[]): Promise<string[]> {
  const read = refs.flatMap((ref) => readTicketReference(ref) ?? [])
  const ids = read.flatMap((ref) => ("id" in ref ? [ref.id] : []))
  const numbers = read.flatMap((ref) => ("id" in ref || ref.number === null ? [] : [ref.number]))
  const aliases = read.flatMap((ref) => ("id" in ref ? [] : [ref.alias]))
  const rows = await db.run<{ guia: string }>(
    statement(
      "",
      (p) => `select i.guia from incidents i join tickets t on t.id = i.ticket_id
        where (t.id = any(${p(ids)}::text[]) or t.number = any(${p(numbers)}::text[]) or t.id in (select a.ticket_id
            from ticket_number_aliases a join unnest(${p(aliases)}::text[]) as typed on a.key = ticket_alias_key(typed)))
          and ${scopeCondition(p, who)}`,
    ),
  )
  return rows.map(({ guia }) => guia)
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
