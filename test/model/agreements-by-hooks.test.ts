// People open, close and reopen tickets in both systems; hooks come late, twice and out of order; Splynx is away, or shows what was; and
// servers die before any request and any use of the database. In the end all three say the same, and nothing was reopened twice.
import assert from "node:assert/strict"
import { test } from "node:test"
import { agreementRoutes, systemHookRoutes } from "#agreements/index.ts"
import { processAllStoredHooks } from "#agreements/hooks/process-stored-hooks.ts"
import { agreementInvariants } from "#agreements/invariants.ts"
import { reopeningNoticeJob } from "#agreements/notices/send-reopening-notice.ts"
import { settleAll } from "#agreements/reopening/settle-due-agreements.ts"
import { syncAllTickets, syncWorkTickets } from "#agreements/sync/sync-work-tickets.ts"
import type { Kit } from "#kernel/kit.ts"
import { member, openDesk } from "../desks/test-desk.ts"
import { createFakeGestionReal, hookBearer, type HookPost } from "../fakes/gestion-real.ts"
import { splynxKey, splynxSecret, startFakeSplynx, type SplynxBehaviour } from "../fakes/splynx.ts"
import { seed } from "../fast-check-seed.ts"
import { chanceOf } from "../seeded-random.ts"

const desk = await openDesk((app, kit) => {
  agreementRoutes(app, kit)
  systemHookRoutes(app, kit, { allowUnauthenticated: false })
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const splynx = await startFakeSplynx(desk.now)
const gestionReal = createFakeGestionReal(desk.now)
const access = { auth: "basic", key: splynxKey, secret: splynxSecret, requestsPerSecond: 1_000 }
const link = async (kind: string, settings: object) => {
  const { status, body } = await admin.call("POST", "/links/systems", { kind, name: kind, settings })
  assert.equal(status, 201)
  return String(body["id"])
}
const splynxId = await link("splynx", { baseUrl: splynx.url, ...access })
await link("gestionreal", { bearer: hookBearer })

const { next, pick } = chanceOf(seed)
const upTo = (most: number) => Math.floor(next() * (most + 1))
const rows = async <Row>(sql: string) => (await desk.db.pool.query(sql)).rows as Row[]

/** Of Gestión Real; those of tickets that were in Splynx before are the same there. */
const numbers: string[] = []
let waiting: HookPost[] = []
const works: SplynxBehaviour = { does: "work" }
const flaky: typeof splynx.otherwise = ({ method }) =>
  next() < (method === "PUT" ? 0.8 : 0.2)
    ? pick(method === "POST" ? failures : [...failures, { does: "ignore" }])
    : works
const failures: SplynxBehaviour[] = [
  { does: "fail", status: 503 },
  { does: "no-answer" },
  { does: "drop" },
  { does: "page" },
]

/** A server that dies before its nth step, which is a request or a use of the database. */
function mortal(steps: number): Kit {
  let left = steps
  const live = () => {
    if (left-- <= 0) throw new Error("killed")
  }
  const db = new Proxy(desk.db, {
    get: (target, name) => {
      if (name === "kysely" || name === "pool" || name === "run") live()
      return target[name as keyof typeof target]
    },
  })
  const ask: Kit["outbound"]["ask"] = async (request) => {
    live()
    return desk.outbound.ask(request)
  }
  return { ...desk, db, outbound: { ...desk.outbound, ask } }
}

/** What a run begins and does not end is left as it is. */
async function anyhow(work: () => Promise<unknown>): Promise<void> {
  await work().catch(() => {})
}
const counts = { checked: 0, acted: 0, attempt: anyhow, goOn: async () => {} }
const sync = (kit: Kit) => anyhow(() => syncAllTickets(kit, { always: true }, counts))
const check = (kit: Kit) => anyhow(() => settleAll(kit, { always: true }, counts))
/** Splynx said by its hook that something of some tickets has changed. */
const followHint = (kit: Kit) =>
  anyhow(() => syncWorkTickets(kit, splynxId, [...splynx.tickets.keys()].slice(-5), counts))
const work = (kit: Kit) => pick([sync, check, followHint, () => anyhow(() => processAllStoredHooks(kit))])(kit)

async function deliver(hook: HookPost) {
  assert.equal((await desk.app.inject({ method: "POST", ...hook })).statusCode, 200)
}

/** Of the tickets about which Hilo is not just asking Splynx: then nobody could say who reopened it. */
async function changeInSplynx(isClosed: boolean) {
  const busy = await rows<{ number: string }>(
    "select work_number as number from agreements where intent_at is not null",
  )
  const free = [...splynx.tickets.keys()].filter((number) => !busy.some((one) => one.number === number))
  const number = free.length > 0 ? pick(free) : null
  const [over] = await rows(`select 1 from agreements where work_number = '${number}' and closed_at is not null`)
  if (number === null || over) return
  splynx.change(number, { closed: isClosed })
  // Before a closure meets what Hilo believes, it sees that it is open again.
  if (!isClosed) await whileSplynxWorks(() => sync(desk))
}

/** Whatever comes of it: it may be closed, or being reopened. */
async function reopenByHand() {
  const open = await rows<{ id: string }>("select id from agreements where closed_at is null")
  if (open.length > 0) await admin.call("POST", `/agreements/${pick(open).id}/reopen`, { reason: "Sigue sin servicio" })
}

async function whileSplynxWorks(then: () => Promise<unknown>) {
  const { otherwise, staleList } = splynx
  Object.assign(splynx, { otherwise: () => works, staleList: null })
  await then()
  Object.assign(splynx, { otherwise, staleList })
}

const steps: [weight: number, step: () => Promise<unknown>][] = [
  [
    2,
    async () => {
      const { id } = splynx.add({ assign_to: "7" })
      numbers.push(id)
      waiting.push(gestionReal.opens({ number: id, splynxId: id }))
    },
  ],
  [
    1,
    async () => {
      const number = String(900_000 + numbers.length)
      numbers.push(number)
      waiting.push(gestionReal.opens({ number }))
    },
  ],
  [1, reopenByHand],
  [8, () => changeInSplynx(true)],
  [1, () => changeInSplynx(false)],
  [1, async () => numbers.length > 0 && waiting.push(gestionReal.closes({ number: pick(numbers) }))],
  [
    6,
    async () => {
      if (waiting.length === 0) return
      const hook = pick(waiting)
      await deliver(hook)
      // Some come twice.
      if (next() < 0.8) waiting = waiting.filter((one) => one !== hook)
    },
  ],
  [6, async () => desk.clock.pass(1_000 * (1 + upTo(480)))],
  [3, async () => void (splynx.otherwise = flaky)],
  [2, async () => void (splynx.otherwise = () => works)],
  [1, async () => void (splynx.staleList = [...splynx.tickets.values()].map((ticket) => ({ ...ticket })))],
  [2, async () => void (splynx.staleList = null)],
  [8, () => work(desk)],
  [5, () => Promise.all([check(desk), check(desk), sync(desk)])],
  [5, () => work(mortal(1 + upTo(25)))],
]
const weighted = steps.flatMap(([weight, step]) => Array.from({ length: weight }, () => step))

async function comeToRest() {
  Object.assign(splynx, { otherwise: flaky, staleList: null })
  for (const hook of waiting) await deliver(hook)
  waiting = []
  for (let round = 0; round < 20; round++) {
    // What waits for its window is reopened while Splynx and servers still fail.
    if (round === 12) splynx.otherwise = () => works
    const server = round < 12 && next() < 0.5 ? mortal(1 + upTo(25)) : desk
    desk.clock.pass(121_000)
    await sync(server)
    await check(server)
  }
}

type Row = {
  id: string
  record: string
  number: string | null
  cycle: number
  recreado: number
  isOver: boolean
  reopened: number
  workSaid: string | null
}

async function compare(when: string) {
  const all = await rows<Row>(`select a.id, a.record_number as record, a.work_number as number, a.cycle, a.recreado,
    a.closed_at is not null as "isOver",
    (select count(*) from agreement_evidence e where e.agreement_id = a.id and e.said = 'reopened') as reopened,
    (select e.said from agreement_evidence e where e.agreement_id = a.id and e.system_id = a.work_system_id order by e.id desc limit 1)
      as "workSaid"
    from agreements a order by a.id`)
  assert.deepEqual(all.map(({ record }) => record).toSorted(), numbers.toSorted(), "one agreement each")
  for (const { id, record, number, cycle, recreado, isOver, reopened, workSaid } of all) {
    const about = `${when}: ${record}`
    const closures = gestionReal.posts.filter(({ url, payload }) => url.includes("cierre") && payload.includes(record))
    assert.ok(!isOver || closures.length > 0, `${about}: closed because both said so`)
    const opened = [...splynx.tickets.values()].filter(({ note }) => note.includes(id)).map((ticket) => ticket.id)
    assert.deepEqual(opened, record === number || number === null ? [] : [number], `${about} was opened once`)
    if (number === null) assert.ok(isOver, `${about} has a ticket in Splynx, or needs none`)
    else {
      assert.equal(splynx.tickets.get(number)!.closed, isOver, `${about} is closed in both or in none`)
      assert.equal(workSaid === "closed", isOver, `${about}: the evidence ends so`)
    }
    const real = splynx.reopened.filter((one) => one === number).length
    const changes = splynx.puts.filter((put) => put.id === number && put.done).length
    assert.deepEqual([recreado, reopened, changes], [real, real, real], `${about} was reopened so often`)
    assert.ok(real <= cycle - 1, `${about}: once a cycle`)
  }
  for (const { find, name } of agreementInvariants)
    if (typeof find === "string") assert.deepEqual(await rows(find), [], name)
}

test(`both systems and Hilo end equal, whatever fails in between (seed ${seed})`, async () => {
  for (let life = 0; life < 4; life++) {
    for (let n = 0; n < 80; n++) await pick(weighted)()
    await comeToRest()
    await compare(`life ${life}`)
  }
  assert.ok(splynx.reopened.length > 10, `${splynx.reopened.length} were reopened at all`)
})

test("118: each reopening has one notice, whatever died, however often its job is done", async () => {
  const events = await rows<{ eventId: number; ticketId: string }>(
    `select id as "eventId", ticket_id as "ticketId" from events where kind = 'agreement.reopened' order by id`,
  )
  assert.equal(events.length, splynx.reopened.length)
  const notify = (kit: Kit, event: object) =>
    anyhow(() => reopeningNoticeJob(kit).run({ ...event, depth: 0, subjectId: null }))
  for (const event of events) {
    await notify(mortal(upTo(3)), event)
    await Promise.all([notify(desk, event), notify(desk, event)])
  }
  const notices = await rows<{ n: number }>(
    "select count(*)::int as n from agreement_evidence where said in ('notice_queued', 'notice_skipped') group by data ->> 'eventId'",
  )
  assert.deepEqual(
    notices.map(({ n }) => n),
    events.map(() => 1),
  )
})
