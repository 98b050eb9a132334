import type { Invariant } from "#kernel/invariant.ts"
import { awaitedConnection } from "./webhook-delivery-store.ts"

export const webhookInvariants: Invariant[] = [
  {
    name: "deliveries",
    why: "What a webhook stored is processed within minutes, as long as a worker runs.",
    remedy: "Start a server with HILO_ROLE all or worker; its log says why they are not processed.",
    find: `select id::text from webhook_deliveries
      where state = 'stored' and received_at < now() - interval '10 minutes' order by id`,
  },
  {
    name: "held_deliveries",
    why: "What came for a connection that is switched off is kept until it is on again.",
    find: `select c.name || ' since ' || min(d.received_at)::date from webhook_deliveries d join connections c on c.id = ${awaitedConnection}
      where d.state = 'held' group by c.name order by 1`,
    harmless: "connections are switched off, and what came for them waits",
  },
  {
    name: "failed_deliveries",
    why: "Elements of webhooks that could not be processed wait where people see them.",
    find: "select id from failed_deliveries where replayed_at is null order by id",
    harmless: "wait for somebody to look at them, and to have them tried again",
  },
]
