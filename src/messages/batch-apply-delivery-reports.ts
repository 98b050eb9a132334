// Many reports at once, of messages whose id outside we know: nearly all of them. The others need a closer look.
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { statement } from "#kernel/db.ts"
import { marketingFacts, marketingPreferenceStatement, type SavedPreference } from "#contacts/index.ts"
import { type BatchEvent, recordBatchStatement } from "#event-log/index.ts"
import type { DeliveryState } from "./api-contract.ts"
import type { Report } from "./apply-delivery-report.ts"
import { marketingRefused, rank } from "./message-store.ts"

type Of = Pick<Report, "connectionId" | "externalId">
const keyOf = ({ connectionId, externalId }: Of) => `${connectionId} ${externalId}`

/** Keeps reports and moves their messages, each to the furthest that was said of it; gives those that are settled. */
export async function applyReports(run: RunStatement, reports: readonly Report[], now: Date): Promise<Set<Report>> {
  if (reports.length === 0) return new Set()
  const ids = [...new Map(reports.map((one) => [keyOf(one), one])).values()]
  const [, found] = await Promise.all([run(lockStatement(ids)), run<Of & { id: string }>(reportedStatement(ids))])
  const messageOf = new Map(found.map((row) => [keyOf(row), row.id]))
  const known = reports.filter((report) => messageOf.has(keyOf(report)))
  if (known.length === 0) return new Set()
  const rows = known.map((report) => ({ ...report, messageId: messageOf.get(keyOf(report))! }))
  const kept = await run<Pick<Report, "status"> & { messageId: string; participant: string }>(keepStatement(rows))
  const isNew = new Set(kept.map(stepKey))
  const moved = await run<DeliveryChange>(moveStatement(furthest(rows.filter((row) => isNew.has(stepKey(row))))))
  await recordChanges(run, moved, now)
  return new Set(known)
}

export type SentMessage = {
  messageId: string
  connectionId: string
  externalId: string | null
  state: "sent" | "delivered"
}

/** Stores what the channel answered to many sends, and applies what it reported of them before. */
export async function storeSentMessages(run: RunStatement, sent: readonly SentMessage[], now: Date): Promise<void> {
  const named = sent.flatMap(({ externalId, ...one }) => (externalId === null ? [] : [{ ...one, externalId }]))
  if (named.length > 0) await run(lockStatement(named))
  const [, early] = await Promise.all([
    named.length > 0 && run(nameStatement(named)),
    named.length > 0 ? run<Step>(earlyStatement(named)) : [],
  ])
  const own = sent.map(({ messageId, state }): Step => {
    return { messageId, status: state, code: null, reason: null, failureClass: null }
  })
  const moved = await run<DeliveryChange>(moveStatement(furthest([...own, ...early])))
  await recordChanges(run, moved, now)
}

async function recordChanges(run: RunStatement, moved: DeliveryChange[], now: Date): Promise<void> {
  if (moved.length === 0) return
  const refused = moved.flatMap(({ to, reason, identityId }) =>
    to === "failed" && reason === marketingRefused && identityId !== null ? [identityId] : [],
  )
  const wish = { wants: false, by: "refusal", at: now } as const
  const saved = refused.length > 0 ? await run<SavedPreference>(marketingPreferenceStatement(refused, wish)) : []
  const wishes = marketingFacts(saved, wish).map((fact): BatchEvent => {
    return { kind: "contact.marketing_changed", actor: { kind: "system", id: null }, ticketId: null, ...fact }
  })
  await run(recordBatchStatement([...moved.map(factOf), ...wishes], now))
}

const stepKey = (row: { messageId: string; status: string; participant: string }) =>
  `${row.messageId} ${row.status} ${row.participant}`

type Step = Pick<Report, "status" | "code" | "reason" | "failureClass"> & { messageId: string }
type Row = Report & Step

function furthest(rows: Step[]): Step[] {
  const best = new Map<string, Step>()
  for (const row of rows) {
    const other = best.get(row.messageId)
    if (!other || rank[row.status] > rank[other.status]) best.set(row.messageId, row)
  }
  return [...best.values()]
}

type DeliveryChange = {
  id: string
  ticketId: string
  identityId: string | null
  from: DeliveryState
  to: DeliveryState
} & Pick<Report, "code" | "reason" | "failureClass">

function factOf({ id, ticketId, from, to, code, failureClass }: DeliveryChange): BatchEvent {
  const fault = to === "failed" ? { code, class: failureClass } : {}
  const about = { actor: { kind: "system", id: null }, ticketId, subjectId: id }
  return { kind: "message.delivery_changed", ...about, data: { from, to, ...fault } }
}

// As for a single report: storing the id and taking a report of it see each other. In one order for everybody.
const lockStatement = (ids: Of[]) =>
  statement(
    "lock-reported",
    (p) => `select pg_advisory_xact_lock(hashtextextended(k, 0)) from (
      select k from unnest(${p(ids.map((one) => `report ${keyOf(one)}`))}::text[]) as k order by k) sorted`,
  )

const reportedStatement = (ids: Of[]) =>
  statement(
    "reported-messages",
    (p) => `select m.id, m.connection_id as "connectionId", m.external_id as "externalId" from messages m
      join json_to_recordset(${p(JSON.stringify(ids))}::json) as r ("connectionId" text, "externalId" text)
        on m.connection_id = r."connectionId" and m.external_id = r."externalId" where m.direction = 'out'`,
  )

const keepStatement = (rows: Row[]) =>
  statement(
    "keep-reports",
    (p) => `insert into delivery_reports (connection_id, external_id, status, participant, at, code, reason, message_id)
      select r."connectionId", r."externalId", r.status, r.participant, r.at, r.code, r.reason, r."messageId"
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("connectionId" text, "externalId" text, status text,
        participant text, at timestamptz, code int, reason text, "messageId" text)
      order by 1, 2, 3, 4 on conflict (connection_id, external_id, status, participant) do nothing
      returning message_id as "messageId", status, participant`,
  )

const nameStatement = (rows: (Of & { messageId: string })[]) =>
  statement(
    "name-sent",
    (p) => `update messages m set external_id = r."externalId"
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("messageId" text, "externalId" text)
      where m.id = r."messageId" and m.external_id is distinct from r."externalId"`,
  )

const earlyStatement = (rows: (Of & { messageId: string })[]) =>
  statement(
    "early-reports",
    (p) => `update delivery_reports d set message_id = r."messageId"
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("messageId" text, "connectionId" text, "externalId" text)
      where d.connection_id = r."connectionId" and d.external_id = r."externalId" and d.message_id is null
      returning d.message_id as "messageId", d.status, d.code, d.reason, null as "failureClass"`,
  )

const moveStatement = (rows: Step[]) =>
  statement("move-deliveries", (p) => {
    const given = rows.map(({ messageId, status, code, reason, failureClass }) => {
      const fault = {
        code: status === "failed" ? code : null,
        reason: status === "failed" ? (reason ?? "refused") : null,
      }
      return { id: messageId, to: status, rank: rank[status], failureClass, ...fault }
    })
    return `with given as (select * from json_to_recordset(${p(JSON.stringify(given))}::json)
        as r (id text, "to" text, rank int, code int, reason text, "failureClass" text)),
      before as (select m.id, m.ticket_id, m.identity_id, m.delivery_state as state, g."to", g.code, g.reason, g."failureClass"
        from messages m join given g on g.id = m.id
        where g.rank > (${p(JSON.stringify(rank))}::jsonb ->> m.delivery_state)::int order by m.id for update of m),
      moved as (update messages m set delivery_state = b."to", delivery_reason = b.reason, delivery_code = b.code
        from before b where b.id = m.id)
      select id, ticket_id as "ticketId", identity_id as "identityId", state as "from", "to", code, reason, "failureClass" from before`
  })
