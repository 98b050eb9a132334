import type { Check } from "#kernel/check.ts"

export const intakeChecks: Check[] = [
  {
    name: "deliveries",
    why: "What a webhook stored is taken in within minutes, as long as a worker runs.",
    find: `select id::text from webhook_deliveries
      where state = 'stored' and received_at < now() - interval '10 minutes' order by id`,
  },
  {
    name: "set_aside",
    why: "Pieces of webhooks that could not be taken in wait where people see them.",
    find: "select id from set_aside where replayed_at is null order by id",
    harmless: "wait for somebody to look at them, and to have them tried again",
  },
]
