import type { Act } from "#kernel/act.ts"
import { systemById } from "./linked-system-store.ts"
import { systemRegistry } from "./system-registry.ts"

/** What the two systems of an agreement are called, as inputs of a decision; also those that are no longer linked. */
export async function systemLabels(
  act: Act,
  { workSystemId, recordSystemId }: { workSystemId: string; recordSystemId: string | null },
): Promise<{ workSystem: string; recordSystem?: string }> {
  const labelOf = async (id: string) => systemRegistry[(await systemById(act.tx, id))!.kind].label
  const workSystem = await labelOf(workSystemId)
  return recordSystemId === null ? { workSystem } : { workSystem, recordSystem: await labelOf(recordSystemId) }
}
