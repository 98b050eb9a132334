import assert from "node:assert/strict"
import { test } from "node:test"
import type { ApiResult } from "./chat-api.ts"
import { type SendOutcome, sendOutcome } from "./send-outcome.ts"

const refused = (status: number, code = "", afterSeconds: number | null = null): ApiResult<never> => {
  return { ok: false, status, code, afterSeconds }
}

const cases: [why: string, answer: ApiResult<unknown>, tries: number, verdict: SendOutcome][] = [
  ["it arrived", { ok: true, body: {} }, 1, { is: "sent" }],
  ["nobody answered", refused(0), 1, { is: "waiting", afterMs: 1_000 }],
  ["nobody answered four times", refused(0), 4, { is: "waiting", afterMs: 8_000 }],
  ["nobody answered for a day", refused(0), 3_000, { is: "waiting", afterMs: 30_000 }],
  ["the visitor was forgotten", refused(401, "unauthenticated"), 1, { is: "waiting", afterMs: 1_000 }],
  ["too many, come back in 7 s", refused(429, "too_many", 7), 1, { is: "waiting", afterMs: 7_000 }],
  ["the database is away", refused(503, "unavailable", 0), 2, { is: "waiting", afterMs: 2_000 }],
  ["a proxy's error", refused(502), 1, { is: "waiting", afterMs: 1_000 }],
  ["not a message", refused(400, "invalid"), 1, { is: "failed", code: "invalid" }],
  ["the connection is gone", refused(404, "not_found"), 1, { is: "failed", code: "not_found" }],
  ["the connection is off", refused(409, "connection_disabled"), 1, { is: "failed", code: "connection_disabled" }],
  ["too large", refused(413, "too_large"), 1, { is: "failed", code: "too_large" }],
]
for (const [why, answer, tries, verdict] of cases)
  test(`${why}: ${verdict.is}`, () => assert.deepEqual(sendOutcome(answer, tries), verdict))
