import assert from "node:assert/strict"
import { test } from "node:test"
import { describeConnectFailure } from "./describe-connect-failure.ts"

const cases: [code: string | undefined, words: string | null][] = [
  ["ENOTFOUND", "no such name"],
  ["EAI_AGAIN", "name not resolved"],
  ["ECONNREFUSED", "connection refused"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate not trusted"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate not trusted"],
  ["CERT_HAS_EXPIRED", "certificate not trusted"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate not trusted"],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", null],
  ["ERR_SSL_WRONG_VERSION_NUMBER", null],
  ["EHOSTUNREACH", null],
  [undefined, null],
]

for (const [code, words] of cases)
  test(`${code} is ${words ?? "nothing that is known better"}`, () => assert.equal(describeConnectFailure(code), words))
