import type { Invariant } from "#kernel/invariant.ts"

export const hookInvariants: Invariant[] = [
  {
    name: "system_hooks",
    why: "What a linked system posted is processed within minutes, as long as a worker runs.",
    remedy: "Start a server with HILO_ROLE all or worker; its log says why they are not processed.",
    find: `select id::text from system_hooks
      where state = 'stored' and next_at < now() - interval '10 minutes' order by id`,
  },
  {
    name: "failed_system_hooks",
    why: "Hooks of linked systems that could not be processed are kept.",
    find: "select id::text from system_hooks where state = 'failed' order by id",
    harmless: "wait for somebody to look at them, and to have them tried again",
  },
]
