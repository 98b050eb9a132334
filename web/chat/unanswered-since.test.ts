import assert from "node:assert/strict"
import { test } from "node:test"
import type { ChatMessage } from "../../src/channels/webchat/api-contract.ts"
import { unansweredSince } from "./unanswered-since.ts"

const message = (minute: number, direction: "in" | "out", author: string | null = null): ChatMessage => ({
  id: `msg_${minute}`,
  clientId: null,
  content: "hola",
  contentHtml: null,
  files: [],
  at: `2026-11-22T15:0${minute}:00Z`,
  direction,
  author,
})

test("a visitor waits from their first message that no person has answered", () => {
  const since = (...messages: ChatMessage[]) => unansweredSince({ messages })
  const minute = (n: number) => Date.parse(`2026-11-22T15:0${n}:00Z`)
  assert.equal(unansweredSince(null), null)
  assert.equal(since(message(1, "out", "Ana")), null)
  assert.equal(since(message(1, "in"), message(2, "in")), minute(1))
  assert.equal(since(message(1, "in"), message(2, "out", "Ana")), null)
  assert.equal(since(message(1, "in"), message(2, "out", "Ana"), message(3, "in")), minute(3))
  assert.equal(since(message(1, "in"), message(2, "out")), minute(1), "an automatic text answers nobody")
})
