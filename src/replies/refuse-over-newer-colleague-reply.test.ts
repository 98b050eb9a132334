import assert from "node:assert/strict"
import { test } from "node:test"
import { refusal, say, openMergeDesk } from "#test/desks/merge-desk.ts"

const { ana, source, messagesOf, root, sol, writes } = await openMergeDesk()

test("a reply over a colleague's that was not seen is refused, and names them", async () => {
  const { id } = await writes()
  const seen = (await messagesOf(id)).at(-1)!.id
  const first = await say(ana, id, { content: "ya lo veo", lastSeenMessageId: seen })
  assert.equal(first.status, 201)
  const over = await say(sol, id, { content: "yo también", lastSeenMessageId: seen })
  assert.deepEqual([...refusal(over), over.body["by"]], [409, "newer_reply", { id: ana.userId, name: "Ana" }])
  assert.equal(over.body["messageId"], first.body["id"])
  assert.equal((await say(sol, id, { content: "visto", lastSeenMessageId: first.body["id"] })).status, 201)
  assert.equal((await messagesOf(id)).length, 3)
})

test("one's own replies, notes and what customers write are no reason, nor is it asked of who does not say", async () => {
  const { id, who } = await writes()
  const seen = (await messagesOf(id)).at(-1)!.id
  await say(sol, id, { content: "nota", isInternal: true })
  await source.says(who)
  for (const content of ["uno", "dos"])
    assert.equal((await say(ana, id, { content, lastSeenMessageId: seen })).status, 201)
  assert.equal((await say(root, id, { content: "tres" })).status, 201)
  const foreign = (await messagesOf((await writes()).id))[0]!.id
  assert.deepEqual(refusal(await say(ana, id, { content: "x", lastSeenMessageId: foreign })), [400, "invalid"])
})

test("of two agents who answer at the same moment one is refused", async () => {
  const { id } = await writes()
  const lastSeenMessageId = (await messagesOf(id)).at(-1)!.id
  const both = await Promise.all([ana, sol].map((who) => say(who, id, { content: "hola", lastSeenMessageId })))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
})
