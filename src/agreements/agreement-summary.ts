// How often tickets were reopened, whose they were and why they had come, and how long two systems took to agree.
import type { Database, Param } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import { scopeCondition } from "#tickets/index.ts"
import type { AgreementSummary, SummaryQuery } from "./api-contract.ts"

const most = 50

/** Of the tickets that they may see, from the one instant until before the other. */
export async function summariseAgreements(
  db: Database,
  who: Principal,
  range: SummaryQuery,
): Promise<AgreementSummary> {
  const [[totals], byOperator, byMotive] = await Promise.all([
    db.run<Omit<AgreementSummary, "byOperator" | "byMotive">>(statement("", (p) => totalsSql(p, who, range))),
    db.run<AgreementSummary["byOperator"][number]>(statement("", (p) => byOperatorSql(p, who, range))),
    db.run<AgreementSummary["byMotive"][number]>(statement("", (p) => byMotiveSql(p, who, range))),
  ])
  return { ...totals!, byOperator, byMotive }
}

const within = (p: Param, { from, to }: SummaryQuery, at: string) => `${at} >= ${p(from)} and ${at} < ${p(to)}`

const ofReopenings = (p: Param, who: Principal, range: SummaryQuery) => `agreement_evidence e
  join agreements a on a.id = e.agreement_id join tickets t on t.id = a.ticket_id
  where e.said = 'reopened' and ${within(p, range, "e.at")} and ${scopeCondition(p, who)}`

const totalsSql = (p: Param, who: Principal, range: SummaryQuery) => {
  const of = (at: string) =>
    `from agreements a join tickets t on t.id = a.ticket_id where ${within(p, range, at)} and ${scopeCondition(p, who)}`
  // From the first that closed it until both had.
  const first = `(select min(e.at) from agreement_evidence e where e.agreement_id = a.id and e.said = 'closed' and e.system_id is not null)`
  return `select (select count(*)::int ${of("a.created_at")}) as opened,
    (select count(*)::int ${of("a.closed_at")}) as closed,
    (select count(*)::int from ${ofReopenings(p, who, range)}) as reopened,
    (select count(distinct a.id)::int from ${ofReopenings(p, who, range)} and a.recreado >= 3) as escalated,
    (select avg(extract(epoch from a.closed_at - ${first}) / 60)::float8 ${of("a.closed_at")}) as "meanMinutesToAgreement"`
}

const byOperatorSql = (p: Param, who: Principal, range: SummaryQuery) => `
  select r.number, u.id, u.name, r.reopened from (
    select e.data ->> 'operator' as number, a.work_system_id, count(*)::int as reopened from ${ofReopenings(p, who, range)}
    group by 1, 2) r
  join linked_systems s on s.id = r.work_system_id
  left join lateral (select id, name from users where external_ids ->> s.kind = r.number and role <> 'user' order by id limit 1) u on true
  order by r.reopened desc, r.number limit ${most}`

const byMotiveSql = (p: Param, who: Principal, range: SummaryQuery) =>
  `select a.motive, count(*)::int as reopened from ${ofReopenings(p, who, range)} group by 1 order by 2 desc, 1 limit ${most}`
