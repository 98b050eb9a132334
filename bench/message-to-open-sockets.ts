// (d): how long after its answer a message is on everybody's open screens.
import { setTimeout as wait } from "node:timers/promises"
import { io, type Socket } from "socket.io-client"
import { queryRows, type BenchPostgres, createApiKeys } from "./postgres-for-bench.ts"
import { type LoadFigures, figuresOf } from "./closed-loop-load.ts"
import { startServer } from "./server-process.ts"
import { parseJson, openHttpConnection } from "./keep-alive-http-client.ts"

export type LiveUpdatesScale = { sockets: number; messages: number }

const everyMs = 100

export async function benchLiveUpdates(
  ground: BenchPostgres,
  { sockets, messages }: LiveUpdatesScale,
): Promise<LoadFigures> {
  const url = await ground.database("live")
  const keys = await createApiKeys(url)
  await queryRows(
    url,
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())",
  )
  const server = await startServer(ground, { databaseUrl: url })
  const received = new Map<string, number[]>()
  const note = ({ messageId }: { messageId: string }) => {
    const times = received.get(messageId) ?? []
    received.set(messageId, [...times, performance.now()])
  }
  const open = await Promise.all(Array.from({ length: sockets }, () => openSocket(server.base, keys.admin, note)))
  const wire = openHttpConnection(server.base, keys.admin)
  const answered = new Map<string, number>()
  for (let n = 0; n < messages; n++) {
    const body = { externalId: `live-${n}`, contact: { id: `+57320${String(n % 50).padStart(7, "0")}` }, text: "Hola" }
    const { message } = parseJson<{ message: { id: string } }>(
      await wire.send("POST", "/api/v1/connections/con_bench/messages", body),
    )
    answered.set(message.id, performance.now())
    await wait(everyMs)
  }
  const expected = messages * sockets
  const count = () => [...received.values()].reduce((sum, times) => sum + times.length, 0)
  for (let tries = 0; count() < expected && tries < 50; tries++) await wait(100)
  const delays = [...answered].flatMap(([id, at]) => (received.get(id) ?? []).map((time) => Math.max(0, time - at)))
  for (const socket of open) socket.disconnect()
  wire.close()
  await server.stop()
  return figuresOf(delays, (messages * everyMs) / 1000, expected - delays.length)
}

async function openSocket(
  base: string,
  token: string,
  onMessage: (body: { messageId: string }) => void,
): Promise<Socket> {
  const socket = io(base, { path: "/socket", auth: { token }, transports: ["websocket"], forceNew: true })
  socket.on("message", onMessage)
  await new Promise<void>((done, fail) => {
    socket.once("ready", () => done())
    socket.once("connect_error", fail)
  })
  return socket
}
