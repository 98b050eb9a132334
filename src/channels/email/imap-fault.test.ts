import assert from "node:assert/strict"
import { test } from "node:test"
import { imapFaultOf } from "./imap-fault.ts"

// As imapflow throws them.
test("a wrong password is known from a server that wants to be left alone, and from one that is no IMAP server", () => {
  const kindOf = (fault: object) => imapFaultOf(fault).kind
  const login = { authenticationFailed: true }
  assert.deepEqual(
    [
      kindOf({ ...login, serverResponseCode: "AUTHENTICATIONFAILED" }),
      kindOf({ ...login, response: "A1 NO LOGIN failed" }),
      kindOf({ ...login, serverResponseCode: "UNAVAILABLE" }),
      kindOf({ responseStatus: "BAD", response: "A3 BAD User is authenticated but not connected." }),
      kindOf({ code: "ETHROTTLE", throttleReset: 300 }),
      kindOf({ responseStatus: "NO", executedCommand: "A5 EXAMINE Ninguna" }),
      kindOf({ mailboxMissing: true }),
      kindOf({ tlsFailed: true }),
      kindOf({ code: "ERR_SSL_WRONG_VERSION_NUMBER" }),
      kindOf({ tlsFailed: true, message: "Server does not support STARTTLS" }),
      kindOf({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
      kindOf({ serverResponseCode: "OVERQUOTA", response: "A2 NO [OVERQUOTA] Quota exceeded" }),
      kindOf({ code: "ENOTFOUND" }),
      kindOf({ code: "ECONNREFUSED" }),
      kindOf({ code: "ETIMEDOUT" }),
      kindOf({ code: "NoConnection" }),
      kindOf({ code: "GREETING_TIMEOUT" }),
      kindOf({ code: "ParserError11" }),
    ],
    ["login", "login", "throttled", "throttled", "throttled", "folder", "folder"].concat([
      "encryption",
      "encryption",
      "plain_text",
      "certificate",
      "quota",
      "host",
      "port",
      "unreachable",
      "unreachable",
      "protocol",
      "protocol",
    ]),
  )
  assert.deepEqual(imapFaultOf({ response: "A2 NO Suggested Backoff Time: 299961 Milliseconds" }), {
    kind: "throttled",
    waitMs: 299_961,
  })
})
