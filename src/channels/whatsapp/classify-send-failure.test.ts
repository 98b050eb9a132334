import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { classifySendFailure, reasonCodes } from "./classify-send-failure.ts"
import type { FailureClass } from "../outgoing-message.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const http: Record<FailureClass, [code: number, ...http: number[]][]> = {
  rate: [
    [4, 400, 429],
    [80007, 400],
    [130429, 400],
    [131056, 400],
    [133016, 400],
  ],
  transient: [
    [1, 400],
    [2, 503],
    [131000, 500],
    [131016, 500],
    [131057, 500],
    [133004, 503],
  ],
  recipient: [
    [131026, 400],
    [131030, 400],
    [131021, 400],
    [131050, 400],
    [131051, 400],
    [470, 400],
    [131047, 400],
  ],
  request: [
    ...([
      [100, 400],
      [33, 400],
      [131008, 400],
      [131009, 400],
      [132000, 400],
      [132001, 404],
    ] as [number, number][]),
    ...([
      [132005, 400],
      [132007, 400],
      [132012, 400],
      [132015, 400],
      [132016, 400],
    ] as [number, number][]),
    ...([
      [132068, 400],
      [132069, 400],
      [135000, 400],
      [133010, 400],
    ] as [number, number][]),
  ],
  account: [
    ...([
      [0, 401],
      [190, 401],
      [3, 500],
      [10, 403],
      [200, 403],
      [250, 403],
      [299, 403],
    ] as [number, number][]),
    ...([
      [368, 403],
      [130497, 403],
      [131005, 403],
      [131031, 403],
      [131042, 400],
      [131045, 500],
    ] as [number, number][]),
  ],
  policy: [
    [131048, 400],
    [131049, 400],
    [130472, 400],
  ],
  media: [
    [131052, 400],
    [131053, 400],
  ],
}

const retries: Record<FailureClass, string> = {
  rate: "later",
  transient: "later",
  recipient: "never",
  request: "never",
  account: "later",
  policy: "after_24h",
  media: "once",
}

for (const [kind, rows] of Object.entries(http) as [FailureClass, [number, ...number[]][]][]) {
  describe(`${kind} faults`, () => {
    for (const [code, ...statuses] of rows) {
      it(`${code}, whatever the HTTP status says`, () => {
        for (const httpStatus of [...statuses, null, 400, 429, 500]) {
          const { class: found, retry } = classifySendFailure({ code, httpStatus })
          assert.deepEqual([found, retry], [kind, retries[kind]])
        }
      })
    }
  })
}

describe("the traps", () => {
  const cases: [code: number | null, httpStatus: number | null, FailureClass, string][] = [
    [131056, 400, "rate", "a rate limit is a 400"],
    [133000, 500, "request", "a deregistration that hangs is a permanent 500"],
    [131045, 500, "account", "a certificate fault is a permanent 500"],
    [3, 500, "account", "a missing permission is a permanent 500"],
    [null, 429, "rate", "429 without a code"],
    [null, 408, "transient", "408 without a code"],
    [null, 425, "transient", "425 without a code"],
    [null, 404, "request", "404 without a code"],
    [null, 499, "request", "499 without a code"],
    [null, 500, "transient", "500 without a code"],
    [null, 504, "transient", "504 without a code"],
    [null, null, "transient", "nothing came back"],
    [999_999, 400, "request", "a code nobody knows, refused"],
    [999_999, 503, "transient", "a code nobody knows, broken"],
    [999_999, null, "request", "a code nobody knows, in a report"],
    [300, 400, "request", "one past the permissions"],
    [199, 400, "request", "one before the permissions"],
  ]
  for (const [code, httpStatus, kind, name] of cases) {
    it(name, () => assert.equal(classifySendFailure({ code, httpStatus }).class, kind))
  }
})

it("every reason has words in both languages", () => {
  for (const reason of reasonCodes) {
    for (const texts of [en, es] as Record<string, string>[]) assert.ok(texts[`failure.${reason}`], reason)
  }
})
