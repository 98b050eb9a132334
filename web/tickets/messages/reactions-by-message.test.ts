import assert from "node:assert/strict"
import { test } from "node:test"
import { reactionsByMessage } from "./reactions-by-message.ts"
import { sampleMessage } from "./sample-message.ts"

const reaction = (id: string, replyTo: string, content: string, by = "ctc_carla") =>
  sampleMessage(id, { kind: "reaction", replyTo, content, sender: { type: "contact", id: by, name: by } })

test("the last reaction of each person stands on the message, and an empty one takes it back", () => {
  const { said, reactions } = reactionsByMessage(
    [
      sampleMessage("a"),
      reaction("r1", "a", "👍"),
      reaction("r2", "a", "❤️", "ctc_diego"),
      reaction("r3", "a", "🙏"),
      sampleMessage("b"),
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
  const lone = [sampleMessage("a"), reaction("r1", "gone", "👍"), reaction("r2", "gone", "")]
  assert.equal(reactionsByMessage(lone, false).said.length, 1)
  assert.equal(reactionsByMessage(lone, true).said.length, 2)
})
