// A client of HTTP/1.1 on one kept-alive connection, one request at a time. Node's own client costs about as much
// processor time as the server it would measure, on the same cores; this one costs little.
import { connect as connectSocket, type Socket } from "node:net"

export type HttpConnection = {
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  close: () => void
}
type Answer = { status: number; text: string }
type PendingRequest = { done: (answer: Answer) => void; fail: (error: Error) => void }

export function openHttpConnection(base: string, key: string): HttpConnection {
  const { hostname, port } = new URL(base)
  const fixed = `host: ${hostname}:${port}\r\nauthorization: Bearer ${key}\r\n`
  let waiting: PendingRequest | null = null
  let received: Buffer = Buffer.alloc(0)
  let socket: Socket | null = null
  const settle = (settled: (waiting: PendingRequest) => void) => {
    const now = waiting
    waiting = null
    received = Buffer.alloc(0)
    if (now) settled(now)
  }
  const open = () => {
    const fresh = connectSocket(Number(port), hostname)
    fresh.setNoDelay(true)
    fresh.on("data", (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (answer) settle(({ done }) => done(answer))
    })
    fresh.on("error", () => {})
    fresh.on("close", () => {
      if (socket !== fresh) return
      socket = null
      settle(({ fail }) => fail(new Error("the connection was closed")))
    })
    return fresh
  }
  return {
    send: (method, path, body, headers = {}) =>
      new Promise((done, fail) => {
        waiting = { done, fail }
        socket ??= open()
        socket.write(`${method} ${path} HTTP/1.1\r\n${fixed}${lines(headers)}${written(body)}`)
      }),
    close: () => void socket?.destroy(),
  }
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")

function written(body: unknown): string {
  if (body === undefined) return "\r\n"
  const text = JSON.stringify(body)
  return `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}

function readAnswer(received: Buffer): Answer | null {
  const end = received.indexOf("\r\n\r\n")
  if (end < 0) return null
  const head = received.toString("latin1", 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without a length: ${head}`)
  const total = end + 4 + Number(length)
  if (received.length < total) return null
  return { status: Number(head.slice(9, 12)), text: received.toString("utf8", end + 4, total) }
}

/** The answer's JSON, or an error that says what came instead. */
export function parseJson<T>({ status, text }: Answer): T {
  if (status >= 300) throw new Error(`${status}: ${text.slice(0, 300)}`)
  return JSON.parse(text) as T
}
