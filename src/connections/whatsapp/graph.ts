// One call of Meta's Graph API. It never throws, and never lets the token out: what comes back is all that may be logged.

export type Account = { graphUrl: string; token: string }

/**
 * `unreachable`: the request never left, so it may be made again. `unanswered`: it may have been carried out; the Graph
 * API has no idempotency key, so whoever sends again may send twice.
 */
export type GraphAnswer =
  | { state: "ok"; body: Record<string, unknown> }
  | { state: "refused"; httpStatus: number; code: number | null; retryAfterMs: number | null }
  | { state: "unreachable" }
  | { state: "unanswered" }

const withinMs = 20_000

export async function callGraph(
  { graphUrl, token }: Account,
  method: "GET" | "POST",
  path: string,
  body?: FormData | Record<string, unknown>,
): Promise<GraphAnswer> {
  const isForm = body instanceof FormData
  try {
    const response = await fetch(`${graphUrl}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && !isForm && { "content-type": "application/json" }) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(withinMs),
    })
    return await answerOf(response)
  } catch (error) {
    return { state: neverLeft(error) ? "unreachable" : "unanswered" }
  }
}

async function answerOf(response: Response): Promise<GraphAnswer> {
  const text = await response.text()
  const body = readObject(text)
  if (response.ok) return { state: "ok", body: body ?? {} }
  const code = (body?.["error"] as { code?: unknown } | undefined)?.code
  return {
    state: "refused",
    httpStatus: response.status,
    code: typeof code === "number" ? code : null,
    retryAfterMs: retryAfter(response.headers.get("retry-after")),
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

const beforeLeaving = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
])

// Only an error of connecting proves that nothing was sent.
function neverLeft(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } }).cause
  const codes = cause?.errors?.map((one) => one.code) ?? [cause?.code]
  return codes.length > 0 && codes.every((code) => beforeLeaving.has(String(code)))
}
