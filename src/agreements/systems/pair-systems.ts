import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { existingSystem, type LinkedSystemRow, systemsInUse } from "./linked-system-store.ts"
import { systemRegistry } from "./system-registry.ts"

/** With which work system a record system forms pairs. Refuses (404) when none is linked, or several and none of them is named. */
export async function workSystemOf(act: Act, { kind, settings }: LinkedSystemRow): Promise<LinkedSystemRow> {
  const { pairedBy } = systemRegistry[kind]
  const named = pairedBy && settings[pairedBy.setting]
  if (typeof named === "string") return existingSystem(act.tx, named)
  const [only, ...others] = (await systemsInUse(act.tx)).filter((row) => row.kind === pairedBy?.kind)
  if (!only || others.length > 0) throw notFound("linked system")
  return only
}
