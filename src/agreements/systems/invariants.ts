import type { Invariant } from "#kernel/invariant.ts"

export const linkedSystemInvariants: Invariant[] = [
  {
    name: "linked_systems_answer",
    why: "Every linked system that Hilo asks answers.",
    remedy:
      "What it failed with says whether it, the network or a secret is at fault; test it (POST /api/v1/links/systems/{id}/test).",
    // One that is away is no damage of the desk: nothing is closed or reopened meanwhile.
    isAdvice: true,
    find: `select name || ' has given no answer since ' || to_char(failing_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ': ' || failure
      from linked_systems where failing_since is not null and deleted_at is null order by name`,
  },
]
