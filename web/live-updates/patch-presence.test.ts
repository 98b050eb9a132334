import assert from "node:assert/strict"
import { test } from "node:test"
import { QueryClient } from "@tanstack/react-query"
import { patchPresence } from "./patch-presence.ts"

const listOf = (...people: [string, string][]) => ({ items: people.map(([id, presence]) => ({ id, presence })) })
const before = listOf(["usr_ana", "online"], ["usr_bo", "offline"])
const key = ["users", "staff"]

test("who comes or goes is shown without asking the server", () => {
  const client = new QueryClient()
  client.setQueryData(key, before, { updatedAt: 1_000 })
  client.setQueryData(["me"], { id: "usr_bo", presence: "offline" })
  patchPresence(client, { userId: "usr_bo", status: "online" })
  assert.deepEqual(client.getQueryData(key), listOf(["usr_ana", "online"], ["usr_bo", "online"]))
  assert.deepEqual(client.getQueryData(["me"]), { id: "usr_bo", presence: "online" })
  const { dataUpdatedAt, isInvalidated } = client.getQueryState(key)!
  assert.deepEqual([dataUpdatedAt, isInvalidated], [1_000, false])
  client.clear()
})

test("an answer that was on its way when somebody came does not take them back", async () => {
  const client = new QueryClient()
  const answer = Promise.withResolvers<typeof before>()
  const loading = client.fetchQuery({ queryKey: key, queryFn: () => answer.promise })
  patchPresence(client, { userId: "usr_bo", status: "busy" })
  answer.resolve(before)
  await loading
  await Promise.resolve()
  assert.deepEqual(client.getQueryData(key), listOf(["usr_ana", "online"], ["usr_bo", "busy"]))
  client.clear()
})

test("a list without the person is asked for again", () => {
  const client = new QueryClient()
  client.setQueryData(key, before)
  patchPresence(client, { userId: "usr_cy", status: "online" })
  assert.equal(client.getQueryState(key)?.isInvalidated, true)
  client.clear()
})
