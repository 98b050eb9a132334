// Which failure makes a ticket: by WhatsApp's code first, by HTTP second.
import assert from "node:assert/strict"
import { test } from "node:test"
import { classifySendFailure } from "#channels/whatsapp/classify-send-failure.ts"
import { decideIncident } from "./needs-ticket.ts"

type Row = [
  what: string,
  httpCode: number | null,
  errorCode: number | null,
  retryCount: number,
  expected: string | null,
]

const rows: Row[] = [
  ["rate: an application's limit", 400, 4, 9, null],
  ["rate: the account's limit", 400, 80007, 0, null],
  ["rate: throughput", 400, 130429, 3, null],
  ["rate: the pair's limit, although HTTP says 400", 400, 131056, 3, null],
  ["rate: too many registrations", 400, 133016, 0, null],
  ["rate: HTTP 429 alone", 429, null, 3, null],
  ["transient: unknown, although HTTP says 400", 400, 1, 0, null],
  ["transient: unknown, after two retries", 400, 1, 2, "FAILED_5XX_RETRIES media"],
  ["transient: the service is down", 503, 2, 2, "FAILED_5XX_RETRIES media"],
  ["transient: 131000 after three", 500, 131000, 3, "FAILED_5XX_RETRIES alta"],
  ["transient: 131016", 500, 131016, 2, "FAILED_5XX_RETRIES media"],
  ["transient: maintenance", 500, 131057, 4, "FAILED_5XX_RETRIES alta"],
  ["transient: 133004", 503, 133004, 1, null],
  ["5xx with no retry", 500, null, 0, null],
  ["5xx with one retry", 502, null, 1, null],
  ["5xx with two retries", 503, null, 2, "FAILED_5XX_RETRIES media"],
  ["5xx with three retries", 504, null, 3, "FAILED_5XX_RETRIES alta"],
  ["5xx with many", 599, null, 12, "FAILED_5XX_RETRIES alta"],
  ["the network, without any answer", null, null, 2, "FAILED_5XX_RETRIES media"],
  ["HTTP 408 is no refusal", 408, null, 0, null],
  ["HTTP 425 is no refusal", 425, null, 0, null],
  ["recipient: undeliverable", 400, 131026, 0, "FAILED_4XX alta"],
  ["recipient: not on the list", 400, 131030, 0, "FAILED_4XX alta"],
  ["recipient: our own number", 400, 131021, 0, "FAILED_4XX alta"],
  ["recipient: opted out", 400, 131050, 0, "FAILED_4XX alta"],
  ["recipient: unsupported type", 400, 131051, 0, "FAILED_4XX alta"],
  ["recipient: window closed", 400, 131047, 0, "FAILED_4XX alta"],
  ["recipient: window closed, the old code", 400, 470, 0, "FAILED_4XX alta"],
  ["request: a bad parameter", 400, 100, 0, "FAILED_4XX alta"],
  ["request: template missing, a 404", 404, 132001, 0, "FAILED_4XX alta"],
  ["request: template paused", 400, 132015, 0, "FAILED_4XX alta"],
  ["request: not registered, although HTTP says 500", 500, 133000, 0, "FAILED_4XX alta"],
  ["request: 135000", 400, 135000, 0, "FAILED_4XX alta"],
  ["HTTP 400 alone", 400, null, 0, "FAILED_4XX alta"],
  ["HTTP 404 alone", 404, null, 0, "FAILED_4XX alta"],
  ["HTTP 499 alone", 499, null, 0, "FAILED_4XX alta"],
  ["a code that nobody knows goes by HTTP", 400, 999_001, 0, "FAILED_4XX alta"],
  ["a code that nobody knows, HTTP 503", 503, 999_001, 1, null],
  ["policy: spam limit", 400, 131048, 5, null],
  ["policy: healthy ecosystem", 400, 131049, 5, null],
  ["policy: experiment", 400, 130472, 5, null],
  ["media: the first time", 400, 131052, 0, null],
  ["media: again", 400, 131053, 1, "FAILED_4XX alta"],
  ["account: token", 401, 190, 0, "FAILED_4XX alta token"],
  ["account: permission, although HTTP says 500", 500, 3, 0, "FAILED_4XX alta permission"],
  ["account: 200 to 299", 403, 250, 0, "FAILED_4XX alta permission"],
  ["account: blocked", 403, 368, 0, "FAILED_4XX alta account_blocked"],
  ["account: billing", 403, 131042, 0, "FAILED_4XX alta billing"],
  ["account: certificate, although HTTP says 500", 500, 131045, 0, "FAILED_4XX alta certificate"],
]

for (const [what, httpStatus, code, retryCount, expected] of rows) {
  test(what, () => {
    const failure = classifySendFailure({ code, httpStatus })
    const { ticket } = decideIncident({ type: "SEND_WHATSAPP", status: "FAILED", retryCount, failure })
    const said = ticket && [ticket.trigger, ticket.priority, ...(ticket.cause === null ? [] : [ticket.cause])].join(" ")
    assert.equal(said, expected)
  })
}

test("a message that went out makes none", () => {
  assert.equal(decideIncident({ type: "SEND_WHATSAPP", status: "SUCCESS", retryCount: 0, failure: null }).ticket, null)
})

test("what is no WhatsApp message makes none, however it failed", () => {
  const failure = classifySendFailure({ code: 131026, httpStatus: 400 })
  assert.equal(decideIncident({ type: "CALL", status: "FAILED", retryCount: 9, failure }).ticket, null)
})
