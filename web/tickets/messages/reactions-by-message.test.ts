import assert from "node:assert/strict"
import { test } from "node:test"
import type { Message } from "./message-queries.ts"
import { reactionsByMessage } from "./reactions-by-message.ts"

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  direction: "in",
  sender: { type: "contact", id: "ctc_carla", name: "Carla" },
  content: "hola",
  contentHtml: null,
  isInternal: false,
  kind: "message",
  replyTo: null,
  attachments: [],
  delivery: { state: "received", canRetry: false },
  sentAt: "2026-03-12T14:00:00Z",
  createdAt: "2026-03-12T14:00:00Z",
  ...more,
})

const reaction = (id: string, replyTo: string, content: string, by = "ctc_carla") =>
  message(id, { kind: "reaction", replyTo, content, sender: { type: "contact", id: by, name: by } })

test("the last reaction of each person stands on the message, and an empty one takes it back", () => {
  const { said, reactions } = reactionsByMessage(
    [
      message("a"),
      reaction("r1", "a", "👍"),
      reaction("r2", "a", "❤️", "ctc_diego"),
      reaction("r3", "a", "🙏"),
      message("b"),
      reaction("r4", "b", "👍"),
      reaction("r5", "b", ""),
    ],
    true,
  )
  assert.deepEqual(
    said.map(({ id }) => id),
    ["a", "b"],
  )
  assert.deepEqual(
    reactions.get("a")?.map(({ emoji }) => emoji),
    ["🙏", "❤️"],
  )
  assert.deepEqual(reactions.get("b"), [])
})

test("a reaction to a message that is nowhere is shown by itself once everything is loaded", () => {
  const lone = [message("a"), reaction("r1", "gone", "👍"), reaction("r2", "gone", "")]
  assert.equal(reactionsByMessage(lone, false).said.length, 1)
  assert.equal(reactionsByMessage(lone, true).said.length, 2)
})
