// Whatever people do at the same time, nobody gets more than they take and no ticket is given out twice.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "#event-log/index.ts"
import { fc } from "#test/fast-check-seed.ts"
import { assignQueued } from "./assign-queued.ts"
import { log, openRoutingDesk } from "#test/desks/routing-desk.ts"

const desk = await openRoutingDesk()
const capacities = [1, 2, 3]
const index = fc.nat({ max: 30 })
const who = fc.nat({ max: capacities.length - 1 })

type Step =
  | { does: "open" }
  | { does: "claim" | "take"; who: number; nth: number }
  | { does: "close"; nth: number }
  | { does: "say"; who: number; status: string }
  | { does: "route" }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: "open" as const }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("claim" as const, "take" as const), who, nth: index }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("close" as const), nth: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("say" as const),
      who,
      status: fc.constantFrom("online", "online", "busy", "away", "offline"),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ does: "route" as const }) },
)

let lives = 0
async function start() {
  const team = await desk.team(`Equipo ${++lives}`)
  const agents = await Promise.all(
    capacities.map((capacity, i) => desk.agent(`A${i}`, [team], { capacity, presence: null })),
  )
  return { team, agents, tickets: [] as string[] }
}
type Life = Awaited<ReturnType<typeof start>>

async function run({ team, agents, tickets }: Life, one: Step): Promise<void> {
  const nth = "nth" in one ? tickets[one.nth % Math.max(1, tickets.length)] : undefined
  switch (one.does) {
    case "open":
      return void tickets.push((await desk.opened({ teamId: team })).id)
    case "route":
      await sequenceAll(desk.db)
      return void (await assignQueued(desk, log))
    case "say":
      return void (await agents[one.who]!.call("PUT", "/me/presence", { status: one.status }))
    case "close":
      if (nth !== undefined) await desk.admin.call("PUT", `/tickets/${nth}/status`, { status: "closed" })
      return
    default: {
      if (nth === undefined) return
      const { userId } = agents[one.who]!
      const override = one.does === "take" ? { override: "mine" } : {}
      const answer = await desk.assign(agents[one.who]!, nth, { agentId: userId, ...override })
      assert.ok([200, 409].includes(answer.status), JSON.stringify(answer.body))
    }
  }
}

/** By the rows: who carries how much. By the log: from whom each ticket went to whom, and how often by itself. */
async function check({ team, agents }: Life) {
  const { rows } = await desk.db.pool.query<{ id: string; n: number; capacity: number }>(
    `select u.id, u.capacity, (select count(*) from tickets t where t.assignee_id = u.id and t.phase in ('new', 'active')) as n
     from users u where u.id = any($1)`,
    [agents.map(({ userId }) => userId)],
  )
  for (const { id, n, capacity } of rows) assert.ok(n <= capacity, `${id} has ${n} of ${capacity}`)
  const given = await desk.db.pool.query<{ id: string; by: string; from: string | null; to: string | null }>(
    `select e.ticket_id as id, e.actor_kind as by, e.data ->> 'previousAgentId' as "from", e.data ->> 'agentId' as "to"
     from events e join tickets t on t.id = e.ticket_id where t.team_id = $1 and e.kind = 'ticket.assigned' order by e.id`,
    [team],
  )
  for (const story of Map.groupBy(given.rows, ({ id }) => id).values()) {
    assert.deepEqual(
      story.map(({ from }) => from),
      [null, ...story.slice(0, -1).map(({ to }) => to)],
    )
    assert.ok(story.filter(({ by }) => by === "system").length <= 1, "given out twice")
  }
}

/** When all is quiet, nobody who is there has room while a ticket waits. */
async function checkQuiet(life: Life) {
  for (const agent of life.agents) await agent.call("PUT", "/me/presence", { status: "online" })
  await desk.routed()
  await check(life)
  const { rows } = await desk.db.pool.query<{ waiting: number; room: number }>(
    `select (select count(*) from tickets where team_id = $1 and active and assignee_id is null) as waiting,
      (select sum(u.capacity - (select count(*) from tickets t where t.assignee_id = u.id and t.phase in ('new', 'active')))
       from users u join team_members m on m.user_id = u.id where m.team_id = $1) as room`,
    [life.team],
  )
  const { waiting, room } = rows[0]!
  assert.ok(waiting === 0 || room === 0, `${waiting} wait while there is room for ${room}`)
}

const runs = Number(process.env["HILO_MODEL_RUNS"] ?? 12)

test(
  `no interleaving gives an agent more than fits, or a ticket twice (${runs} lives)`,
  { timeout: 300_000 },
  async () => {
    const atOnce = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 10 })
    const property = fc.asyncProperty(atOnce, async (moments) => {
      const life = await start()
      for (const moment of moments) {
        await Promise.all(moment.map((one) => run(life, one)))
        await check(life)
      }
      await checkQuiet(life)
    })
    await fc.assert(property, { numRuns: runs })
  },
)
