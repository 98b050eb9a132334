import assert from "node:assert/strict"
import { test } from "node:test"
import { rememberedWay, statusAfterSending, waysToSend } from "./ways-to-send.ts"

const conversation = { kind: "conversation", phase: "active", can: ["closed", "pending"] } as const
const support = { kind: "support", phase: "new", can: ["resolved", "closed"] } as const
const closed = { kind: "conversation", phase: "closed", can: ["open", "pending"] } as const
const final = { kind: "mirrored", phase: "closed", can: [] } as const
const of = <T extends { can: readonly string[] }>(ticket: T) => ({ ...ticket, can: [...ticket.can] })

test("a reply can end an open ticket, and bring an ended one back where that is allowed", () => {
  assert.deepEqual(waysToSend(of(conversation)), ["send", "end", "endNext"])
  assert.deepEqual(waysToSend(of(closed)), ["send", "reopen"])
  assert.deepEqual(waysToSend(of(final)), ["send"])
})

test("a reply that ends a ticket closes a conversation and resolves a support ticket", () => {
  assert.equal(statusAfterSending("end", of(conversation)), "closed")
  assert.equal(statusAfterSending("endNext", of(support)), "resolved")
  assert.equal(statusAfterSending("reopen", of(closed)), "open")
  for (const ticket of [conversation, support, closed]) assert.equal(statusAfterSending("send", of(ticket)), undefined)
  assert.equal(statusAfterSending("endNext", of(closed)), undefined)
})

test("the button remembers its last way where the ticket allows it, and never reopens by itself", () => {
  assert.equal(rememberedWay(waysToSend(of(support)), "endNext"), "endNext")
  assert.equal(rememberedWay(waysToSend(of(closed)), "endNext"), "send")
  assert.equal(rememberedWay(waysToSend(of(closed)), "reopen"), "send")
  assert.equal(rememberedWay(waysToSend(of(support)), null), "send")
})
