import assert from "node:assert/strict"
import { test } from "node:test"
import { failureDetailText } from "./failure-detail.ts"

const cases: [found: string, text: string | null][] = [
  ["no such name", "noSuchName"],
  ["login: name not resolved", "notResolved"],
  ["connection refused", "connectionRefused"],
  ["certificate not trusted", "certificate"],
  ["not reached", "notReached"],
  ["no answer in time", "noAnswer"],
  ["login: the answer broke off", "noAnswer"],
  ["other requests take too long", "noAnswer"],
  ["HTTP 200, but not JSON", "notTheApi"],
  ["HTTP 503", null],
]

for (const [found, text] of cases)
  test(`"${found}" is said as ${text ?? "it is"}`, () =>
    assert.equal(failureDetailText(found), text && `agreement.detail.${text}`))
