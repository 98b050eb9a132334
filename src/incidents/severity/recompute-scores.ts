// Scores grow with the hours, so the active ones are counted again every hour.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { recordBatch } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { lockTickets, raisePriorities } from "#tickets/index.ts"
import { riskOf } from "./risky-cities-and-carriers.ts"
import { highFrom, levelOf, scoreOf } from "./score-stuck-shipment.ts"
import { growIncidents, writeEntries } from "../reporting/reported-incident-store.ts"
import { activeAfter, type NewScore, saveScores, type ScoredIncident } from "./score-store.ts"

const batch = 1_000

export async function rescoreAll(kit: Pick<Kit, "db" | "now">): Promise<void> {
  let after: string | null = ""
  while (after !== null) {
    const from: string = after
    after = await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => rescoreFrom(act, from))
  }
}

/** Counts one batch; gives the id to go on after, or null at the end. */
async function rescoreFrom(act: Act, after: string): Promise<string | null> {
  const risk = await riskOf(act)
  const rows = await activeAfter(act, after, batch)
  const scored = rows.map((row) => ({
    ...row,
    was: row.score,
    score: row.cause === null ? scoreOf(row, risk, act.now).total : 100,
  }))
  const changed = scored.filter((row) => row.score !== row.was)
  await saveScores(act, changed satisfies NewScore[])
  if (await readSetting(act, "incidents.raiseHighRisk")) await raiseHigh(act, scored)
  return rows.length === batch ? rows.at(-1)!.ticketId : null
}

/** Only ever upwards, and said in the timeline with the score that did it. */
async function raiseHigh(act: Act, rows: ScoredIncident[]): Promise<void> {
  const high = rows.filter(({ score, priority }) => score >= highFrom && priority !== "high")
  const ids = new Set(
    await lockTickets(
      act,
      high.map(({ ticketId }) => ticketId),
      "medium",
    ),
  )
  const raised = high.filter(({ ticketId }) => ids.has(ticketId))
  await raisePriorities(act, [...ids], "high")
  await writeEntries(
    act,
    raised.map(({ ticketId, score }) => ({
      ticketId,
      action: "PRIORITY_UPGRADED",
      actor: "system",
      details: { from: "media", to: "alta", score, level: levelOf(score) },
    })),
  )
  await growIncidents(
    act,
    raised.map(({ ticketId }) => ({ ticketId, entries: 1, refs: 0 })),
  )
  const facts = raised.map(({ ticketId, score }) => ({ ticketId, data: { score, priority: "high" } }))
  await recordBatch(act, "incident.raised", facts)
}
