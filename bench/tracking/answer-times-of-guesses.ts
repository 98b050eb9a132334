// Guesses at the tracking page: none of them may hit, and how long an answer takes must not say whether the number or the e-mail is
// anybody's. Each guess comes from an address of its own, so that the limits do not end the bench.
import { fillDatabase } from "../fill-database.ts"
import { type HttpConnection, openHttpConnection } from "../keep-alive-http-client.ts"
import { queryRows, type BenchPostgres, createApiKeys } from "../postgres-for-bench.ts"
import { median } from "../closed-loop-load.ts"
import { startServer } from "../server-process.ts"

/** `z`: of the rank test against guesses at nothing; beyond 3 the two can be distinguished. */
type GuessFigures = { guessed: string; p50: number; z: number }
export type TrackingResult = { tickets: number; guesses: number; hits: number; figures: GuessFigures[] }
export type TrackingScale = { tickets: number; guesses: number }

type Guess = { number: string; email: string }

export async function benchTracking(
  ground: BenchPostgres,
  { tickets, guesses }: TrackingScale,
): Promise<TrackingResult> {
  const databaseUrl = await ground.database("tracking")
  const keys = await createApiKeys(databaseUrl)
  await fillDatabase(databaseUrl, tickets, keys)
  const numbers = await texts(databaseUrl, "select number as text from tickets order by md5(id) limit $1", guesses)
  const emails = await texts(
    databaseUrl,
    "select value as text from contact_identities where kind = 'email' order by md5(id) limit $1",
    guesses,
  )
  const nobody = (n: number) => `nobody${n}@example.org`
  const kinds: Record<string, (n: number) => Guess> = {
    nothing: (n) => ({ number: `TKT-${900_000_000 + n}`, email: nobody(n) }),
    "a number that is a ticket's": (n) => ({ number: numbers[n % numbers.length]!, email: nobody(n) }),
    "an e-mail that is a contact's": (n) => ({ number: `TKT-${900_000_000 + n}`, email: emails[n % emails.length]! }),
  }
  const server = await startServer(ground, { databaseUrl, env: { TRUSTED_PROXIES: "127.0.0.1", LOG_LEVEL: "warn" } })
  const wire = openHttpConnection(server.base, keys.agent)
  try {
    const { times, hits } = await guessInTurns(wire, Object.values(kinds), guesses)
    const figures = Object.keys(kinds).map((guessed, n) => ({
      guessed,
      p50: median(times[n]!),
      z: rankSumZ(times[n]!, times[0]!),
    }))
    return { tickets, guesses, hits, figures }
  } finally {
    wire.close()
    await server.stop()
    await ground.drop(databaseUrl)
  }
}

const texts = async (url: string, sql: string, limit: number) =>
  (await queryRows<{ text: string }>(url, sql, [limit])).map(({ text }) => text)

const warmUp = 300

/** One of each kind in turn, in another order each time, so that what drifts touches all alike. */
async function guessInTurns(wire: HttpConnection, kinds: ((n: number) => Guess)[], guesses: number) {
  const times = kinds.map((): number[] => [])
  let hits = 0
  const rounds = Math.ceil(guesses / kinds.length)
  for (let round = -warmUp; round < rounds; round++) {
    for (const kind of kinds.map((_, n) => n).toSorted(() => Math.random() - 0.5)) {
      const n = round + warmUp
      const from = `10.${kind}.${n >> 8}.${n & 255}`
      const began = performance.now()
      const { status } = await wire.send("POST", "/api/v1/track", kinds[kind]!(n), { "x-forwarded-for": from })
      const took = performance.now() - began
      if (status === 200) hits++
      else if (status !== 404) throw new Error(`a guess was answered with ${status}`)
      if (round >= 0) times[kind]!.push(took)
    }
  }
  return { times, hits }
}

/** Mann–Whitney: how many standard deviations the ranks of `a` among both are from what equal ones would have. */
function rankSumZ(a: number[], b: number[]): number {
  const all = [...a.map((time) => [time, 1] as const), ...b.map((time) => [time, 0] as const)].toSorted(
    ([left], [right]) => left - right,
  )
  const ranks = all.reduce((sum, [, isOfA], index) => sum + isOfA * (index + 1), 0)
  const [m, n] = [a.length, b.length]
  const u = ranks - (m * (m + 1)) / 2
  return (u - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12)
}

export function trackingPart({ tickets, guesses, hits, figures }: TrackingResult): string[] {
  const [, ...others] = figures
  const missed = others.some(({ z }) => Math.abs(z) > 3) ? " – missed" : ""
  const said = figures.map(({ guessed, p50, z }, n) =>
    n === 0 ? `at ${guessed} p50 ${p50.toFixed(2)} ms` : `at ${guessed} ${p50.toFixed(2)} ms (z ${z.toFixed(1)})`,
  )
  return [
    "## Tracking",
    `${guesses.toLocaleString("en")} guesses at a desk of ${tickets.toLocaleString("en")} tickets, in turns: ${hits} hits; ${said.join(", ")}. The ranks of the times of each kind against those of guesses at nothing; goal: no hit, and z within ±3${missed}.`,
  ]
}
