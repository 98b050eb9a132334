// Messages in on two desks by turns: one where every ticket falls under a policy, one without.
import { setTimeout as wait } from "node:timers/promises"
import { type BenchPostgres, queryRows } from "../postgres-for-bench.ts"
import { failuresOf, type LoadFigures, median, medianOf } from "../closed-loop-load.ts"
import {
  createEndpoint,
  measure,
  openTraffic,
  type ProcessorCost,
  untilQuiet,
  warm,
} from "../intake-against-leanest-sql.ts"
import { startServer } from "../server-process.ts"
import { createPolicy } from "./create-policy.ts"

export type IntakeUnderPolicyScale = { rounds: number; seconds: number; clients: number }
type Side = { figures: LoadFigures; cost: ProcessorCost }
/** `ratio`: the middle of what each round under the policy reached of the round without beside it. */
export type IntakeUnderPolicyResult = { without: Side; with: Side; ratio: number }

export async function benchIntakeUnderPolicy(
  ground: BenchPostgres,
  scale: IntakeUnderPolicyScale,
  say: (line: string) => void,
): Promise<IntakeUnderPolicyResult> {
  const desks = { without: await openDesk(ground, "without_policy"), with: await openDesk(ground, "with_policy") }
  const { server, endpoint } = desks.with
  const minutes = { medium: 480 }
  await createPolicy(server.base, endpoint.keys.admin, {
    firstResponse: minutes,
    nextResponse: minutes,
    resolution: minutes,
  })
  for (const desk of [desks.without, desks.with]) await warm([desk.server], desk.endpoint)
  const rounds: Record<keyof typeof desks, Side[]> = { without: [], with: [] }
  for (let round = 1; round <= scale.rounds; round++) {
    for (const how of round % 2 === 1 ? (["without", "with"] as const) : (["with", "without"] as const))
      rounds[how].push(await measureDesk(ground, desks[how], scale))
    const [without, under] = [rounds.without.at(-1)!.figures, rounds.with.at(-1)!.figures]
    say(
      `  round ${round}: ${without.perSecond.toFixed(0)}/s without${failuresOf(without)}, ${under.perSecond.toFixed(0)}/s with${failuresOf(under)}`,
    )
  }
  for (const desk of Object.values(desks)) {
    await desk.server.stop()
    await ground.drop(desk.url)
  }
  const shares = rounds.with.map(({ figures }, n) => figures.perSecond / rounds.without[n]!.figures.perSecond)
  return { without: middleOf(rounds.without), with: middleOf(rounds.with), ratio: median(shares) }
}

async function openDesk(ground: BenchPostgres, name: string) {
  const url = await ground.database(name)
  return { url, endpoint: await createEndpoint(url), server: await startServer(ground, { databaseUrl: url }) }
}
type Desk = Awaited<ReturnType<typeof openDesk>>

async function measureDesk(ground: BenchPostgres, { url, endpoint, server }: Desk, scale: IntakeUnderPolicyScale) {
  const { traffic, close } = openTraffic([server], endpoint, scale.clients)
  const measured = await measure(ground, [server], traffic, { ...scale, quiet: () => untilCounted(url) })
  close()
  return measured
}

async function untilCounted(url: string) {
  await untilQuiet(url)
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await queryRows<{ isRead: boolean }>(
      url,
      `select (select position from event_readers where name = 'sla') >= (select position from event_readers where name = 'sequencer') as "isRead"`,
    )
    if (row!.isRead) return
    await wait(100)
  }
}

function middleOf(rounds: Side[]): Side {
  const cost = (of: keyof ProcessorCost) => median(rounds.map((round) => round.cost[of]))
  return {
    figures: medianOf(rounds.map(({ figures }) => figures)),
    cost: { client: cost("client"), hilo: cost("hilo"), postgres: cost("postgres") },
  }
}
