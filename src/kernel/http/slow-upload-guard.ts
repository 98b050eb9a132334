// How slowly a request may come. Nothing bounds a large file on a slow line but its own progress; what stands still, or
// trickles only to hold a connection, is ended.
import type { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import { performance } from "node:perf_hooks"

export type MinimumRate = {
  /** How long no byte may come. */
  idleMs: number
  /** From then on so many bytes must have come each second, on average: 25 MB may take 50 minutes, 1 kB half of one. */
  graceMs: number
  bytesPerSecond: number
}

export const defaultMinimumRate: MinimumRate = { idleMs: 20_000, graceMs: 30_000, bytesPerSecond: 8_192 }

type IncomingRequest = {
  request: IncomingMessage
  response: ServerResponse
  began: number
  at: number
  bytes: number
  last: number
}

/** Watches requests whose bodies are still coming; `check` ends those that are too slow and drops those that are complete. */
export function createSlowRequestGuard(
  { idleMs, graceMs, bytesPerSecond }: MinimumRate,
  now = () => performance.now(),
) {
  const coming = new Set<IncomingRequest>()
  const isTooSlow = (one: IncomingRequest) => {
    const total = one.request.socket.bytesRead
    if (total !== one.last) Object.assign(one, { last: total, at: now() })
    const late = now() - one.began - graceMs
    return now() - one.at > idleMs || total - one.bytes < (late / 1000) * bytesPerSecond
  }
  return {
    watch: (request: IncomingMessage, response: ServerResponse) => {
      const { socket, complete } = request
      // A request that was made within the process has no line to be slow on.
      if (complete || !(socket instanceof Socket)) return
      coming.add({ request, response, began: now(), at: now(), bytes: socket.bytesRead, last: socket.bytesRead })
    },
    check: () => {
      for (const one of coming) {
        const isOver = one.request.complete || one.request.destroyed
        if (isOver || isTooSlow(one)) coming.delete(one)
        if (!isOver && !coming.has(one)) refuse(one)
      }
    },
    size: () => coming.size,
  }
}

const tooSlow = "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

function refuse({ request: { socket }, response }: IncomingRequest) {
  if (!response.headersSent) socket.write(tooSlow)
  socket.destroySoon()
}
