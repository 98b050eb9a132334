import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, member, call } from "#test/desks/test-desk.ts"
import { callsOf, openIncidentDesk } from "#test/desks/incident-desk.ts"
import { createKey } from "#people/index.ts"

const { desk, executor } = await openIncidentDesk()
const connection = async (id: string, kind = "whatsapp") => {
  await desk.db.pool.query(
    "insert into connections (id, kind, name, created_at, updated_at) values ($1, $2, $1, now(), now())",
    [id, kind],
  )
  return id
}
const isStopped = async (id: string) => {
  const { rows } = await desk.db.pool.query(
    "select coalesce(health -> 'breaker', 'null') <> 'null' as stopped from connections where id = $1",
    [id],
  )
  return rows[0].stopped as boolean
}
/** An account fault, which stops whatever connection it names. */
const fault = (connectionId: string) => ({ httpCode: 401, errorCode: 190, connectionId })

test("a failure that an agent, a lead or their key invents opens no breaker, and an incident all the same", async () => {
  const id = await connection("con_invented")
  for (const role of ["agent", "lead"] as const) {
    const who = await member(desk, { email: `${role}@example.com`, name: role, role })
    const { ticket } = await callsOf(desk, who).fail({ actionId: `act_of_${role}`, guia: `INV-${role}`, ...fault(id) })
    assert.deepEqual([ticket!.guia, await isStopped(id)], ["SYSTEM-con_invented", false], role)
  }
})

test("a key made for one connection stops that one alone, and an admin's stops any", async () => {
  const [own, other] = [await connection("con_own", "api"), await connection("con_other")]
  const { userId } = await member(desk, { email: "source@example.com", name: "Source", role: "agent" })
  const { key } = await acting(desk, (act) =>
    createKey(act, { name: "source", role: "agent", userId, connectionIds: [own] }),
  )
  const source = {
    userId,
    key,
    call: (method: "POST", url: string, body?: unknown) =>
      call(desk.app, method, url, body, { authorization: `Bearer ${key}` }),
  }
  const asSource = callsOf(desk, source as typeof executor)
  await asSource.fail({ actionId: "act_s1", guia: "SOURCE-1", ...fault(other) })
  assert.equal(await isStopped(other), false)
  await asSource.fail({ actionId: "act_s2", guia: "SOURCE-2", ...fault(own) })
  assert.equal(await isStopped(own), true)
  await callsOf(desk, executor).fail({ actionId: "act_s3", guia: "SOURCE-3", ...fault(other) })
  assert.equal(await isStopped(other), true)
})
