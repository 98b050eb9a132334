import assert from "node:assert/strict"
import { test } from "node:test"
import { adviceFor, type Advice, type Check } from "./check-advice.ts"

const cases: [Check["name"], string, Advice][] = [
  ["token", "token 190", { reason: "token", code: "190", fix: "token" }],
  ["number", "token 190", { reason: "token", code: "190", fix: "token" }],
  ["number", "bad_request 100", { reason: "bad_request", code: "100", fix: "number" }],
  ["templates", "permission 200", { reason: "permission", code: "200", fix: "templates" }],
  ["token", "unanswered", { reason: "timeout", code: null, fix: "network" }],
  ["number", "unreachable", { reason: "unreachable", code: null, fix: "network" }],
  ["webhook", "nothing_arrived", { reason: null, code: null, fix: "webhook" }],
  ["webhook", "no_app_secret", { reason: null, code: null, fix: "appSecret" }],
  ["webhook", "no_verify_token", { reason: null, code: null, fix: "verifyToken" }],
  ["templates", "no_waba_id", { reason: null, code: null, fix: "waba" }],
]

for (const [name, detail, advice] of cases)
  test(`${name}: "${detail}" is answered with ${advice.fix}`, () =>
    assert.deepEqual(adviceFor({ name, ok: false, detail }), advice))
