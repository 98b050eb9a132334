// Agreements as people see them: those of the tickets that they may see.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, type Param, runIn, type Statement, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countCap, type Page, readCursor, toPage } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import { readTicketReference, scopeCondition } from "#tickets/index.ts"
import { windowSql } from "./agreement-store.ts"
import type { Agreement, AgreementsQuery, UnmatchedClosure } from "./api-contract.ts"

/** So much evidence of each is shown. */
const newest = 200

const columns = `a.id, a.ticket_id as "ticketId", t.number as "ticketNumber", t.subject, a.state,
  a.record_number::float8 as "numeroTicketGr", a.work_number as "splynxTicketId", a.work_closed_at as "splynxClosedAt",
  a.work_closed_at + make_interval(mins => (${windowSql})::int) as deadline, a.recreado,
  case when a.operator_number is not null then json_build_object('number', a.operator_number, 'id', u.id, 'name', u.name) end as operator,
  a.company, a.motive, a.customer_number as "customerNumber",
  a.closed_at as "closedAt", a.created_at as "createdAt", a.updated_at as "updatedAt",
  (select coalesce(json_agg(json_build_object('at', e.at, 'system', coalesce(w.kind, 'hilo'), 'said', e.said, 'source', e.source,
      'details', e.data) order by e.id), '[]')
    from (select * from agreement_evidence where agreement_id = a.id order by id desc limit ${newest}) e
      left join linked_systems w on w.id = e.system_id) as evidence`

const source = `agreements a join tickets t on t.id = a.ticket_id join linked_systems s on s.id = a.work_system_id
  left join lateral (select id, name from users where external_ids ->> s.kind = a.operator_number and role <> 'user'
    and disabled_at is null order by id limit 1) u on true`

const conditions = (p: Param, who: Principal, { state }: Pick<AgreementsQuery, "state">) =>
  `${scopeCondition(p, who)}${state ? ` and a.state = any(${p(state)}::text[])` : ""}`

/** The newest first. */
export async function listAgreements(
  db: Database,
  who: Principal,
  { limit, cursor, ...filters }: AgreementsQuery,
): Promise<Page<Agreement>> {
  const after = readCursor(cursor, 1)
  const rows = await db.run<AgreementRecord>(
    statement("", (p) => {
      const older = after === null ? "" : ` and a.id < ${p(String(after[0]))}`
      return `select ${columns} from ${source} where ${conditions(p, who, filters)}${older} order by a.id desc limit ${limit + 1}`
    }),
  )
  const counted = await db.run<{ n: number }>(
    statement("", (p) => {
      const those = `select from agreements a join tickets t on t.id = a.ticket_id where ${conditions(p, who, filters)}`
      return `select count(*)::int as n from (${those} limit ${countCap + 1}) counted`
    }),
  )
  return toPage(rows, limit, counted[0]!.n, toAgreement, (row) => [row.id])
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
  statement("", (p) => `select ${columns} from ${source} where ${isReferredTo(p, ref)} and ${scopeCondition(p, who)}`)

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
  evidence: (Omit<Agreement["evidence"][number], "at"> & { at: string })[]
}

const toAgreement = ({ evidence, ...row }: AgreementRecord): Agreement => ({
  ...row,
  evidence: evidence.map((said) => ({ ...said, at: new Date(said.at) })),
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
