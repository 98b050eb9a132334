// A campaign to many while the power goes three times: how long it takes, and that nobody is written to twice.
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres } from "../postgres-for-bench.ts"
import { callApi, startConnectedServer, type ConnectedServer } from "./server-with-connected-number.ts"

export type CampaignResult = {
  contacts: number
  kills: number
  seconds: number
  /** Messages that reached somebody who had one already. */
  doubles: number
  sent: number
  /** Under way when the power went: nobody knows, and nothing is sent again. */
  unknown: number
  missing: number
}

const kills = 3
const patienceMs = 15 * 60_000
const atOnce = 5_000

export async function benchCampaign(ground: BenchPostgres, contacts: number): Promise<CampaignResult> {
  const place = await startConnectedServer(ground, "campaign")
  const { graph, databaseUrl } = place
  await start(place, contacts)
  const began = performance.now()
  let { server } = place
  for (let kill = 1; kill <= kills; kill++) {
    await until(() => Promise.resolve(graph.reached.length >= (contacts * kill) / (kills + 1)))
    await server.stop("SIGKILL")
    server = await place.start()
  }
  await until(async () => {
    const [row] = await queryRows<{ over: boolean }>(
      databaseUrl,
      `select not exists (select from campaigns where status <> 'done')
         and not exists (select from sends where state in ('queued', 'sending')) as over`,
    )
    return row!.over
  })
  const seconds = (performance.now() - began) / 1000
  const rows = await queryRows<{ state: string; n: number }>(
    databaseUrl,
    `select coalesce(s.state, 'missing') as state, count(*)::int as n
     from campaign_shipments c left join sends s on s.message_id = c.message_id group by 1`,
  )
  const count = (state: string) => rows.find((row) => row.state === state)?.n ?? 0
  await server.stop()
  graph.close()
  const doubles = graph.reached.length - new Set(graph.reached).size
  return {
    contacts,
    kills,
    seconds,
    doubles,
    sent: count("sent"),
    unknown: count("unknown"),
    missing: count("missing"),
  }
}

async function start({ server, keys, connectionId }: ConnectedServer, contacts: number) {
  await callApi(server, keys, "POST", `/connections/${connectionId}/templates/sync`, {})
  const template = { name: "aviso", language: "es", parameters: ["{name}"] }
  const body = { name: "Bench", kind: "messaging", connectionId, template }
  const { id } = await callApi<{ id: string }>(server, keys, "POST", "/campaigns", body)
  const people = Array.from({ length: contacts }, (_, n) => {
    return { phone: `+57318${String(n).padStart(7, "0")}`, name: `Cliente ${n}` }
  })
  for (let from = 0; from < contacts; from += atOnce) {
    const recipients = people.slice(from, from + atOnce)
    await callApi(server, keys, "POST", `/campaigns/${id}/recipients`, { recipients })
  }
  await callApi(server, keys, "PUT", `/campaigns/${id}/status`, { status: "running" })
}

async function until(isTrue: () => Promise<boolean>) {
  const deadline = performance.now() + patienceMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error("The campaign of the bench did not come to its end.")
    await wait(100)
  }
}
