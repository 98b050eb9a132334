// For how long a customer waits for us: from their first message that no person has answered, whatever else happens meanwhile.
import assert from "node:assert/strict"
import { test } from "node:test"
import { recountWaiting } from "#tickets/lifecycle/waiting-since.ts"
import { acting } from "#test/desks/test-desk.ts"
import { get, minute, openMergeDesk, phone, say } from "#test/desks/merge-desk.ts"

const { ana, carla, close, desk, merged, root, second, source, undone, writes } = await openMergeDesk()

/** Since when, as staff see it, in minutes from `start`; counted anew it must be the same. */
const waits = async (id: string, start: Date) => {
  const read = async () => (await get(root, id))["waitingSince"] as string | null
  const shown = await read()
  await acting(desk, (act) => recountWaiting(act, [id]))
  assert.equal(await read(), shown, "counted anew it is something else")
  return shown === null ? null : (Date.parse(shown) - start.getTime()) / minute
}
const later = async <T>(minutes: number, work: () => Promise<T>) => {
  desk.clock.pass(minutes * minute)
  return work()
}

test("they wait from their first unanswered message until a person answers; notes and programs answer nobody", async () => {
  const { id, who } = await writes()
  const start = desk.now()
  assert.equal(await waits(id, start), 0)
  await later(2, () => source.says(who, { text: "¿hola?" }))
  await later(1, () => say(ana, id, { content: "nota", isInternal: true }))
  await later(1, () => source.says(who, { text: "Soy un programa", direction: "out", bot: true }))
  await root.call("POST", `/tickets/${id}/read`, {})
  assert.equal(await waits(id, start), 0)
  await later(1, () => say(ana, id, { content: "ya lo vemos" }))
  assert.equal(await waits(id, start), null)
  await later(5, () => source.says(who))
  assert.equal(await waits(id, start), 10)
})

test("who is closed over waits no more, and does again where the closing is taken back; a new word begins anew", async () => {
  const { id, who } = await writes()
  const start = desk.now()
  await close(id)
  assert.equal(await waits(id, start), null)
  await later(1, () => root.call("PUT", `/tickets/${id}/status`, { status: "open" }))
  assert.equal(await waits(id, start), 0)
  await close(id)
  await later(2, () => source.says(who))
  assert.equal(await waits(id, start), 3)
})

test("who rang up waits since then, until they are the ones who are waited for; customers do not see it", async () => {
  const contact = { email: "carla@example.com" }
  const { body } = await root.call("POST", "/tickets", { subject: "Llamó", description: "Caja rota", contact })
  const id = String(body["id"])
  assert.equal(await waits(id, desk.now()), 0)
  await root.call("PUT", `/tickets/${id}/status`, { status: "pending" })
  assert.equal(await waits(id, desk.now()), null)
  await root.call("PUT", `/tickets/${id}/status`, { status: "open" })
  assert.equal(await waits(id, desk.now()), 0)
  assert.equal((await carla.call("GET", "/tickets?sort=waitingSince")).status, 400)
  for (const ticket of (await carla.call("GET", "/tickets")).body["items"] as { waitingSince: null }[])
    assert.equal(ticket.waitingSince, null)
})

test("of merged tickets the longer wait counts, and each has its own again when it is undone", async () => {
  const who = phone()
  const a = await writes(who)
  const start = desk.now()
  const b = await later(3, () => writes(who, second))
  await later(1, () => say(ana, b.id, { content: "respuesta" }))
  await merged(a.id, b.id)
  assert.equal((await get(root, b.id))["waitingSince"], start.toISOString())
  await undone(a.id)
  assert.deepEqual([await waits(a.id, start), await waits(b.id, start)], [0, null])
})

test("a list by waiting goes page by page through who waits and through the rest, and the same way back", async () => {
  await later(60, async () => close((await writes()).id))
  type Row = { id: string; waitingSince: string | null }
  const inOrder = async (sort: string) => {
    const rows: Row[] = []
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await root.call("GET", `/tickets?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`)
      assert.equal(page.status, 200)
      rows.push(...(page.body["items"] as Row[]))
      cursor = page.body["nextCursor"] as string | null
    }
    return rows
  }
  const rows = await inOrder("waitingSince")
  assert.deepEqual(await inOrder("-waitingSince"), rows.toReversed())
  const key = ({ id, waitingSince }: Row) => `${waitingSince ?? "infinity"} ${id}`
  assert.deepEqual(rows.map(key), rows.map(key).toSorted())
  const all = (await root.call("GET", "/tickets?limit=100")).body["items"] as Row[]
  assert.deepEqual(rows.map(({ id }) => id).toSorted(), all.map(({ id }) => id).toSorted())
  assert.ok(rows.filter(({ waitingSince }) => waitingSince).length > 2, "else no page begins among those who wait")
})
