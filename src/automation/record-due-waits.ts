// Rules that wait: when nobody has written for so long, the log says so, and the rule is asked. Each rule goes through what people
// said in its order, once, as soon as it is as old as the rule waits; so a new rule acts on nothing that has waited longer already.
import type { Timer } from "#timers/index.ts"
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { statement } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { type Condition, failingConditions } from "#conditions/index.ts"
import { recordBatch } from "#event-log/index.ts"
import { type FactRow, openings, toFacts } from "./read-rule-facts.ts"
import { saidByPeople, waitingMessages } from "./waiting-messages.ts"

export const automationTopic = "automation"
const atOnce = 100

const nextDue = `select min((select min(m.created_at) from messages m where ${saidByPeople} and m.created_at > r.waited_until)
    + make_interval(mins => r.waits_minutes)) from automation_rules r where r.enabled and r.trigger = 'waiting'`

export const automationTimer: Timer = { topic: automationTopic, dueSql: nextDue }

export function startAutomation(kit: Kit, log: Log) {
  return startPollingLoop(kit.db, log, { name: automationTopic, step: () => recordDueWaits(kit) })
}

const dueRules = (now: Date) =>
  statement(
    "automation-due",
    (
      p,
    ) => `select r.id from automation_rules r where r.enabled and r.trigger = 'waiting' and exists (select from messages m
      where ${saidByPeople} and m.created_at > r.waited_until
        and m.created_at <= ${p(now)}::timestamptz - make_interval(mins => r.waits_minutes)) order by r.id`,
  )

/**
 * For each rule whose next messages are old enough; true when there may be more. What another server looks at is left to it. A rule
 * that fails holds back no other: what it failed with is thrown once all have had their turn.
 */
export async function recordDueWaits(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  const now = kit.now()
  // Looked for outside of a transaction, which would wake every loop, this one too.
  const due = await kit.db.run<{ id: string }>(dueRules(now))
  const failures: unknown[] = []
  let isMore = false
  for (const { id } of due) {
    try {
      isMore = (await recordWaitsForRule(kit, id, now)) || isMore
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return isMore
}

function recordWaitsForRule(kit: Pick<Kit, "db">, ruleId: string, now: Date): Promise<boolean> {
  return inTransaction(kit.db, { actor: system, now }, async (act) => {
    const rule = await lockDueRule(act, ruleId)
    if (!rule) return false
    const upTo = await endOfBatch(act, rule)
    const { conditions } = rule
    const rows = await waitingMessages(act.tx, rule.waitsFor, { after: rule.waitedUntil, upTo })
    const open = (await openings(act.tx, conditions))(now)
    const holds = (row: FactRow) => failingConditions(conditions, toFacts(row, { previousStatus: null }, open)) === null
    const waited = rows.filter(holds).map(({ id, messageId, arrivedAt }) => {
      const waitedMinutes = Math.floor((now.getTime() - arrivedAt.getTime()) / 60_000)
      return { ticketId: id, subjectId: rule.id, data: { waitsFor: rule.waitsFor, waitedMinutes, messageId } }
    })
    await recordBatch(act, "ticket.waited", waited)
    await sql`update automation_rules set waited_until = ${upTo} where id = ${rule.id}`.execute(act.tx)
    return true
  })
}

type DueRule = {
  id: string
  waitsFor: "us" | "customer"
  waitsMinutes: number
  waitedUntil: string
  conditions: Condition[]
}

/** `waitedUntil` is text: a Date holds no microseconds. */
async function lockDueRule(act: Act, ruleId: string): Promise<DueRule | undefined> {
  const { rows } = await sql<DueRule>`
    select r.id, r.waits_for, r.waits_minutes, r.waited_until::text as waited_until, r.conditions from automation_rules r
    where r.id = ${ruleId} and r.enabled and r.trigger = 'waiting' and exists (select from messages m where ${sql.raw(saidByPeople)}
      and m.created_at > r.waited_until and m.created_at <= ${act.now}::timestamptz - make_interval(mins => r.waits_minutes))
    for update of r skip locked`.execute(act.tx)
  return rows[0]
}

/** Up to when messages are looked at now: some, and all that came at the same instant as the last of them. */
async function endOfBatch(act: Act, { waitedUntil, waitsMinutes }: DueRule): Promise<string> {
  const { rows } = await sql<{ upTo: string }>`
    select max(created_at)::text as up_to from (select m.created_at from messages m where ${sql.raw(saidByPeople)}
      and m.created_at > ${waitedUntil}::timestamptz
      and m.created_at <= ${act.now}::timestamptz - make_interval(mins => ${waitsMinutes}::int)
      order by m.created_at limit ${atOnce}) batch`.execute(act.tx)
  return rows[0]!.upTo
}
