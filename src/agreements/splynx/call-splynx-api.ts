// One call of Splynx's API: paced, in order, once more where that is safe, and not at all while Splynx does not answer.
import { setTimeout as pause } from "node:timers/promises"
import type { Kit } from "#kernel/kit.ts"
import { type CircuitBreaker, createCircuitBreaker } from "#kernel/outbound/circuit-breaker.ts"
import { authorizeSplynxRequest } from "./authorize-splynx-request.ts"
import { type SplynxAnswer, type SplynxRequest, sendToSplynx } from "./send-to-splynx.ts"
import { type SplynxAccount, urlOf, waitForTurn } from "./splynx-account.ts"

/** `always`: also while the breaker is open, as somebody waits for the answer. */
export type CallOptions = { always: boolean }
type Call = { method: SplynxRequest["method"]; path: string; body?: object }
type Caller = { kit: Kit; account: SplynxAccount }

const breakers = new Map<string, CircuitBreaker>()
// Of the systems whose requests are signed.
const lastCalls = new Map<string, Promise<unknown>>()
const longestWaitMs = 15_000

/** Signed requests go one at a time: they must arrive in the order of their nonces. One that has waited for long is not made: much may have changed. */
export async function callSplynx(caller: Caller, call: Call, options: CallOptions): Promise<SplynxAnswer> {
  const { id, credentials } = caller.account
  if (credentials.auth !== "api_key") return throughBreaker(caller, call, options)
  const before = lastCalls.get(id)
  const since = performance.now()
  const mine = (async () => {
    await before?.catch(() => {})
    return performance.now() - since > longestWaitMs ? busy : throughBreaker(caller, call, options)
  })()
  lastCalls.set(id, mine)
  return mine
}

const busy: SplynxAnswer = { ok: false, failure: "paused", detail: "other requests take too long" }

async function throughBreaker(caller: Caller, call: Call, { always }: CallOptions): Promise<SplynxAnswer> {
  const { kit, account } = caller
  const breaker = breakers.get(account.id) ?? createCircuitBreaker({ failures: 3, pauseMs: 60_000 })
  breakers.set(account.id, breaker)
  if (breaker.isOpen(kit.now()) && !always) return { ok: false, failure: "paused", detail: "it did not answer lately" }
  let answer = await authorized(caller, call)
  // What changes nothing may simply be asked again, once.
  if (call.method === "GET" && isFault(answer) && (answer.status ?? 500) >= 500) {
    await pause((Math.random() * 2_000) / account.requestsPerSecond)
    answer = await authorized(caller, call)
  }
  breaker.note(isFault(answer), kit.now())
  return answer
}

const isFault = (answer: SplynxAnswer) => !answer.ok && answer.failure === "unreachable"

/** A token may be over, and another server's signed request may have overtaken ours: each gets a second try. */
async function authorized(caller: Caller, call: Call, refused: string | null = null): Promise<SplynxAnswer> {
  const { kit, account } = caller
  await waitForTurn(kit, account)
  // The nonce last: while we waited with it, another server would overtake us.
  const authorization = await authorizeSplynxRequest(kit, account, refused)
  if (!authorization.ok) return authorization
  const { path, ...request } = call
  const answer = await sendToSplynx(kit, { ...request, url: urlOf(account, path), authorization: authorization.value })
  const mayDiffer = answer.status === 401 && refused === null && account.credentials.auth !== "basic"
  return mayDiffer ? authorized(caller, call, authorization.value) : answer
}
