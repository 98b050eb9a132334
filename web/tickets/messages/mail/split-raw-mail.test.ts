import assert from "node:assert/strict"
import { test } from "node:test"
import { splitRawMail } from "./split-raw-mail.ts"

test("header fields are unfolded, and what stands below them stays as it came", () => {
  const raw =
    "Subject: =?utf-8?q?Se=C3=B1al?=\r\n =?utf-8?q?_ca=C3=ADda?=\r\nTo: a@x.example\r\nnonsense\r\n\r\nHola\r\n\r\n: no field"
  assert.deepEqual(splitRawMail(raw), {
    fields: [
      { name: "Subject", value: "=?utf-8?q?Se=C3=B1al?= =?utf-8?q?_ca=C3=ADda?=" },
      { name: "To", value: "a@x.example" },
    ],
    source: "Hola\r\n\r\n: no field",
  })
  assert.deepEqual(splitRawMail("From: a"), { fields: [{ name: "From", value: "a" }], source: "" })
})
