import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { Client } from "pg"
import { testDatabase } from "#test/database.ts"
import {
  isActive,
  kinds,
  lifecycles,
  nextStatuses,
  phaseOf,
  phases,
  statuses,
  type Status,
  type TicketKind,
} from "./lifecycle-table.ts"

// As the promise is written down, apart from the code.
const promised: Record<TicketKind, string> = {
  conversation: "pending→open pending→closed open→pending open→closed closed→open closed→pending",
  support:
    "open→pending open→resolved open→closed pending→open pending→resolved pending→closed resolved→open resolved→closed closed→open",
  incident: "open→in_progress in_progress→resolved resolved→closed resolved→in_progress",
  mirrored: "open→closing open→closed closing→open closing→closed",
}
const promisedActive: Record<TicketKind, string> = {
  conversation: "pending open",
  support: "open pending",
  incident: "open in_progress",
  mirrored: "open closing",
}
const promisedPhases: Record<TicketKind, Record<string, string>> = {
  conversation: { pending: "new", open: "active", closed: "closed" },
  support: { open: "new", "open assigned": "active", pending: "waiting", resolved: "resolved", closed: "closed" },
  incident: { open: "new", in_progress: "active", resolved: "resolved", closed: "closed" },
  mirrored: { open: "active", closing: "resolved", closed: "closed" },
}

const pairs = kinds.flatMap((kind) => statuses.flatMap((from) => statuses.map((to) => ({ kind, from, to }))))
const states = kinds.flatMap((kind) =>
  (Object.keys(lifecycles[kind]) as Status[]).flatMap((status) =>
    [false, true].map((assigned) => ({ kind, status, assigned })),
  ),
)
const allows = ({ kind, from, to }: (typeof pairs)[number]) => promised[kind].split(" ").includes(`${from}→${to}`)
const phaseIn = (of: Record<string, string>, { status, assigned }: { status: Status; assigned: boolean }) =>
  (assigned ? of[`${status} assigned`] : undefined) ?? of[status]

describe("the lifecycle of every kind", () => {
  it("has the promised steps and no other, for all pairs of all statuses", () => {
    for (const pair of pairs) {
      const { kind, from, to } = pair
      assert.equal(nextStatuses(kind, from).includes(to), allows(pair), `${kind}: ${from} → ${to}`)
    }
  })

  it("is active where the promise says so", () => {
    for (const { kind, status } of states) {
      assert.equal(isActive(kind, status), promisedActive[kind].split(" ").includes(status), `${kind} ${status}`)
    }
  })

  it("reads as the promised phase", () => {
    for (const state of states) {
      const { kind, status, assigned } = state
      const phase = phaseOf(kind, status, assigned)
      assert.equal(phase, phaseIn(promisedPhases[kind], state), `${kind} ${status} ${assigned}`)
      assert.ok(phases.includes(phase))
    }
  })

  it("knows no step from a status of another kind", () => {
    assert.deepEqual(nextStatuses("incident", "pending"), [])
    assert.deepEqual(nextStatuses("conversation", "resolved"), [])
  })
})

describe("the database", () => {
  let client: Client
  before(async () => {
    client = new Client({ connectionString: (await testDatabase()).url })
    await client.connect()
    await client.query(
      "insert into users (id, email, name, role, created_at, updated_at) values ('usr_ana', 'ana@example.com', 'Ana', 'agent', now(), now())",
    )
  })
  after(() => client.end())

  const insert = (id: string, kind: string, status: string, assigned: boolean) =>
    client.query<{ active: boolean; phase: string }>(
      `insert into tickets (id, kind, status, channel, assignee_id, last_message_at, created_by_kind, created_at, updated_at)
       values ($1, $2, $3, 'api', $4, now(), 'system', now(), now()) returning active, phase`,
      [id, kind, status, assigned ? "usr_ana" : null],
    )
  const check = { code: "23514" }

  it("holds the same table of steps", async () => {
    const { rows } = await client.query<{ kind: TicketKind; step: string }>(
      "select kind, from_status || '→' || to_status as step from ticket_transitions",
    )
    for (const kind of kinds) {
      const held = rows.filter((row) => row.kind === kind).map((row) => row.step)
      assert.deepEqual(held.toSorted(), promised[kind].split(" ").toSorted(), kind)
    }
    assert.deepEqual(
      rows.filter((row) => !kinds.includes(row.kind)),
      [],
    )
  })

  it("derives the same activity and phase for every kind, status and assignment", async () => {
    for (const { kind, status, assigned } of states) {
      const id = `tkt_${kind}_${status}_${assigned}`
      const { rows } = await insert(id, kind, status, assigned)
      const expected = { active: isActive(kind, status), phase: phaseOf(kind, status, assigned) }
      assert.deepEqual(rows[0], expected, id)
    }
  })

  it("refuses a status that the kind does not have, and a kind that does not exist", async () => {
    const strangers = kinds.flatMap((kind) =>
      statuses.filter((status) => !(status in lifecycles[kind])).map((status) => [kind, status] as const),
    )
    assert.ok(strangers.length > 8)
    for (const [kind, status] of [...strangers, ["complaint", "open"] as const]) {
      await assert.rejects(insert(`tkt_x_${kind}_${status}`, kind, status, false), check, `${kind} ${status}`)
    }
  })

  it("takes the steps of the table and refuses all others, for any actor", async () => {
    const own = pairs.filter(({ kind, from }) => from in lifecycles[kind])
    for (const pair of own) {
      const { kind, from, to } = pair
      const id = `tkt_${kind}_${from}_to_${to}`
      await insert(id, kind, from, false)
      const step = client.query("update tickets set status = $2 where id = $1", [id, to])
      if (from === to || allows(pair)) assert.equal((await step).rowCount, 1)
      else await assert.rejects(step, check, `${kind}: ${from} → ${to}`)
    }
  })
})
