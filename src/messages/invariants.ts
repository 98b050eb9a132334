import { purgeAll } from "#kernel/jobs/cleanup.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { purgeDrafts } from "./drafts.ts"

export const messageInvariants: Invariant[] = [
  {
    name: "drafts",
    why: "What somebody was writing when their account was switched off is tidied away within a day.",
    find: `select d.ticket_id || ' ' || d.user_id from drafts d
      join users u on u.id = d.user_id where u.disabled_at < now() - interval '25 hours'`,
    repair: purgeAll(purgeDrafts),
  },
  {
    name: "message_days",
    why: "A message knows the day of its ticket, by which searches narrow.",
    find: `select m.id from messages m join tickets t on t.id = m.ticket_id
      where m.ticket_day <> (t.created_at at time zone 'UTC')::date`,
  },
  {
    name: "messages_once",
    why: "A message that a provider sends twice is stored once: the database keeps it.",
    find: `select 'the unique index messages_once is missing or not valid' where not exists (
      select from pg_index where indexrelid = to_regclass('messages_once') and indisunique and indisvalid)`,
  },
]
