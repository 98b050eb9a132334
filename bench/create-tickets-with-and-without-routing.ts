// (e): tickets created over HTTP, with nobody to give them to and with twenty agents who get them, in turns.
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres, createApiKeys } from "./postgres-for-bench.ts"
import { failuresOf, type LoadFigures, runLoad, medianOf } from "./closed-loop-load.ts"
import { startServer } from "./server-process.ts"
import { parseJson, openHttpConnection } from "./keep-alive-http-client.ts"

export type AssignmentScale = { rounds: number; seconds: number; clients: number }
export type AssignmentResult = { without: LoadFigures; with: LoadFigures; lastGivenAfterMs: number }

const agents = 20

/** Conversations, the dearer kind: one that is given somebody moves to open too. */
export async function benchAssignment(
  ground: BenchPostgres,
  scale: AssignmentScale,
  say: (line: string) => void,
): Promise<AssignmentResult> {
  const url = await ground.database("assignment")
  const { admin } = await createApiKeys(url)
  await queryRows(url, staff)
  const server = await startServer(ground, { databaseUrl: url })
  const rates: Record<"without" | "with", LoadFigures[]> = { without: [], with: [] }
  const late: number[] = []
  try {
    await creating(server.base, admin, { ...scale, seconds: 3 })
    for (let round = 1; round <= scale.rounds; round++) {
      for (const how of ["without", "with"] as const) {
        await queryRows(url, "update teams set auto_assign = $1", [how === "with" ? ["conversation"] : []])
        rates[how].push(await creating(server.base, admin, scale))
        if (how === "with") late.push(await untilGiven(url))
        // Each round finds agents with little on their hands.
        await queryRows(url, "update tickets set status = 'closed', closed_at = now() where status <> 'closed'")
      }
      const [without, given] = [rates.without.at(-1)!, rates.with.at(-1)!]
      say(
        `  round ${round}: ${without.perSecond.toFixed(0)}/s without${failuresOf(without)}, ${given.perSecond.toFixed(0)}/s with${failuresOf(given)}`,
      )
    }
  } finally {
    await server.stop()
  }
  return { without: medianOf(rates.without), with: medianOf(rates.with), lastGivenAfterMs: Math.max(...late) }
}

const staff = `
  insert into teams (id, name, is_default, created_at) values ('tem_bench', 'Bench', true, now());
  insert into users (id, email, name, role, capacity, created_at, updated_at)
    select 'usr_bench' || n, 'bench' || n || '@example.com', 'Agent ' || n, 'agent', 10000, now(), now() from generate_series(1, ${agents}) n;
  insert into team_members (team_id, user_id) select 'tem_bench', id from users where id like 'usr_bench%';
  insert into presence (user_id, status, chosen_at) select id, 'online', now() from users where id like 'usr_bench%';
  insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())`

let made = 0

async function creating(base: string, key: string, { clients, seconds }: AssignmentScale): Promise<LoadFigures> {
  const wires = Array.from({ length: clients }, () => openHttpConnection(base, key))
  const work = async (client: number) => {
    const n = ++made
    const contact = { id: `+5730${String(n).padStart(8, "0")}`, name: `Contact ${n}` }
    const body = { externalId: `bench-${n}`, contact, text: "hola" }
    parseJson(await wires[client]!.send("POST", "/api/v1/connections/con_bench/messages", body))
  }
  const figures = await runLoad({ clients, seconds, work })
  wires.forEach((wire) => wire.close())
  return figures
}

/** How long after the last answer until every ticket has somebody. */
async function untilGiven(url: string): Promise<number> {
  const began = performance.now()
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await queryRows<{ n: number }>(
      url,
      "select count(*)::int as n from tickets where assignee_id is null and status <> 'closed'",
    )
    if (row!.n === 0) return performance.now() - began
    await wait(50)
  }
  throw new Error("some tickets were never given to anybody")
}
