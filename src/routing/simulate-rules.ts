// What other rules would have done with past tickets. Nobody knows any more who was there and had room, so everybody is
// taken to be: what differs is the rule, the team, and the agent that a rule names.
import { z } from "zod"
import { type Database, runIn, statement } from "#kernel/db.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { asIfSaved, conditionFacts, ticketFactColumns } from "#conditions/index.ts"
import { namesOf, staffPresence, teamNamesOf } from "#people/index.ts"
import type { Comparison, SimulationKind, SimulationRequest } from "#simulations/index.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { scopeCondition } from "#tickets/index.ts"
import { choose, type Rule as AskedRule, type RoutingSnapshot } from "./choose-agent.ts"
import { type Rule, ruleBody, type RuleFields, ruleId } from "./api-contract.ts"
import type { QueuedTicket } from "./routing-queue.ts"
import { rulesInForce } from "./assignment-rule-store.ts"
import { routingTeams } from "./routing-snapshot.ts"

/** One rule, in place of the one with its `id` or beside the others; or all the rules there would be. */
const candidate = z.union([ruleBody.extend({ id: ruleId.optional() }), z.array(ruleBody).max(200)], {
  error: "must be a rule or a list of rules",
})
type Candidate = z.output<typeof candidate>
type NamedRule = RuleFields & Pick<Rule, "id" | "version">

export const assignmentRulesSimulation: SimulationKind<typeof candidate> = {
  name: "assignment-rules",
  summary: "Where past tickets would have gone, with everybody there and free",
  candidate,
  compare: async (db, asked) => {
    const now = await rulesInForce(db.kysely)
    const before = await idealSnapshot(db, now.map(toAsked))
    const given = [asked.candidate].flat().map((rule) => ({ ...rule, version: 0 }))
    const rules = asIfSaved<NamedRule>(now, Array.isArray(asked.candidate) ? given : given[0]!)
    const after = { ...before, rules }
    const words = await outcomeWords(db, before, [...now, ...rules], asked.who.language)
    return compareAll(db, asked, { before, after, words })
  },
}

type Sides = { before: RoutingSnapshot; after: RoutingSnapshot; words: Words }

async function* compareAll(
  db: Database,
  asked: SimulationRequest<Candidate>,
  sides: Sides,
): AsyncGenerator<Comparison> {
  const span = asked.to.getTime() - asked.from.getTime()
  for (let last: Past | undefined; ;) {
    const past = await pastTickets(db, asked, last)
    last = past.at(-1)
    if (!last) return
    const differences = (await mapYielding(past, (ticket) => differenceOf(ticket, sides))).filter((one) => one !== null)
    yield { checked: past.length, progress: (last.createdAt.getTime() - asked.from.getTime()) / span, differences }
  }
}

function differenceOf(ticket: Past, { before, after, words }: Sides) {
  const [now, then] = [outcomeOf(ticket, before), outcomeOf(ticket, after)]
  if (JSON.stringify(now) === JSON.stringify(then)) return null
  return {
    ticketId: ticket.id,
    number: ticket.number,
    now: words.outcome(now),
    then: words.outcome(then),
    because: words.because(now, then),
  }
}

const batch = 300
type Past = QueuedTicket & { number: string; isGroup: boolean; createdAt: Date; place: string }

/** The next after `last` of those that the asker sees, oldest first. */
function pastTickets(db: Database, { from, to, who }: SimulationRequest<Candidate>, last: Past | undefined) {
  // The place is text: a Date holds no microseconds.
  return runIn<Past>(
    db.kysely,
    statement(
      "",
      (p) => `select t.number, t.is_group, t.created_at, t.created_at::text as place, ${ticketFactColumns}
        from tickets t left join contacts c on c.id = t.contact_id
        where t.kind in ('support', 'conversation') and t.created_at >= ${p(from)} and t.created_at < ${p(to)}
          ${last ? `and (t.created_at, t.id) > (${p(last.place)}::timestamptz, ${p(last.id)})` : ""} and ${scopeCondition(p, who)}
        order by t.created_at, t.id limit ${batch}`,
    ),
  )
}

const toAsked = ({ id, version, enabled, conditions, action }: Rule): AskedRule => ({
  id,
  version,
  enabled,
  conditions,
  action,
})

async function idealSnapshot({ kysely }: Database, rules: AskedRule[]): Promise<RoutingSnapshot> {
  const staff = await staffPresence(kysely, new Date(0))
  const agents = staff.map((one) => [one.id, { ...one, presence: "online", load: 0, capacity: Infinity }] as const)
  return { rules, teams: await routingTeams(kysely), agents: new Map(agents) }
}

type Outcome = { ruleId: string | null; teamId: string | null; agentId: string | null }

function outcomeOf(ticket: Past, snapshot: RoutingSnapshot): Outcome {
  const { kind, teamId, isGroup } = ticket
  const facts = conditionFacts(ticket)
  const choice = choose({ facts, kind, teamId, isGroup, weight: 0, assigneeId: null, teamGiven: false }, snapshot)
  const rule = choice.why.inputs["rule"]
  const isNamed = choice.why.code === "rule_agent"
  return {
    ruleId: typeof rule === "string" ? rule : null,
    teamId: choice.teamId,
    agentId: isNamed ? choice.agentId : null,
  }
}

type Words = { outcome: (outcome: Outcome) => string; because: (now: Outcome, then: Outcome) => string }

/** Outcomes as people read them. */
async function outcomeWords(
  { kysely }: Database,
  { teams, agents }: RoutingSnapshot,
  rules: { id: string; name: string }[],
  language: Language,
): Promise<Words> {
  const names = new Map([
    ...(await teamNamesOf(kysely, [...teams.keys()])),
    ...(await namesOf(kysely, [...agents.keys()])),
    ...rules.map(({ id, name }) => [id, name] as const),
  ])
  const named = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
  return {
    outcome: ({ ruleId, teamId, agentId }) => {
      const target = named(agentId ?? teamId) ?? formatText(language, "simulations.nobody")
      return ruleId === null ? target : formatText(language, "simulations.byRule", { target, rule: named(ruleId) })
    },
    because: (now, then) => {
      const values = { rule: named(then.ruleId), before: named(now.ruleId) }
      return formatText(language, `simulations.because.${becauseOf(now, then)}`, values)
    },
  }
}

function becauseOf(now: Outcome, then: Outcome) {
  if (then.ruleId === null) return "no_rule"
  if (then.ruleId === now.ruleId) return "same_rule"
  return now.ruleId === null ? "rule" : "other_rule"
}
