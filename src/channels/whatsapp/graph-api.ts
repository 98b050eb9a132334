// One call of Meta's Graph API. It never throws, and never lets the token out: what comes back is all that may be logged.
import { type Outbound, type OutboundResponse, OutboundFailure } from "#kernel/outbound/http-client.ts"

export type Account = { graphUrl: string; token: string; outbound: Outbound }

/**
 * `unreachable`: the request never left, so it may be made again. `unanswered`: it may have been carried out; the Graph
 * API has no idempotency key, so sending again may send twice.
 */
export type GraphAnswer =
  | { state: "ok"; body: Record<string, unknown> }
  | { state: "refused"; httpStatus: number; code: number | null; retryAfterMs: number | null }
  | { state: "unreachable" }
  | { state: "unanswered" }

const limits = { idleMs: 20_000, withinMs: 20_000 }

export async function callGraph(
  { graphUrl, token, outbound }: Account,
  method: "GET" | "POST",
  path: string,
  body?: FormData | Record<string, unknown>,
): Promise<GraphAnswer> {
  try {
    const { type, bytes } = await packed(body)
    const reply = await outbound.ask({
      method,
      url: `${graphUrl}/${path}`,
      headers: { authorization: `Bearer ${token}`, ...(type !== null && { "content-type": type }) },
      body: bytes,
      chosenBy: "operator",
      ...limits,
    })
    return await answerOf(reply)
  } catch (error) {
    return { state: error instanceof OutboundFailure && error.neverLeft ? "unreachable" : "unanswered" }
  }
}

async function packed(body: FormData | Record<string, unknown> | undefined) {
  if (body === undefined) return { type: null, bytes: undefined }
  if (!(body instanceof FormData)) return { type: "application/json", bytes: JSON.stringify(body) }
  const form = new Response(body)
  return { type: form.headers.get("content-type"), bytes: Buffer.from(await form.arrayBuffer()) }
}

const longestAnswer = 10 * 1024 * 1024

async function answerOf(reply: OutboundResponse): Promise<GraphAnswer> {
  const body = readObject(await reply.text(longestAnswer))
  if (reply.status >= 200 && reply.status < 300) return { state: "ok", body: body ?? {} }
  // The Graph API redirects nowhere: an answer that redirects is not from it.
  if (reply.status < 400) return { state: "unanswered" }
  const code = (body?.["error"] as { code?: unknown } | undefined)?.code
  return {
    state: "refused",
    httpStatus: reply.status,
    code: typeof code === "number" ? code : null,
    retryAfterMs: retryAfter(reply.header("retry-after")),
  }
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const longestWaitMs = 3_600_000

function retryAfter(header: string | null): number | null {
  if (header === null || !/^\d{1,6}$/.test(header)) return null
  return Math.min(Number(header) * 1000, longestWaitMs)
}
