import { sql } from "kysely"
import type { Invariant } from "#kernel/invariant.ts"
import { keptBySchema } from "#kernel/schema-invariants.ts"
import { renumber, wellFormedSql, wrongNumbersSql } from "../numbers/renumber-tickets.ts"
import { lastGivenSql, raiseNumberSequence } from "../numbers/raise-number-sequence.ts"

/** What of the schema an invariant below keeps. */
export const numberObjects = ["constraint tickets.tickets_number_key"]

const largestSql = `(select coalesce(max(substr(number, 5)::bigint), 0) from tickets where ${wellFormedSql("number")})`

export const numberInvariants: Invariant[] = [
  {
    name: "number_sequence",
    why: "The sequence is at or past the largest number, so that the next ticket gets one of its own.",
    remedy: "moves the sequence past the largest number.",
    find: `select 'the largest number is ' || ${largestSql} || ', the sequence is at ' || ${lastGivenSql}
      where ${largestSql} > ${lastGivenSql}`,
    repair: async (act) => {
      const { rows } = await sql<{ largest: number }>`select ${sql.raw(largestSql)} as largest`.execute(act.tx)
      await raiseNumberSequence(act, rows[0]!.largest)
    },
  },
  {
    name: "numbers",
    why: "Every ticket has a number like TKT-00042 that no other ticket has.",
    remedy:
      "leaves a number to the oldest ticket that has it; gives the others, and those without, new ones; and writes malformed ones as usual (TKT-1 as TKT-00001) where no ticket bears that. An old number with a digit in it still finds its ticket.",
    find: `select id || coalesce(' ' || number, '') from (${wrongNumbersSql}) w`,
    summary: `select count(*) || ' ' || fault || ' (' || array_to_string((array_agg(id || coalesce(' ' || left(number, 40), '')
        order by created_at, id))[:3], ', ') || ')' from (${wrongNumbersSql}) w group by fault order by fault`,
    repair: renumber,
  },
  keptBySchema(
    {
      name: "numbers_kept_unique",
      why: "The database itself refuses a number twice.",
      remedy: "makes the unique constraint again, once every ticket has a number of its own.",
    },
    numberObjects,
  ),
  {
    name: "number_gaps",
    why: "Numbers rise, and none is used twice.",
    // So many that nobody counts on: a sequence may have been moved far ahead.
    find: `select 'gaps' from generate_series(1, least(1000000,
      ${lastGivenSql} - (select count(*) from tickets where ${wellFormedSql("number")})))`,
    harmless:
      "numbers were taken and not used: a number is spent when two first messages race for one thread, or a write is rolled back; a restored desk leaves out what the lost one may have given",
  },
]
