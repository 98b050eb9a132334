import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { statement } from "#kernel/db.ts"
import { sortFields } from "../api-contract.ts"
import { afterCursor, orderBy, orderOf } from "./sort-order.ts"

const after = (sort: string[], values: (string | number)[]) =>
  statement("", (p) => afterCursor(p, orderOf(sort), values))

describe("the order of a list", () => {
  it("ends with the id, in the direction of the last key, so that no two tickets are equal", () => {
    assert.equal(orderBy(orderOf(["-createdAt"])), "t.created_at desc, t.id desc")
    assert.equal(orderBy(orderOf(["updatedAt"])), "t.updated_at asc, t.id asc")
    assert.equal(orderBy(orderOf(["-status", "lastMessageAt"])), "t.status desc, t.last_message_at asc, t.id asc")
  })

  it("puts numbers of six digits after those of five", () => {
    assert.equal(orderBy(orderOf(["number"])), "length(t.number) asc, t.number asc, t.id asc")
  })

  it("sorts priorities by urgency rather than alphabetically", () => {
    assert.match(orderBy(orderOf(["-priority"])), /'low','medium','high','urgent'.* desc/)
  })

  it("knows every field of the contract", () => {
    for (const field of sortFields) assert.ok(orderOf([`-${field}`]).keys.length >= 2, field)
  })
})

describe("after the cursor", () => {
  it("is one row comparison when all keys run one way", () => {
    const down = after(["-createdAt"], ["2026-11-22", "tkt_1"])
    assert.equal(down.text, "(t.created_at, t.id) < ($1::timestamptz, $2::text)")
    assert.deepEqual(down.values, ["2026-11-22", "tkt_1"])
    assert.match(
      after(["number"], [9, "TKT-00001", "tkt_1"]).text,
      /^\(length\(t\.number\), t\.number, t\.id\) > \(\$1::int, /,
    )
  })

  it("is spelled out when they do not", () => {
    const { text } = after(["-status", "lastMessageAt"], ["open", "2026-11-22", "tkt_1"])
    const steps = [
      "(t.status < $1::text)",
      "(t.status = $1::text and t.last_message_at > $2::timestamptz)",
      "(t.status = $1::text and t.last_message_at = $2::timestamptz and t.id > $3::text)",
    ]
    assert.equal(text, `(${steps.join(" or ")})`)
  })

  it("carries every value as a parameter", () => {
    const { text, values } = after(["-status"], ["open'; drop table tickets", "tkt_1"])
    assert.doesNotMatch(text, /drop/)
    assert.equal(values.length, 2)
  })
})
