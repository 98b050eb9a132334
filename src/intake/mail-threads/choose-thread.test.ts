import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ThreadReferences } from "#channels/index.ts"
import { chooseThread, type KnownThreads } from "./choose-thread.ts"

const borne = (threadId: string) => ({ threadId, isBorne: true })
const named = (threadId: string) => ({ threadId, isBorne: false })

/** Threads A and B of this connection; the writer takes part in A. */
const known: KnownThreads = {
  ids: new Map([
    ["a", borne("A")],
    ["a-named", named("A")],
    ["b", borne("B")],
    ["b-named", named("B")],
  ]),
  ofConnection: new Set(["A", "B"]),
  ofWriter: new Set(["A"]),
  elsewhere: [],
}
const theirs = (...ids: string[]) => ids.map((id) => ({ id, messageId: null }))
const ours = (...ids: string[]) => ids.map((id) => ({ id, messageId: `msg_${id}` }))

type Case = [is: string, references: Partial<ThreadReferences>, chosen: string]

// oxfmt-ignore
const cases: Case[] = [
  ["nothing is named", {}, "new nothing_known"],
  ["what nobody knows", { ids: theirs("z") }, "new nothing_known"],
  ["a token goes before everything, whoever writes", { tokens: ["B"], ids: ours("a") }, "B token"],
  ["a token of another connection is a hint", { tokens: ["C"] }, "new not_a_participant C"],
  ["an id of ours lets anybody in", { ids: ours("b") }, "B own_id"],
  ["an id of ours goes before ids of others", { ids: [...theirs("a"), ...ours("b")] }, "B own_id"],
  ["an id of ours that no mail bears is none", { ids: ours("b-named") }, "new not_a_participant B"],
  ["a known id leads a participant", { ids: theirs("a") }, "A known_id"],
  ["for others it is a hint", { ids: theirs("b") }, "new not_a_participant B"],
  ["the thread of others is passed over", { ids: theirs("b", "a") }, "A known_id"],
  ["a mail that came goes before one that is only named", { ids: theirs("a-named", "a") }, "A known_id"],
  ["an id that is only named leads a participant", { ids: theirs("a-named") }, "A shared_id"],
  ["and nobody else", { ids: theirs("b-named") }, "new not_a_participant B"],
]

describe("the thread of a mail", () => {
  for (const [is, references, chosen] of cases)
    it(is, () => {
      const { threadId, because, suggested } = chooseThread({ tokens: [], ids: [], ...references }, known)
      assert.equal([threadId ?? "new", because, ...(suggested === null ? [] : [suggested])].join(" "), chosen)
    })
})
