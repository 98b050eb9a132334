import { sql } from "kysely"
import { purgeAll } from "#kernel/jobs/cleanup.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { keptBySchema } from "#kernel/schema-invariants.ts"
import { sequenceInvariant } from "#kernel/sequence-invariant.ts"
import { purgeDrafts } from "./drafts.ts"

/** What of the schema an invariant below keeps. */
export const messageObjects = ["index messages_once"]

const isOtherDay = "m.ticket_day <> (t.created_at at time zone 'UTC')::date"

export const messageInvariants: Invariant[] = [
  {
    name: "drafts",
    why: "What somebody was writing when their account was switched off is tidied away within a day.",
    remedy: "removes them.",
    find: `select d.ticket_id || ' ' || d.user_id from drafts d
      join users u on u.id = d.user_id where u.disabled_at < now() - interval '25 hours'`,
    repair: purgeAll(purgeDrafts),
  },
  {
    name: "message_days",
    why: "A message knows the day of its ticket, by which searches narrow.",
    remedy: "sets the day again.",
    find: `select m.id from messages m join tickets t on t.id = m.ticket_id
      where ${isOtherDay}`,
    repair: (act) =>
      sql`update messages m set ticket_day = (t.created_at at time zone 'UTC')::date from tickets t
        where t.id = m.ticket_id and ${sql.raw(isOtherDay)}`.execute(act.tx),
  },
  keptBySchema(
    {
      name: "messages_once",
      why: "A message that a provider sends twice is stored once: the database keeps it.",
      remedy: "builds the unique index again; it waits while a message is there twice.",
    },
    messageObjects,
  ),
  sequenceInvariant("message_order", () => [
    { sequence: "'message_positions'", table: "messages", column: "position" },
  ]),
]
