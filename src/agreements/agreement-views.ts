// Agreements as people see them: those of the tickets that they may see.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, type Param, runIn, type Statement, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countCap, type CursorValue, type Page, readCursor, toPage } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { readTicketReference, scopeCondition } from "#tickets/index.ts"
import { windowSql } from "./agreement-store.ts"
import type { Agreement, AgreementCounts, AgreementsQuery, UnmatchedClosure } from "./api-contract.ts"
import { foldBusinessName } from "./fold-business-name.ts"

/** How much evidence of each is shown: a list says what stands last. */
const newestEvidence = { ofOne: 200, inLists: 1 }
const mostGroups = 500

const columns = (evidence: number) => `a.id, a.ticket_id as "ticketId", t.number as "ticketNumber", t.subject, a.state,
  a.record_number::float8 as "numeroTicketGr", a.work_number as "splynxTicketId", a.work_closed_at as "splynxClosedAt",
  a.record_closed_at as "grClosedAt", a.work_closed_at + make_interval(mins => (${windowSql})::int) as deadline, a.recreado,
  a.refused_at is not null as "isRefused",
  case when a.operator_number is not null then json_build_object('number', a.operator_number, 'id', u.id, 'name', u.name) end as operator,
  a.company, a.motive, a.customer_number as "customerNumber",
  a.closed_at as "closedAt", a.created_at as "createdAt", a.updated_at as "updatedAt",
  (select coalesce(json_agg(json_build_object('at', e.at, 'saidAt', e.said_at, 'system', coalesce(w.kind, 'hilo'),
      'said', e.said, 'source', e.source, 'cycle', e.cycle, 'details', e.data) order by e.id), '[]')
    from (select * from agreement_evidence where agreement_id = a.id order by id desc limit ${evidence}) e
      left join linked_systems w on w.id = e.system_id) as evidence`

const visible = "agreements a join tickets t on t.id = a.ticket_id"

/** `agreements`: the table, or a query of some of its rows. */
const decorated = (agreements: string) => `${agreements} a join tickets t on t.id = a.ticket_id
  join linked_systems s on s.id = a.work_system_id
  left join lateral (select id, name from users where external_ids ->> s.kind = a.operator_number and role <> 'user'
    and disabled_at is null order by id limit 1) u on true`

function conditions(p: Param, who: Principal, { state, company }: Pick<AgreementsQuery, "state" | "company">): string {
  const any = (column: string, values: string[] | undefined) =>
    values ? ` and ${column} = any(${p(values)}::text[])` : ""
  return scopeCondition(p, who) + any("a.state", state) + any("a.company", company?.map(foldBusinessName))
}

/** Those whose window runs or is over, the next to act on first; then the others, the newest first. */
export async function listAgreements(
  db: Database,
  who: Principal,
  { limit, cursor, ...filters }: AgreementsQuery,
): Promise<Page<Agreement>> {
  const after = readCursor(cursor, 2)
  const rows = await db.run<AgreementRecord>(
    statement("", (p) => {
      const next = after === null ? "" : ` and ${followsSql(p, after)}`
      const order = "order by a.work_closed_at nulls last, a.id desc"
      // The page first: what is shown of each is looked up for its rows alone.
      const page = `select a.* from ${visible} where ${conditions(p, who, filters)}${next} ${order} limit ${limit + 1}`
      return `select ${columns(newestEvidence.inLists)} from ${decorated(`(${page})`)} ${order}`
    }),
  )
  const counted = await db.run<{ n: number }>(
    statement("", (p) => {
      const those = `select from ${visible} where ${conditions(p, who, filters)}`
      return `select count(*)::int as n from (${those} limit ${countCap + 1}) counted`
    }),
  )
  const place = ({ splynxClosedAt, id }: AgreementRecord) => [splynxClosedAt?.toISOString() ?? null, id]
  return toPage(rows, limit, counted[0]!.n, toAgreement, place)
}

/** SQL: comes it after the place that a cursor names? */
function followsSql(p: Param, [closedAt, id]: CursorValue[]): string {
  const older = `a.id < ${p(String(id))}`
  if (typeof closedAt !== "string") return `a.work_closed_at is null and ${older}`
  const at = `${p(closedAt)}::timestamptz`
  return `(a.work_closed_at > ${at} or a.work_closed_at is null or (a.work_closed_at = ${at} and ${older}))`
}

/** Of the tickets that they may see. */
export async function countOpenAgreements(db: Database, who: Principal): Promise<AgreementCounts> {
  const groups = await db.run<AgreementCounts["groups"][number]>(
    statement("", (p) => {
      const open = `from ${visible} where a.closed_at is null and ${scopeCondition(p, who)}`
      return `select a.state, a.company, count(*)::int as count ${open} group by 1, 2 order by 3 desc, 2, 1 limit ${mostGroups}`
    }),
  )
  return { isShadow: await readSetting(db, "agreements.shadow"), groups }
}

/** By its own id, or by the id or the number of its ticket. Refuses (404) one whose ticket they may not see. */
export async function showAgreement(db: Database, who: Principal, ref: string): Promise<Agreement> {
  return theOne(await db.run<AgreementRecord>(oneOf(who, ref)))
}

/** The same in the transaction that changes it. */
export async function showAgreementIn(act: Act, who: Principal, ref: string): Promise<Agreement> {
  return theOne(await runIn<AgreementRecord>(act.tx, oneOf(who, ref)))
}

const oneOf = (who: Principal, ref: string): Statement =>
  statement("", (p) => {
    const shown = columns(newestEvidence.ofOne)
    return `select ${shown} from ${decorated("agreements")} where ${isReferredTo(p, ref)} and ${scopeCondition(p, who)}`
  })

function isReferredTo(p: Param, ref: string): string {
  const ticket = readTicketReference(ref)
  if (ticket && "id" in ticket) return `t.id = ${p(ticket.id)}`
  return ticket?.number ? `t.number = ${p(ticket.number)}` : `a.id = ${p(ref)}`
}

function theOne([row]: AgreementRecord[]): Agreement {
  if (!row) throw notFound("agreement")
  return toAgreement(row)
}

/** In JSON an instant is a text. */
type AgreementRecord = Omit<Agreement, "evidence"> & {
  evidence: (Omit<Agreement["evidence"][number], "at" | "saidAt"> & { at: string; saidAt: string | null })[]
}

const toAgreement = ({ evidence, ...row }: AgreementRecord): Agreement => ({
  ...row,
  evidence: evidence.map((one) => ({
    ...one,
    at: new Date(one.at),
    saidAt: one.saidAt === null ? null : new Date(one.saidAt),
  })),
})

/** What was closed in a record system and closes nothing here, the newest first. */
export async function listUnmatchedClosures(
  db: Database,
  { limit, cursor }: Pick<AgreementsQuery, "limit" | "cursor">,
): Promise<Page<UnmatchedClosure>> {
  const after = readCursor(cursor, 1)
  const rows = await sql<UnmatchedClosure>`
    select e.id::float8 as id, e.at, json_build_object('id', s.id, 'name', s.name) as system, e.number, e.company,
      e.data ->> 'because' as because
    from agreement_evidence e join linked_systems s on s.id = e.system_id
    where e.agreement_id is null and (${after === null} or e.id < ${Math.floor(Number(after?.[0]) || 0)})
    order by e.id desc limit ${limit + 1}`.execute(db.kysely)
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select from agreement_evidence where agreement_id is null limit ${countCap + 1}) counted`.execute(
    db.kysely,
  )
  return toPage(
    rows.rows,
    limit,
    counted.rows[0]!.n,
    (row) => row,
    (row) => [row.id],
  )
}
