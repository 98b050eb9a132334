// One request to a Splynx and what its answer means. It never throws, and lets no secret out.
import type { Kit } from "#kernel/kit.ts"
import { describeConnectFailure } from "#kernel/outbound/describe-connect-failure.ts"
import { OutboundFailure, type OutboundResponse } from "#kernel/outbound/http-client.ts"
import type { SystemAnswer } from "../systems/system-kind.ts"

/** `status`: of HTTP, where there was an answer. */
export type SplynxAnswer = SystemAnswer<unknown> & { status?: number | undefined }
export type SplynxRequest = { method: "GET" | "PUT" | "POST"; url: string; body?: object; authorization?: string }

const limits = { idleMs: 15_000, withinMs: 15_000 }
const longestAnswer = 10 * 1024 * 1024

/** The JSON that it answered, null where the answer is empty, as after a change. */
export async function sendToSplynx(kit: Kit, request: SplynxRequest): Promise<SplynxAnswer> {
  const { method, url, body, authorization } = request
  const askedAt = kit.now()
  try {
    const reply = await kit.outbound.ask({
      method,
      url,
      headers: {
        accept: "application/json",
        ...(authorization !== undefined && { authorization }),
        ...(body && { "content-type": "application/json" }),
      },
      body: body && JSON.stringify(body),
      chosenBy: "operator",
      ...limits,
    })
    return await answerOf(reply, askedAt)
  } catch (error) {
    const isUnsent = error instanceof OutboundFailure && error.neverLeft
    return { ok: false, failure: "unreachable", detail: reasonOf(error), isUnsent }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof OutboundFailure)) return "the answer broke off"
  if (error.timedOut) return "no answer in time"
  return error.neverLeft ? (describeConnectFailure(error.code) ?? "not reached") : "no answer"
}

// Of itself, of us, or of the moment: asking again may help.
const passing = [401, 408, 425, 429]

async function answerOf(reply: OutboundResponse, askedAt: Date): Promise<SplynxAnswer> {
  const { status } = reply
  const value = readJson(await reply.text(longestAnswer))
  const detail = `HTTP ${status}`
  if (status === 404) return { ok: false, failure: "missing", detail, status }
  if (status >= 400 && status < 500 && !passing.includes(status))
    return { ok: false, failure: "refused", detail, status }
  if (status < 200 || status >= 300) return { ok: false, failure: "unreachable", detail, status }
  // A page for people, as of a proxy, is no answer of the API.
  if (value === undefined) return { ok: false, failure: "unreachable", detail: `${detail}, but not JSON` }
  return { ok: true, value, askedAt }
}

/** Null for an empty text, undefined for what is no JSON. */
function readJson(text: string): unknown {
  if (text.trim() === "") return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
