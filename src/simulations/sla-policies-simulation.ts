// What other SLA policies would have done with past tickets: which deadlines would have been met or missed that were not. Tickets
// and calendars are taken as they are now. It stands here, for `sla` is below the tickets that are read.
import { sql } from "kysely"
import { z } from "zod"
import { asIfSaved } from "#conditions/index.ts"
import { system, transact } from "#kernel/act.ts"
import { type Database, runIn, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import {
  clocksOf,
  pastTickets,
  policiesInForce,
  type Policy,
  policyBody,
  type PolicyFields,
  replayTargets,
  stateOf,
  type Target,
} from "#sla/index.ts"
import { formatDecision, formatText } from "#texts/format-text.ts"
import type { Language, TextId } from "#texts/languages-and-text-ids.ts"
import { scopeCondition } from "#tickets/index.ts"
import type { Comparison, SimulationKind, SimulationRequest } from "./simulation-kind.ts"

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
/** One policy, in place of the one with its `id` or beside the others; or all the policies there would be. */
const candidate = z.union([policyBody.extend({ id: id.optional() }), z.array(policyBody).max(100)], {
  error: "must be a policy or a list of policies",
})
type Candidate = z.output<typeof candidate>
type PolicyRequest = SimulationRequest<Candidate>
type AskedPolicy = PolicyFields & Pick<Policy, "id">
type Sides = { before: readonly AskedPolicy[]; after: readonly AskedPolicy[] }

export const slaPoliciesSimulation: SimulationKind<typeof candidate> = {
  name: "sla-policies",
  summary: "Which deadlines of past tickets would have been met or missed under other policies",
  candidate,
  compare: async (db, asked) => {
    const before = await policiesInForce(db.kysely)
    const after = asIfSaved<AskedPolicy>(before, asked.candidate).filter(({ enabled }) => enabled)
    await refuseUnknownCalendars(db, after)
    return compareAll(db, asked, { before, after })
  },
}

async function* compareAll(db: Database, asked: PolicyRequest, sides: Sides): AsyncGenerator<Comparison> {
  const { from, to, who } = asked
  for (let last: Place | undefined; ;) {
    const places = await placesAfter(db, asked, last)
    last = places.at(-1)
    if (!last) return
    const outcomes = await outcomesOf(db, places, sides)
    const differences = outcomes.flatMap(({ place, now, then }) => {
      const words = differenceInWords(now, then, sides, who.language)
      return words ? [{ ticketId: place.id, number: place.number, ...words }] : []
    })
    const progress = (last.createdAt.getTime() - from.getTime()) / (to.getTime() - from.getTime())
    yield { checked: places.length, progress, differences }
  }
}

const batch = 100
type Place = { id: string; number: string; createdAt: Date; place: string }

/** The next after `last` of those that the asker sees, oldest first. */
function placesAfter(db: Database, { from, to, who }: PolicyRequest, last: Place | undefined): Promise<Place[]> {
  return runIn<Place>(
    db.kysely,
    statement(
      "",
      (p) => `select t.id, t.number, t.created_at, t.created_at::text as place from tickets t
        where t.kind in ('support', 'conversation') and t.created_at >= ${p(from)} and t.created_at < ${p(to)}
          ${last ? `and (t.created_at, t.id) > (${p(last.place)}::timestamptz, ${p(last.id)})` : ""} and ${scopeCondition(p, who)}
        order by t.created_at, t.id limit ${batch}`,
    ),
  )
}

type Outcome = Pick<Target, "cycle" | "metric" | "policyId" | "minutes" | "startedBy"> & { key: string; state: string }

async function outcomesOf(db: Database, places: Place[], { before, after }: Sides) {
  const ids = places.map((place) => place.id)
  const { past, clockOf, now } = await transact(db, async (tx) => {
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)
    const now = rows[0]!.now
    const calendars = [...before, ...after].map(({ calendarId }) => calendarId)
    return { now, past: await pastTickets({ tx, actor: system, now }, ids), clockOf: await clocksOf(tx, calendars) }
  })
  const outcomes = (ticket: (typeof past)[number], policies: readonly AskedPolicy[]): Outcome[] =>
    replayTargets(ticket, policies, clockOf)
      .filter(({ minutes }) => minutes !== null)
      .map((target) => ({ ...target, key: keyOf(target), state: stateOf(target, now) }))
  const placeOf = new Map(places.map((place) => [place.id, place]))
  // A ticket with many messages takes long: requests are answered between one and the next.
  return mapYielding(past, (one) => ({
    place: placeOf.get(one.ticket.id)!,
    now: outcomes(one, before),
    then: outcomes(one, after),
  }))
}

/** The same target under either policies, for both count the same events. */
const keyOf = ({ cycle, metric, startedAt }: Target) => `${cycle} ${metric} ${startedAt.getTime()}`

/** Null when every deadline stands as it did. */
function differenceInWords(now: Outcome[], then: Outcome[], { before, after }: Sides, language: Language) {
  const [was, would] = [now, then].map((outcomes) => new Map(outcomes.map((one) => [one.key, one])))
  const keys = [...new Set([...was!.keys(), ...would!.keys()])].filter(
    (key) => was!.get(key)?.state !== would!.get(key)?.state,
  )
  if (keys.length === 0) return null
  const say = (text: TextId, values: Record<string, unknown> = {}) => formatText(language, text, values)
  const states = (outcomes: Map<string, Outcome>) =>
    keys.map((key) => {
      const { metric } = (was!.get(key) ?? would!.get(key))!
      const state = (outcomes.get(key)?.state ?? "none") as "none"
      return `${say(`simulations.metric.${metric}`)}: ${say(`simulations.sla.${state}`)}`
    })
  const first = would!.get(keys[0]!)
  const reason = first ? reasonText(first, [...after, ...before], language) : say("simulations.because.no_target")
  return { now: states(was!).join("; "), then: states(would!).join("; "), because: reason }
}

function reasonText(
  { metric, policyId, minutes, startedBy }: Outcome,
  policies: readonly AskedPolicy[],
  language: Language,
) {
  const policyName = policies.find((policy) => policy.id === policyId)?.name ?? policyId
  const inputs = { policyName, minutes, measuredFrom: startedBy }
  return formatDecision(language, { code: `sla_${metric}`, inputs })
}

async function refuseUnknownCalendars({ kysely }: Database, policies: readonly AskedPolicy[]): Promise<void> {
  const ids = policies.flatMap(({ calendarId }) => calendarId ?? [])
  const { rows } = await sql<{ id: string }>`
    select w.id from unnest(${ids}::text[]) as w (id) where not exists (select from calendars c where c.id = w.id)`.execute(
    kysely,
  )
  if (rows[0]) throw invalidField("candidate.calendarId", `${rows[0].id} is not a calendar`)
}
