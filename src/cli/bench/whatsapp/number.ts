// A server with a number connected to the small Graph API.
import type { Ground } from "../ground.ts"
import { type Keys, makeKeys } from "../ground.ts"
import { type Running, startServer } from "../servers.ts"
import { jsonOf, openWire } from "../wire.ts"
import { type Graph, number, openGraph, secrets } from "./graph.ts"

export type Connected = {
  databaseUrl: string
  keys: Keys
  graph: Graph
  connectionId: string
  server: Running
  /** Another process for the same database. */
  start: () => Promise<Running>
}

export async function connect(ground: Ground, name: string): Promise<Connected> {
  const databaseUrl = await ground.database(name)
  const keys = await makeKeys(databaseUrl)
  const graph = await openGraph()
  const start = () => startServer(ground, { databaseUrl, env: { WHATSAPP_API_URL: graph.url } })
  const server = await start()
  const settings = { ...number, ...secrets }
  const { id } = await call<{ id: string }>(server, keys, "POST", "/connections", {
    kind: "whatsapp",
    name: "Bench",
    settings,
  })
  return { databaseUrl, keys, graph, connectionId: id, server, start }
}

export async function call<T>(
  server: Running,
  { admin }: Keys,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const wire = openWire(server.base, admin)
  try {
    return jsonOf<T>(await wire.send(method, `/api/v1${path}`, body))
  } finally {
    wire.close()
  }
}
