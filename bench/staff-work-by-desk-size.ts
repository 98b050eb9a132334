// (c): what people do all day – look at lists, open a ticket, answer – on desks of very different size, in turns.
import { queryRows, type BenchPostgres, type ApiKeys, createApiKeys } from "./postgres-for-bench.ts"
import { fillDatabase } from "./fill-database.ts"
import { type LoadFigures, runLoad, medianOf } from "./closed-loop-load.ts"
import { type RunningServer, startServer } from "./server-process.ts"
import { parseJson, openHttpConnection } from "./keep-alive-http-client.ts"

export type ListsScale = { sizes: number[]; rounds: number; seconds: number }

export type ListsRow = { deed: string; figures: LoadFigures[] }
/** `bytes`: the database on disk, indexes included, right after it was filled. */
export type BenchDesk = { size: number; messages: number; bytes: number; url: string; keys: ApiKeys }
export type ListsResult = { sizes: number[]; rows: ListsRow[]; desks: BenchDesk[] }

const open = "phase=new&phase=active&phase=waiting"
const newestFirst = "sort=-lastMessageAt"
const team = "tea_bench1"

/** The lists of the inbox, as its screens ask for them. */
export const inboxQueries: Record<string, { as: "admin" | "agent"; query: string }> = {
  "open, admin": { as: "admin", query: `${open}&${newestFirst}` },
  "unassigned, admin": { as: "admin", query: `${open}&assignedTo=unassigned&${newestFirst}` },
  "closed, admin": { as: "admin", query: `phase=closed&${newestFirst}` },
  "newest of all, admin": { as: "admin", query: "" },
  "next deadline first, admin": { as: "admin", query: `${open}&sort=slaDueAt` },
  "longest wait first, admin": { as: "admin", query: `${open}&sort=waitingSince` },
  "longest wait last, admin": { as: "admin", query: `${open}&sort=-waitingSince` },
  "open, agent": { as: "agent", query: `${open}&${newestFirst}` },
  "mine, agent": { as: "agent", query: `${open}&assignedTo=me&${newestFirst}` },
  "a team's, agent": { as: "agent", query: `${open}&teamId=${team}&${newestFirst}` },
  "next deadline first, agent": { as: "agent", query: `${open}&sort=slaDueAt` },
  "longest wait first, agent": { as: "agent", query: `${open}&sort=waitingSince` },
  "longest wait last, agent": { as: "agent", query: `${open}&sort=-waitingSince` },
  "closed, agent": { as: "agent", query: `phase=closed&${newestFirst}` },
  "newest of all, agent": { as: "agent", query: "" },
}

const clients = 2

export async function benchLists(
  ground: BenchPostgres,
  scale: ListsScale,
  say: (line: string) => void,
): Promise<ListsResult> {
  const desks: BenchDesk[] = []
  for (const size of scale.sizes) desks.push(await createBenchDesk(ground, size, say))
  const servers = await Promise.all(desks.map(({ url }) => startServer(ground, { databaseUrl: url })))
  const places = await Promise.all(desks.map((desk, i) => visit(desk, servers[i]!)))
  const rows: ListsRow[] = []
  for (const deed of Object.keys(places[0]!.deeds)) {
    const rounds = desks.map((): LoadFigures[] => [])
    for (let round = 0; round <= scale.rounds; round++) {
      for (const [i, { deeds }] of places.entries()) {
        // The first, short round warms caches and plans and is thrown away.
        const figures = await runLoad({ clients, seconds: round === 0 ? 0.3 : scale.seconds, work: deeds[deed]! })
        if (figures.errors > 0)
          throw new Error(
            `"${deed}" failed ${figures.errors} times at ${desks[i]!.size} tickets, first with ${figures.failure}`,
          )
        if (round > 0) rounds[i]!.push(figures)
      }
    }
    rows.push({ deed, figures: rounds.map(medianOf) })
    say(
      `  ${deed}: p99 ${rows
        .at(-1)!
        .figures.map(({ p99 }) => `${p99.toFixed(1)} ms`)
        .join(" · ")}`,
    )
  }
  for (const place of places) place.close()
  await Promise.all(servers.map((server) => server.stop()))
  return { sizes: scale.sizes, rows, desks }
}

/** A database with so many tickets. */
export async function createBenchDesk(
  ground: BenchPostgres,
  size: number,
  say: (line: string) => void,
): Promise<BenchDesk> {
  const began = performance.now()
  const url = await ground.database(`desk_${size}`)
  const keys = await createApiKeys(url)
  const { messages } = await fillDatabase(url, size, keys)
  const [disk] = await queryRows<{ bytes: number }>(url, "select pg_database_size(current_database())::float8 as bytes")
  say(`  ${size} tickets with ${messages} messages written in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return { size, messages, bytes: disk!.bytes, url, keys }
}

/** Everything done on one desk, each client with connections of its own for admin and agent. */
async function visit({ url, keys }: BenchDesk, server: RunningServer) {
  const wires = {
    admin: [0, 1].map(() => openHttpConnection(server.base, keys.admin)),
    agent: [0, 1].map(() => openHttpConnection(server.base, keys.agent)),
  }
  const get = async <T>(as: "admin" | "agent", client: number, path: string) =>
    parseJson<T>(await wires[as][client]!.send("GET", `/api/v1${path}`))
  const some = await queryRows<{ id: string }>(url, "select id from tickets order by md5(id) limit 500")
  const active = await queryRows<{ id: string }>(url, "select id from tickets where active order by md5(id) limit 500")
  const oneOf = (tickets: { id: string }[]) => tickets[Math.floor(Math.random() * tickets.length)]!.id
  const { nextCursor } = await get<{ nextCursor: string }>(
    "admin",
    0,
    `/tickets?${inboxQueries["closed, admin"]!.query}`,
  )
  const lists = Object.entries(inboxQueries).map(
    ([name, { as, query }]) =>
      [`list: ${name}`, async (client: number) => void (await get(as, client, `/tickets?${query}`))] as const,
  )
  const deeds: Record<string, (client: number) => Promise<void>> = {
    ...Object.fromEntries(lists),
    "list: closed, admin, second page": async (client) =>
      void (await get("admin", client, `/tickets?${inboxQueries["closed, admin"]!.query}&cursor=${nextCursor}`)),
    "counts beside the views, agent": async (client) => void (await get("agent", client, "/tickets/counts")),
    "open a ticket with its messages": async (client) => {
      const id = oneOf(some)
      await get("admin", client, `/tickets/${id}`)
      await get("admin", client, `/tickets/${id}/messages`)
    },
    reply: async (client) => {
      const path = `/api/v1/tickets/${oneOf(active)}/messages`
      parseJson(await wires.admin[client]!.send("POST", path, { content: "Hola, **lo revisamos** y te contamos hoy." }))
    },
  }
  return { deeds, close: () => [...wires.admin, ...wires.agent].forEach((wire) => wire.close()) }
}
