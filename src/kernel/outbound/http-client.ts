// The one way by which Hilo asks others over HTTP. It connects to the very addresses that it checked, follows no redirect,
// takes no credentials from an address, and ends what takes too long.
import { lookup as resolveName } from "node:dns/promises"
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http"
import https from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { LookupAddress } from "node:dns"
import { isPublicAddress } from "./public-address.ts"

export type OutboundRequest = {
  method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE"
  url: string
  headers?: Record<string, string>
  body?: string | Buffer | { bytes: Readable; length: number } | undefined
  /** Who chose the address: an operator's setting may lead anywhere, whatever else only to the public internet. */
  chosenBy: "operator" | "user"
  /** How long nothing at all may happen. */
  idleMs: number
  /** How long it may take, the last byte of the answer included. */
  withinMs: number
  /** Ends it before that. */
  signal?: AbortSignal | undefined
}

export type OutboundResponse = {
  status: number
  header: (name: string) => string | null
  body: Readable
  /** The whole body as text; throws when it is longer than so many bytes. */
  text: (longest: number) => Promise<string>
  /** Lets the body go, so that the connection may serve again. */
  discard: () => void
}

export type Outbound = {
  /** Throws `Unanswered` when no answer came, for whatever reason. A redirect is an answer like any other. */
  ask: (ask: OutboundRequest) => Promise<OutboundResponse>
  /** Would an address of a user's choice be refused by what it says itself? What a name leads to is only seen on asking. */
  refuses: (url: string) => boolean
}

type FailureFacts = { neverLeft: boolean; timedOut?: boolean; code?: string | undefined }

/**
 * No answer came. `neverLeft`: nothing of the request was sent, so it may be made again. `code`: of the system or of TLS, such as
 * ECONNREFUSED; it says what is there, and is for nobody but an operator.
 */
export class OutboundFailure extends Error {
  readonly neverLeft: boolean
  readonly timedOut: boolean
  readonly code: string | undefined

  constructor(why: string, { neverLeft, timedOut = false, code }: FailureFacts) {
    super(why)
    this.neverLeft = neverLeft
    this.timedOut = timedOut
    this.code = code
  }
}

type Resolve = (name: string) => Promise<LookupAddress[]>
type Options = {
  /** Hosts, by name or address, that users may choose although they are not public. */
  allowPrivate: readonly string[]
  resolve?: Resolve
  isOpen?: (ip: string) => boolean
}
type Slots = { http: http.Agent; https: https.Agent; lookup: LookupFunction }
type Target = { url: URL; slot: Slots }

export function createOutbound(options: Options): Outbound {
  const { allowPrivate, resolve = (name) => resolveName(name, { all: true }), isOpen = isPublicAddress } = options
  const listed = new Set(allowPrivate.map(asWritten))
  // A connection is kept for the next request to its host: what an operator may reach must never serve a user's choice.
  const slots = { operator: slot(resolve, () => true), user: slot(resolve, isOpen) }
  const listedSlot = slot(resolve, () => true)
  const targetOf = (text: string, chosenBy: OutboundRequest["chosenBy"]): Target | null => {
    const url = URL.parse(text)
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null
    const host = bare(url.hostname).replace(/\.$/, "")
    if (chosenBy === "user" && listed.has(host)) return { url, slot: listedSlot }
    // The resolver is not asked about an address.
    if (chosenBy === "user" && isIP(host) && !isOpen(host)) return null
    return { url, slot: slots[chosenBy] }
  }
  return {
    refuses: (url) => targetOf(url, "user") === null,
    ask: async (ask) => {
      const target = targetOf(ask.url, ask.chosenBy)
      if (!target) throw new OutboundFailure("the address is refused", { neverLeft: true })
      return send(target, ask)
    },
  }
}

const bare = (host: string) => host.replace(/^\[|\]$/g, "")

/** As `URL` writes it: each host has one form. */
const asWritten = (host: string) =>
  bare(URL.parse(`http://${isIP(host) === 6 ? `[${host}]` : host}/`)?.hostname ?? host)

function slot(resolve: Resolve, isOpen: (ip: string) => boolean): Slots {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) }
  // One address that is not open spoils the name: somebody tries.
  const checked = async (name: string) => {
    const found = await resolve(name)
    if (found.length === 0 || !found.every(({ address }) => isOpen(address))) throw new Error("the address is refused")
    return found
  }
  const lookup: LookupFunction = async (name, { all }, done) => {
    try {
      const found = await checked(name)
      done(null, all ? found : found[0]!.address, found[0]!.family)
    } catch (error) {
      done(error as NodeJS.ErrnoException, [])
    }
  }
  return { ...agents, lookup }
}

function send({ url, slot: { lookup, ...agents } }: Target, ask: OutboundRequest): Promise<OutboundResponse> {
  const { method, headers, body, idleMs, withinMs } = ask
  const timeout = AbortSignal.timeout(withinMs)
  const signal = ask.signal ? AbortSignal.any([timeout, ask.signal]) : timeout
  const isSecure = url.protocol === "https:"
  const more = body && typeof body === "object" && "length" in body && { "content-length": String(body.length) }
  const common: RequestOptions = { method, headers: { ...headers, ...more }, lookup, signal, timeout: idleMs }
  return new Promise((done, fail) => {
    const request = isSecure
      ? https.request(url, { ...common, agent: agents.https })
      : http.request(url, { ...common, agent: agents.http })
    const hasLeft = watchLeaving(request, isSecure ? "secureConnect" : "connect")
    let timedOut = false
    request.on("timeout", () => {
      timedOut = true
      request.destroy(new Error("nothing happened for too long"))
    })
    request.on("response", (response) => done(replyOf(response)))
    const giveUp = (why: string, code?: string) =>
      fail(new OutboundFailure(why, { neverLeft: !hasLeft(), timedOut: timedOut || timeout.aborted, code }))
    request.on("error", ({ message, code }: NodeJS.ErrnoException) => giveUp(message, code))
    // Also when a server wants to go on in another protocol, which is no error.
    request.on("close", () => giveUp("the connection was closed"))
    void sendBody(request, body)
  })
}

/** Whether a connection was open on which something may have been sent. */
function watchLeaving(request: ClientRequest, event: "connect" | "secureConnect"): () => boolean {
  let left = false
  request.once("socket", (socket) => {
    if (request.reusedSocket) left = true
    else socket.once(event, () => (left = true))
  })
  return () => left
}

async function sendBody(request: ClientRequest, body: OutboundRequest["body"]) {
  if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) return void request.end(body)
  // The request's own error says what became of it.
  await pipeline(body.bytes, request).catch((error: Error) => request.destroy(error))
}

function replyOf(response: IncomingMessage): OutboundResponse {
  const header = (name: string) => {
    const value = response.headers[name]
    return typeof value === "string" ? value : null
  }
  const text = async (longest: number) => {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > longest) throw new Error(`more than ${longest} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString()
  }
  // Nobody waits for it, and an error of it is nobody's.
  const discard = () => void text(64 * 1024).catch(() => response.destroy())
  return { status: response.statusCode ?? 0, header, body: response, text, discard }
}
