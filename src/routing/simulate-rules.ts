// What other rules would have done with past tickets. Nobody knows any more who was there and had room, so everybody is
// taken to be: what differs is the rule, the team, and the agent that a rule names.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Database } from "#kernel/db.ts"
import { namesOf, staffPresence, teamNamesOf } from "#people/index.ts"
import { choose, type Rule as Asked, type RoutingSnapshot } from "./choose-agent.ts"
import { type Condition, conditionFacts, failingConditions, ticketFactColumns } from "#conditions/index.ts"
import type { Rule, RuleFields } from "./contract.ts"
import type { QueuedTicket } from "./routing-queue.ts"
import { rulesInForce } from "./assignment-rule-store.ts"
import { routingTeams } from "./routing-snapshot.ts"

/** Looking is bounded: the newest of the time asked for, and of those that differ or match some to look at. */
export const examinedAtMost = 1_000
const shownAtMost = 50

type Past = QueuedTicket & { number: string; status: string; isGroup: boolean; createdAt: Date }

async function pastTickets(from: Kysely<DB>, between: { from: Date; to: Date } | null): Promise<Past[]> {
  const within = between ? sql`and t.created_at >= ${between.from} and t.created_at < ${between.to}` : sql``
  const rows = await sql<Past>`
    select t.number, t.status, t.is_group, t.created_at, ${sql.raw(ticketFactColumns)}
    from tickets t left join contacts c on c.id = t.contact_id
    where t.kind in ('support', 'conversation') ${within}
    order by t.created_at desc, t.id desc limit ${examinedAtMost + 1}`.execute(from)
  return rows.rows
}

const shown = ({ id, number, subject, status, createdAt }: Past) => ({ id, number, subject, status, createdAt })

/** Which of the newest tickets these conditions hold for. */
export async function matchesOf({ kysely }: Database, conditions: Condition[]) {
  const past = await pastTickets(kysely, null)
  const examined = past.slice(0, examinedAtMost)
  const matching = examined.filter((ticket) => failingConditions(conditions, conditionFacts(ticket)) === null)
  const isCapped = past.length > examined.length
  return {
    examined: examined.length,
    isCapped,
    matched: matching.length,
    items: matching.slice(0, shownAtMost).map(shown),
  }
}

type Fields = RuleFields & { id?: string | undefined }
export type Candidate = Fields | Fields[]

/** Where past tickets would have gone with the candidate in force, as far as that is elsewhere than with today's rules. */
export async function simulate({ kysely }: Database, candidate: Candidate, between: { from: Date; to: Date }) {
  const now = await rulesInForce(kysely)
  const [before, after] = [await idealWorld(kysely, now.map(asked)), withCandidate(now, candidate)]
  const past = await pastTickets(kysely, between)
  const examined = past.slice(0, examinedAtMost)
  const changed = examined.flatMap((ticket) => {
    const [one, other] = [outcomeOf(ticket, before), outcomeOf(ticket, { ...before, rules: after })]
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ ticket: shown(ticket), before: one, after: other }]
  })
  const items = changed.slice(0, shownAtMost)
  const outcomes = items.flatMap((item) => [item.before, item.after])
  const names = await namesFor(kysely, outcomes, [...now, ...identified(candidate)])
  return {
    examined: examined.length,
    isCapped: past.length > examined.length,
    changed: changed.length,
    items: items.map((item) => ({ ...item, before: names(item.before), after: names(item.after) })),
  }
}

const identified = (candidate: Candidate) =>
  [candidate].flat().map((rule, index) => ({ ...rule, id: rule.id ?? `candidate_${index + 1}`, version: 0 }))

const asked = ({ id, version, enabled, conditions, action }: Rule): Asked => ({
  id,
  version,
  enabled,
  conditions,
  action,
})

/** One rule stands in for the one whose id it has, or is put among the others; a list stands in for all. */
function withCandidate(now: Rule[], candidate: Candidate): Asked[] {
  const given = identified(candidate)
  if (Array.isArray(candidate)) return given.toSorted((a, b) => a.priority - b.priority)
  const all = [...now.filter(({ id }) => id !== candidate.id), ...given]
  return all.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
}

async function idealWorld(from: Kysely<DB>, rules: Asked[]): Promise<RoutingSnapshot> {
  const staff = await staffPresence(from, new Date(0))
  const agents = staff.map((one) => [one.id, { ...one, presence: "online", load: 0, capacity: Infinity }] as const)
  return { rules, teams: await routingTeams(from), agents: new Map(agents) }
}

type Outcome = { ruleId: string | null; teamId: string | null; agentId: string | null }

function outcomeOf(ticket: Past, snapshot: RoutingSnapshot): Outcome {
  const { kind, teamId, isGroup } = ticket
  const toRoute = {
    facts: conditionFacts(ticket),
    kind,
    teamId,
    isGroup,
    weight: 0,
    assigneeId: null,
    teamGiven: false,
  }
  const choice = choose(toRoute, snapshot)
  const rule = choice.why.inputs["rule"]
  const ruleId = typeof rule === "string" ? rule : null
  const isNamed = choice.why.code === "rule_agent"
  return { ruleId, teamId: choice.teamId, agentId: isNamed ? choice.agentId : null }
}

async function namesFor(from: Kysely<DB>, outcomes: Outcome[], rules: { id: string; name: string }[]) {
  const teams = await teamNamesOf(
    from,
    outcomes.flatMap(({ teamId }) => teamId ?? []),
  )
  const agents = await namesOf(
    from,
    outcomes.flatMap(({ agentId }) => agentId ?? []),
  )
  const named = new Map(rules.map((rule) => [rule.id, rule.name]))
  return ({ ruleId, teamId, agentId }: Outcome) => ({
    rule: ruleId === null ? null : { id: ruleId, name: named.get(ruleId) ?? null },
    team: teamId === null ? null : { id: teamId, name: teams.get(teamId) ?? teamId },
    agent: agentId === null ? null : { id: agentId, name: agents.get(agentId) ?? agentId },
  })
}
