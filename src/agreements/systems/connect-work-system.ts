import type { Kit } from "#kernel/kit.ts"
import type { LinkedSystemRow } from "./linked-system-store.ts"
import { openAccount } from "./open-account.ts"
import type { WorkSystem } from "./system-kind.ts"
import { systemRegistry } from "./system-registry.ts"

/** `always`: also while its circuit breaker is open. */
export type Urgency = { always: boolean }

/** How to ask it, and how much at once; null for a system that is none to work in. */
export function connectWorkSystem(
  kit: Kit,
  row: LinkedSystemRow,
  urgency: Urgency,
): { system: WorkSystem; statusesAtOnce: number } | null {
  const { work } = systemRegistry[row.kind]
  if (!work) return null
  return { system: work.connect(kit, openAccount(kit, row), urgency), statusesAtOnce: work.statusesAtOnce }
}
