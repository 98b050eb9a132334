// As much of Splynx's API as a day of the demo needs, in memory: nobody is asked over the network.
import { Readable } from "node:stream"
import type { Outbound, OutboundRequest, OutboundResponse } from "#kernel/outbound/http-client.ts"

export function createSplynxInMemory() {
  const closed = new Map<string, boolean>()
  // One of its two operators is known to the desk.
  const operator = (id: string) => (Number(id) % 2 === 0 ? "7" : "9")
  const shown = (id: string) => ({ id, closed: closed.get(id) ? "1" : "0", assign_to: operator(id), customer_id: "77" })
  const answer = ({ method, url }: OutboundRequest): unknown => {
    const { pathname, searchParams } = new URL(url)
    const id = /\/tickets\/(\d+)$/.exec(pathname)?.[1]
    if (id === undefined) return [...searchParams.values()].filter((value) => closed.has(value)).map(shown)
    if (method === "PUT") closed.set(id, false)
    return method === "PUT" ? null : shown(id)
  }
  const outbound: Outbound = { ask: async (request) => responseOf(answer(request)), refuses: () => false }
  return { closed, outbound }
}

function responseOf(value: unknown): OutboundResponse {
  const text = value === null ? "" : JSON.stringify(value)
  return { status: 200, header: () => null, body: Readable.from([text]), text: async () => text, discard: () => {} }
}
