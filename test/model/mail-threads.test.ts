// Whatever people write to a mailbox and staff do with it: each mail is on the ticket of its thread, and a thread has one active ticket.
import assert from "node:assert/strict"
import { test } from "node:test"
import { emptyModel, type Model } from "./mail-threads-model.ts"
import { fc } from "../fast-check-seed.ts"
import { checkTheLaw } from "../stories/customer-crowd-and-journal.ts"
import { mailCommands, openLife, type Real } from "./mail-commands.ts"

const { desk, start } = await openLife()

/** The tickets of this life as the database has them, in the order in which they were made. */
async function stored({ ticketIds }: Real) {
  const { rows } = await desk.db.pool.query(
    `select t.active as "isActive", t.message_count as count, m.number as "mergedInto" from tickets t
      left join tickets m on m.id = t.merged_into where t.id = any($1) order by array_position($1, t.id)`,
    [[...ticketIds.values()]],
  )
  return rows
}

async function expected({ ticketIds }: Real, { tickets }: Model) {
  const { rows } = await desk.db.pool.query("select id, number from tickets")
  const numbers = new Map(rows.map(({ id, number }) => [id, number]))
  return tickets.map((ticket) => ({
    isActive: ticket.isActive,
    count: ticket.count,
    mergedInto: ticket.mergedInto ? numbers.get(ticketIds.get(ticket.mergedInto)) : null,
  }))
}

const runs = Number(process.env["HILO_MODEL_RUNS"] ?? 10)

test(
  `whatever is mailed, a mail is on the ticket of its thread (${runs} lives)`,
  { timeout: 60_000 + runs * 20_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(mailCommands, { size: "+1", maxCommands: 40 }), async (lived) => {
        const [model, real] = [emptyModel(), await start()]
        await fc.asyncModelRun(() => ({ model, real }), lived)
        assert.deepEqual(await stored(real), await expected(real, model))
      }),
      { numRuns: runs },
    )
    const { rows } = await desk.db.pool.query("select reason from failed_deliveries")
    assert.deepEqual(rows, [])
    await checkTheLaw(desk.db.kysely)
  },
)
