// Random lives of merged tickets: whatever is merged, split, taken apart, closed, reopened and written meanwhile, each message
// ends on the ticket it was said to, and a thread never has two active tickets.
import assert from "node:assert/strict"
import { test } from "node:test"
import { fc } from "../fast-check-seed.ts"
import { checkTheLaw } from "./customer-crowd-and-journal.ts"
import { merge, phone, say, undo, why, openMergeDesk } from "../desks/merge-desk.ts"

const { ana, byHand, desk, source, messagesOf, root, second, writes } = await openMergeDesk()

type WalkStep = {
  what: "merge" | "undo" | "in" | "reply" | "note" | "close" | "reopen" | "split" | "wait"
  a: number
  b: number
}
const what = fc.constantFrom(
  "merge",
  "merge",
  "merge",
  "undo",
  "undo",
  "in",
  "in",
  "reply",
  "note",
  "close",
  "reopen",
  "split",
  "wait",
)
const deeds = fc.array(fc.record({ what, a: fc.nat(7), b: fc.nat(7) }), { minLength: 10, maxLength: 30 })
const expectedRefusals = ["merged", "not_merged", "thread_busy", "invalid", "transition"]

/** No thread has two active tickets, counted through what leads elsewhere; whatever is merged is closed. */
async function lawHolds(ids: string[]) {
  const { rows } = await desk.db.pool.query(
    `select t.thread_key from tickets t where t.id = any($1) and t.thread_key is not null and (t.active or t.merged_into is not null)
       group by t.thread_key having count(*) > 1
     union all select id from tickets where id = any($1) and merged_into is not null and status <> 'closed'`,
    [ids],
  )
  assert.deepEqual(rows, [])
}

async function live(all: WalkStep[]) {
  const people = [phone(), phone()]
  const begun = [await writes(people[0]), await writes(people[0], second), await writes(people[1]), await byHand()]
  const ids = begun.map(({ id }) => id)
  const home = new Map<string, string>()
  for (const id of ids) for (const message of await messagesOf(id)) home.set(message.id, id)
  const said = (id: unknown, ticketId: unknown) => void home.set(String(id), String(ticketId))
  const since = new Set<string>()
  for (const deed of all) {
    desk.clock.pass(1_000)
    const [a, b] = [ids[deed.a % ids.length]!, ids[deed.b % ids.length]!]
    const status = { close: "closed", reopen: "open" }[deed.what as "close"]
    if (deed.what === "wait") desk.clock.pass(3 * 3_600_000)
    else if (deed.what === "in") {
      const { ticket, message } = await [source, second][deed.b % 2]!.says(people[deed.a % 2]!)
      said(message!.id, ticket!.id)
      since.add(message!.id)
      if (!ids.includes(ticket!.id)) ids.push(ticket!.id)
    } else if (deed.what === "split") {
      const [first] = await messagesOf(a)
      if (!first) continue
      const answer = await ana.call("POST", `/tickets/${a}/split`, { messageIds: [first.id], subject: "otra" })
      if (answer.status === 201) {
        said(first.id, answer.body["id"])
        ids.push(String(answer.body["id"]))
      } else
        assert.ok(["merged", "invalid", "not_found"].includes(String(answer.body["code"])), JSON.stringify(answer.body))
    } else {
      const answer =
        deed.what === "merge"
          ? await merge(root, a, b, why)
          : deed.what === "undo"
            ? await undo(root, a)
            : status
              ? await root.call("PUT", `/tickets/${a}/status`, { status })
              : await say(root, a, { content: "hola", isInternal: deed.what === "note" })
      if (answer.status === 201) {
        said(answer.body["id"], answer.body["ticketId"])
        since.add(String(answer.body["id"]))
      }
      if (answer.status >= 400)
        assert.ok(expectedRefusals.includes(String(answer.body["code"])), JSON.stringify(answer.body))
    }
    await lawHolds(ids)
  }
  await takeApart(ids)
  await lawHolds(ids)
  const { rows } = await desk.db.pool.query(
    `select m.id, m.ticket_id, t.contact_id = m.contact_id as is_theirs from messages m join tickets t on t.id = m.ticket_id
     where m.id = any($1)`,
    [[...home.keys()]],
  )
  // What was said while merged goes back with its customer, or stays where it was said.
  for (const { id, ticket_id, is_theirs } of rows) if (since.has(id) && is_theirs) home.set(id, ticket_id)
  assert.deepEqual(Object.fromEntries(rows.map((row) => [row.id, row.ticket_id])), Object.fromEntries(home))
}

/** Undoes every merge; what stands in the way is closed first. */
async function takeApart(ids: string[]) {
  for (const id of ids) {
    for (let answer = await undo(root, id); answer.body["code"] !== "not_merged"; answer = await undo(root, id)) {
      if (answer.status === 200) break
      assert.equal(answer.body["code"], "thread_busy", JSON.stringify(answer.body))
      await root.call("PUT", `/tickets/${String(answer.body["ticketId"])}/status`, { status: "closed" })
    }
  }
}

const runs = Number(process.env["HILO_MERGE_RUNS"] ?? 15)

test(
  `each message ends where it was said, whatever was merged meanwhile (${runs} lives)`,
  { timeout: 300_000 },
  async () => {
    await fc.assert(fc.asyncProperty(deeds as fc.Arbitrary<WalkStep[]>, live), { numRuns: runs })
    await checkTheLaw(desk.db.kysely)
  },
)
