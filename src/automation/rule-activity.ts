// What a rule did lately, by what the log says of it; with that the rule is shown.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { type DecisionReason, decisionText } from "#event-log/index.ts"
import type { Rule, RuleActivity } from "./api-contract.ts"
import type { StoredRule } from "./automation-rule-store.ts"
import { goneOf } from "./rule-references.ts"

const days = 30
const countedAtMost = 10_000

/** Rules with what is wrong with them and what they did. */
export async function withActivity(from: Kysely<DB>, rules: StoredRule[], now: Date): Promise<Rule[]> {
  const problems = await goneOf(from, rules)
  const did = await activityOf(
    from,
    rules.map(({ id }) => id),
    now,
  )
  return rules.map((rule, nth) => ({ ...rule, problems: problems[nth]!, activity: did.get(rule.id)! }))
}

type Row = {
  id: string
  count: number
  lastAt: Date | null
  refusedAt: Date | null
  why: DecisionReason | null
}

async function activityOf(from: Kysely<DB>, ids: string[], now: Date): Promise<Map<string, RuleActivity>> {
  const since = new Date(now.getTime() - days * 86_400_000)
  // Written as the index has them.
  const ofRule = sql`events e where e.subject_id = r.id and e.kind in ('automation.applied', 'automation.refused')`
  const { rows } = await sql<Row>`
    select r.id, c.count, l.at as last_at, x.at as refused_at, x.why from unnest(${ids}::text[]) as r (id)
      cross join lateral (select count(*)::int as count from (select from ${ofRule} and e.kind = 'automation.applied'
        and e.at > ${since} limit ${countedAtMost + 1}) counted) c
      left join lateral (select e.at from ${ofRule} and e.kind = 'automation.applied' order by e.at desc limit 1) l on true
      left join lateral (select e.at, e.why from ${ofRule} and e.kind = 'automation.refused' and e.at > ${since}
        order by e.at desc limit 1) x on true`.execute(from)
  return new Map(rows.map((row) => [row.id, toActivity(row)]))
}

function toActivity({ count, lastAt, refusedAt, why }: Row): RuleActivity {
  const lastRefused =
    refusedAt && why
      ? { at: refusedAt, action: String(why.inputs["action"]), code: why.code, because: decisionText(why) }
      : null
  return { count: Math.min(count, countedAtMost), isCapped: count > countedAtMost, lastAt, lastRefused }
}
