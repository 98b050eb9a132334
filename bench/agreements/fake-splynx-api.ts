// As much of Splynx's API as a sync needs: it lists the tickets that are asked for, all open but those that were closed, and counts.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export type FakeSplynxApi = {
  url: string
  /** How many requests came. */
  requests: number
  closed: Set<string>
  close: () => void
}

export async function startFakeSplynxApi(): Promise<FakeSplynxApi> {
  const closed = new Set<string>()
  const ticket = (id: string) => ({
    id,
    closed: closed.has(id) ? "1" : "0",
    assign_to: "7",
    customer_id: "77",
    subject: "Sin servicio",
  })
  const server = createServer((request, response) => {
    api.requests++
    const { pathname, searchParams } = new URL(request.url!, "http://splynx")
    const one = /\/tickets\/(\d+)$/.exec(pathname)?.[1]
    const ids = [...searchParams].flatMap(([name, id]) => (name.startsWith("main_attributes[id][1]") ? [id] : []))
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(one === undefined ? ids.map(ticket) : ticket(one)))
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api: FakeSplynxApi = { url, requests: 0, closed, close }
  return api
}
