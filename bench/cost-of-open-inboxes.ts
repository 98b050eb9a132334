// What an open inbox costs the server per message, and how soon the message is on it, by the browser's own code.
import { setTimeout as wait } from "node:timers/promises"
import type { TicketNotice } from "../web/live-updates/ticket-notice-and-row.ts"
import { type BenchPostgres, createApiKeys, queryRows } from "./postgres-for-bench.ts"
import { figuresOf, type LoadFigures } from "./closed-loop-load.ts"
import { openHttpConnection, parseJson } from "./keep-alive-http-client.ts"
import { type InboxScreen, openInboxScreen } from "./simulated-inbox-screen.ts"
import { cpuSecondsOf, startServer } from "./server-process.ts"

/** `msPerMessage`: processor time of the server; `cores`: the share of one that it used. */
export type ScreensRow = {
  screens: number
  msPerMessage: number
  cores: number
  requests: number
  figures: LoadFigures
}

export const everyMs = 100
export const contacts = 50
const inbox = {
  kind: ["conversation", "support"],
  phase: ["new", "active", "waiting"],
  sort: "-lastMessageAt",
}

export async function benchOpenScreens(
  ground: BenchPostgres,
  { screens, messages }: { screens: number[]; messages: number },
): Promise<ScreensRow[]> {
  const url = await ground.database("screens")
  const keys = await createApiKeys(url)
  await queryRows(
    url,
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())",
  )
  const server = await startServer(ground, { databaseUrl: url })
  const write = createWriter(server.base, keys.admin)
  const rows: ScreensRow[] = []
  for (let n = 0; n < contacts; n++) await write()
  for (const count of screens) {
    const seen = new Map<string, number[]>()
    const open: InboxScreen[] = []
    for (let n = 0; n < count; n++)
      open.push(await openInboxScreen({ base: server.base, token: keys.admin, filters: [inbox] }))
    for (const { socket } of open)
      socket.on("ticket", ({ row }: TicketNotice) => {
        const key = `${row?.id} ${row?.messageCount}`
        seen.set(key, [...(seen.get(key) ?? []), performance.now()])
      })
    const requests = () => open.reduce((sum, screen) => sum + screen.requests(), 0)
    const [before, cpuBefore, began] = [requests(), cpuSecondsOf(server.pid), performance.now()]
    const answered = new Map<string, number>()
    for (let n = 0; n < messages; n++) {
      const next = began + (n + 1) * everyMs
      answered.set((await write()).key, performance.now())
      await wait(Math.max(0, next - performance.now()))
    }
    const [seconds, cpu] = [(performance.now() - began) / 1000, cpuSecondsOf(server.pid) - cpuBefore]
    await wait(1_000)
    const delays = [...answered].flatMap(([key, at]) => (seen.get(key) ?? []).map((time) => Math.max(0, time - at)))
    const figures = figuresOf(delays, seconds, messages * count - delays.length)
    const asked = requests() - before
    rows.push({
      screens: count,
      msPerMessage: (cpu / messages) * 1_000,
      cores: cpu / seconds,
      requests: asked,
      figures,
    })
    for (const screen of open) screen.close()
  }
  await server.stop()
  return rows
}

/** Sends the next message; `key` is its ticket and the how-manieth of it the message is. No two have the same text. */
export function createWriter(base: string, key: string) {
  const wire = openHttpConnection(base, key)
  let sent = 0
  return async () => {
    const n = sent++
    const contact = { id: `+57320${String(n % contacts).padStart(7, "0")}` }
    const text = `Hola ${n}`
    const body = { externalId: `screens-${n}`, contact, text }
    const answer = await wire.send("POST", "/api/v1/connections/con_bench/messages", body)
    const { ticket } = parseJson<{ ticket: { id: string } }>(answer)
    return { key: `${ticket.id} ${Math.floor(n / contacts) + 1}`, text }
  }
}
