// From a webhook to the screens of agents, at a steady pace.
import { setTimeout as wait } from "node:timers/promises"
import { io, type Socket } from "socket.io-client"
import { queryRows, type BenchPostgres } from "../postgres-for-bench.ts"
import { type LoadFigures, figuresOf } from "../closed-loop-load.ts"
import { openHttpConnection } from "../keep-alive-http-client.ts"
import { startConnectedServer } from "./server-with-connected-number.ts"
import { signatureHeaders, webhookBody } from "./signed-webhook.ts"

type Scale = { perSecond: number; seconds: number; sockets: number }

export async function benchWebhookToScreen(
  ground: BenchPostgres,
  { perSecond, seconds, sockets }: Scale,
): Promise<LoadFigures> {
  const { server, keys, connectionId, databaseUrl, graph } = await startConnectedServer(ground, "whatsapp_screen")
  const received = new Map<string, number[]>()
  const note = ({ messageId }: { messageId: string }) =>
    received.set(messageId, [...(received.get(messageId) ?? []), performance.now()])
  const open = await Promise.all(Array.from({ length: sockets }, () => openSocket(server.base, keys.admin, note)))
  const wires = Array.from({ length: 16 }, () => openHttpConnection(server.base, keys.admin))
  const posted = new Map<string, number>()
  const post = async (n: number) => {
    const wire = wires.pop()
    if (!wire) return
    const id = `wamid.screen${n}`
    const body = webhookBody({ phone: `+57320${String(n % 200).padStart(7, "0")}`, name: "Carla" }, id, "Hola")
    posted.set(id, performance.now())
    await wire.send("POST", `/webhooks/whatsapp/${connectionId}`, body, signatureHeaders(JSON.stringify(body)))
    wires.push(wire)
  }
  // The first seconds compile and plan; they are posted and not counted.
  const warm = perSecond * 3
  const total = warm + perSecond * seconds
  const began = performance.now()
  const posting: Promise<void>[] = []
  for (let n = 0; n < total; n++) {
    const due = began + (n * 1000) / perSecond
    if (due > performance.now()) await wait(due - performance.now())
    posting.push(post(n))
  }
  await Promise.all(posting)
  await wait(2_000)
  const rows = await queryRows<{ id: string; name: string }>(
    databaseUrl,
    "select id, external_id as name from messages",
  )
  const counted = rows.filter(({ name }) => Number(name.slice("wamid.screen".length)) >= warm)
  const delays = counted.flatMap(({ id, name }) => (received.get(id) ?? []).map((at) => at - posted.get(name)!))
  for (const socket of open) socket.disconnect()
  for (const wire of wires) wire.close()
  await server.stop()
  graph.close()
  return figuresOf(delays, seconds, perSecond * seconds * sockets - delays.length)
}

async function openSocket(base: string, token: string, note: (body: { messageId: string }) => void): Promise<Socket> {
  const socket = io(base, { path: "/socket", auth: { token }, transports: ["websocket"], forceNew: true })
  const first = ({ action, messageId }: { action: string; messageId: string }) =>
    action === "create" && note({ messageId })
  socket.on("message", first)
  await new Promise<void>((done, fail) => {
    socket.once("ready", () => done())
    socket.once("connect_error", fail)
  })
  return socket
}
