import assert from "node:assert/strict"
import { test, type TestContext } from "node:test"
import { QueryClient } from "@tanstack/react-query"
import { Problem } from "../lib/api-client.ts"
import { EditConflictError, writeIfUnchanged } from "./edit-conflict.ts"
import type { Status, Ticket } from "./ticket.ts"
import { ticketQuery } from "./ticket-queries.ts"
import { confirmChange, showUnconfirmed, withUnconfirmed } from "./unconfirmed-changes.ts"

const ref = "TKT-00001"
const ticketOf = (version: number, status: Status, assignee: string | null = null) =>
  ({ number: ref, version, status, assignee: assignee === null ? null : { id: assignee, name: assignee } }) as Ticket

/** A ticket that is shown, with one status change under way that something else on the ticket has overtaken. */
function resolveOvertaken(t: TestContext, onServer: Ticket) {
  t.mock.method(globalThis, "fetch", async () => Response.json(onServer))
  const client = new QueryClient()
  const { queryKey } = ticketQuery(ref)
  const seen = ticketOf(1, "open")
  client.setQueryData(queryKey, seen)
  const act = {}
  const takeBack = showUnconfirmed(client, ref, act, { status: "resolved" })
  t.after(() => {
    confirmChange(act)
    client.clear()
  })
  const shown = () => client.getQueryData(queryKey)
  const sent: { match: string | undefined; whileShown: Status | undefined }[] = []
  const send = async (match: Record<string, string>) => {
    sent.push({ match: match["if-match"], whileShown: shown()?.status })
    if (sent.length === 1) throw new Problem(412, { code: "stale" })
    return ticketOf(3, "resolved", "ana")
  }
  const isDone = ({ status }: Ticket) => status === "resolved"
  const write = () => writeIfUnchanged(client, { ref, field: "status", seen, send, again: () => undefined, isDone })
  return { client, act, takeBack, shown, sent, write }
}

test("a status under way stays shown while an assignment that overtook it is read", async (t) => {
  const { client, act, shown, sent, write } = resolveOvertaken(t, ticketOf(2, "open", "ana"))
  const resolved = await write()
  assert.deepEqual(sent, [
    { match: '"1"', whileShown: "resolved" },
    { match: '"2"', whileShown: "resolved" },
  ])
  assert.equal(shown()?.assignee?.name, "ana")
  // As after a notice of the assignment.
  await client.fetchQuery({ ...ticketQuery(ref), staleTime: 0 })
  assert.equal(shown()?.status, "resolved")
  // Taken back at once: what the first change is answered with does not hide the second.
  const back = showUnconfirmed(client, ref, {}, { status: "open" })
  confirmChange(act)
  assert.equal(withUnconfirmed(ref, resolved).status, "open")
  back(resolved)
  assert.deepEqual([shown()?.status, withUnconfirmed(ref, resolved)], ["resolved", resolved])
})

test("a status that is already the wanted one is no conflict", async (t) => {
  const { sent, write } = resolveOvertaken(t, ticketOf(2, "resolved"))
  assert.equal((await write()).version, 2)
  assert.equal(sent.length, 1)
})

test("what a colleague chose instead is shown, beside what else is under way", async (t) => {
  const { client, takeBack, shown, write } = resolveOvertaken(t, ticketOf(2, "pending"))
  const urgent = showUnconfirmed(client, ref, {}, { priority: "urgent" })
  const error = await write().catch((thrown: unknown) => thrown)
  assert.ok(error instanceof EditConflictError)
  takeBack(error.now)
  assert.deepEqual([shown()?.status, shown()?.priority], ["pending", "urgent"])
  urgent()
})
