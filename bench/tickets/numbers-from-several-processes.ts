// Support tickets that several processes open at once on one database: each must get a number of its own.
import { openHttpConnection, parseJson } from "../keep-alive-http-client.ts"
import { type BenchPostgres, createApiKeys, queryRows } from "../postgres-for-bench.ts"
import { startServer } from "../server-process.ts"

export type NumbersScale = { tickets: number; processes: number; clients: number }
/** `numbers`: different ones that were answered; `stored`: that the table has. */
export type NumbersResult = NumbersScale & { numbers: number; stored: number; perSecond: number }

/** `clients`: of each process. Throws when a number is missing, or there twice. */
export async function benchTicketNumbers(ground: BenchPostgres, scale: NumbersScale): Promise<NumbersResult> {
  const { tickets, processes, clients } = scale
  const url = await ground.database("numbers")
  const { agent } = await createApiKeys(url)
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer(ground, { databaseUrl: url })))
  const connections = servers.flatMap(({ base }) =>
    Array.from({ length: clients }, () => openHttpConnection(base, agent)),
  )
  try {
    const numbers = new Set<string>()
    let left = tickets
    const began = performance.now()
    const client = async ({ send }: (typeof connections)[number]) => {
      while (left-- > 0) {
        const answer = await send("POST", "/api/v1/tickets", { subject: "One of many" })
        numbers.add(parseJson<{ number: string }>(answer).number)
      }
    }
    await Promise.all(connections.map(client))
    const perSecond = tickets / ((performance.now() - began) / 1_000)
    const [row] = await queryRows<{ stored: number }>(url, "select count(distinct number)::int as stored from tickets")
    const result = { ...scale, numbers: numbers.size, stored: row!.stored, perSecond }
    if (result.numbers !== tickets || result.stored !== tickets)
      throw new Error(`${tickets} tickets have ${result.numbers} numbers, ${result.stored} in the table`)
    return result
  } finally {
    connections.forEach(({ close }) => close())
    await Promise.all(servers.map(({ stop }) => stop()))
    await ground.drop(url)
  }
}

export function numbersPart({ tickets, processes, clients, numbers, perSecond }: NumbersResult): string[] {
  const [opened, different] = [tickets, numbers].map((n) => n.toLocaleString("en"))
  return [
    "## Numbers",
    `${opened} tickets opened over HTTP by ${processes} processes at once, ${clients} clients each: ${different} numbers (goal: as many), ${perSecond.toFixed(0)} tickets a second.`,
  ]
}
