// A server with a number connected to the small Graph API.
import { type BenchPostgres, type ApiKeys, createApiKeys } from "../postgres-for-bench.ts"
import { type RunningServer, startServer } from "../server-process.ts"
import { parseJson, openHttpConnection } from "../keep-alive-http-client.ts"
import { type FakeGraphApi, benchNumber, startFakeGraphApi, benchSecrets } from "./fake-graph-api.ts"

export type ConnectedServer = {
  databaseUrl: string
  keys: ApiKeys
  graph: FakeGraphApi
  connectionId: string
  server: RunningServer
  /** Another process for the same database. */
  start: () => Promise<RunningServer>
}

export async function startConnectedServer(ground: BenchPostgres, name: string): Promise<ConnectedServer> {
  const databaseUrl = await ground.database(name)
  const keys = await createApiKeys(databaseUrl)
  const graph = await startFakeGraphApi()
  const start = () => startServer(ground, { databaseUrl, env: { WHATSAPP_API_URL: graph.url } })
  const server = await start()
  const settings = { ...benchNumber, ...benchSecrets }
  const { id } = await callApi<{ id: string }>(server, keys, "POST", "/connections", {
    kind: "whatsapp",
    name: "Bench",
    settings,
  })
  return { databaseUrl, keys, graph, connectionId: id, server, start }
}

export async function callApi<T>(
  server: RunningServer,
  { admin }: ApiKeys,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const wire = openHttpConnection(server.base, admin)
  try {
    return parseJson<T>(await wire.send(method, `/api/v1${path}`, body))
  } finally {
    wire.close()
  }
}
