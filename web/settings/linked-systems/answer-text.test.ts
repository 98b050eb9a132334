import assert from "node:assert/strict"
import { test } from "node:test"
import { answerText } from "./answer-text.ts"

const cases: [found: string, text: string | null, value?: string][] = [
  ["tickets can be read", "readable"],
  ["last hook at 2026-11-30T12:00:00.000Z", "lastHook", "2026-11-30T12:00:00.000Z"],
  ["no hook has arrived yet", "noHook"],
  ["HTTP 401", "credentials", "401"],
  ["login: HTTP 401", "credentials", "401"],
  ["HTTP 403", "forbidden", "403"],
  ["login: HTTP 404", "address", "404"],
  ["HTTP 429", "tooMany", "429"],
  ["HTTP 502", "broken", "502"],
  ["HTTP 200, but not JSON", "notTheApi"],
  ["the answer cannot be read", "notTheApi"],
  ["login: no token in the answer", "notTheApi"],
  ["login: no such name", "noSuchName"],
  ["name not resolved", "notResolved"],
  ["connection refused", "connectionRefused"],
  ["certificate not trusted", "certificate"],
  ["not reached", "notReached"],
  ["it did not answer lately", "noAnswer"],
  ["no answer in time", "noAnswer"],
  ["login: the answer broke off", "noAnswer"],
  ["other requests take too long", "busy"],
  ["something new", null],
]

for (const [found, text, value = ""] of cases)
  test(`"${found}" is said as ${text ?? "it is"}`, () =>
    assert.deepEqual(answerText(found), text && [`linkedSystems.result.${text}`, value]))
