import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { type LinkedSystemRow, shareLockSystem, systemsInUse } from "./linked-system-store.ts"
import { systemRegistry } from "./system-registry.ts"

/** With which work system a record system forms pairs; nobody removes it before the transaction ends. Refuses (404) when none is linked, or several and none of them is named. */
export async function workSystemOf(act: Act, { kind, settings }: LinkedSystemRow): Promise<LinkedSystemRow> {
  const { pairedBy } = systemRegistry[kind]
  const named = pairedBy && settings[pairedBy.setting]
  if (typeof named === "string") return systemToPair(act, named)
  const [only, ...others] = (await systemsInUse(act.tx)).filter((row) => row.kind === pairedBy?.kind)
  if (!only || others.length > 0) throw notFound("linked system")
  return systemToPair(act, only.id)
}

/** One that a new agreement names: nobody removes it before the transaction ends. Refuses (404) one that is not in use. */
export async function systemToPair(act: Act, id: string): Promise<LinkedSystemRow> {
  const row = await shareLockSystem(act, id)
  if (!row) throw notFound("linked system")
  return row
}
