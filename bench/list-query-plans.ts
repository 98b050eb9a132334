// The plan of every list on the largest desk, shortened to its walks. None may read the whole table of tickets.
import type { Statement } from "#kernel/db.ts"
import { listQuery } from "#tickets/index.ts"
import type { Principal } from "#people/index.ts"
import { countStatement } from "#tickets/list/count-tickets.ts"
import { pageStatement } from "#tickets/list/list-tickets.ts"
import { orderOf } from "#tickets/list/sort-order.ts"
import { queryRows } from "./postgres-for-bench.ts"
import { type BenchDesk, inboxQueries } from "./staff-work-by-desk-size.ts"

export type QueryPlan = { list: string; walks: string[]; readsAll: boolean }

const benchTeam = "tea_bench1"

export async function explainLists({ url, keys }: BenchDesk): Promise<QueryPlan[]> {
  const common = { kind: "key" as const, language: "es" as const, timezone: "UTC" }
  const people: Record<"admin" | "agent", Principal> = {
    admin: { ...common, id: keys.adminId, role: "admin", teamIds: [] },
    agent: { ...common, id: keys.agentId, role: "agent", teamIds: [benchTeam] },
  }
  const plans: QueryPlan[] = []
  for (const [list, { as, query }] of Object.entries(inboxQueries)) {
    const asked = listQuery.parse(parameters(query))
    const page = pageStatement({ who: people[as], query: asked, order: orderOf(asked.sort), after: null })
    plans.push(
      await planOf(url, list, page),
      await planOf(url, `${list}, total`, countStatement(people[as], asked, 10_001)),
    )
  }
  return plans
}

function parameters(query: string): Record<string, string | string[]> {
  const given = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(given.keys())]
      .map((name) => [name, given.getAll(name)])
      .map(([name, all]) => [name, all!.length === 1 ? all![0] : all]),
  )
}

async function planOf(url: string, list: string, { text, values }: Statement): Promise<QueryPlan> {
  const rows = await queryRows<{ "QUERY PLAN": string }>(
    url,
    `explain (analyze, timing off, buffers off, summary off) ${text}`,
    values,
  )
  const lines = rows.map((row) => row["QUERY PLAN"])
  const walks = lines.filter((line) => / on (tickets|ticket_sla) /.test(line)).map(shortened)
  return { list, walks, readsAll: lines.some((line) => /Seq Scan on (tickets|ticket_sla)\b/.test(line)) }
}

const shortened = (line: string) =>
  line
    .trim()
    .replace(/^->\s+/, "")
    .replace(/\s*\(cost=[^)]*\)/, "")
    .replace(/\(actual rows=([\d.]+) loops=(\d+)\)/, "($1 rows × $2)")
