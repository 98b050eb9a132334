import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import type { LinkedSystemKind } from "../api-contract.ts"
import { type LinkedSystemRow, systemsInUse } from "./linked-system-store.ts"
import type { SystemAccount } from "./system-kind.ts"

/** The system as its kind uses it, with its secrets open. Not to be kept, shown or logged. */
export function openAccount(kit: Pick<Kit, "secrets">, row: LinkedSystemRow): SystemAccount {
  const { id, kind, name, settings } = row
  return { id, kind, name, settings, secrets: openSettings(kit.secrets, row.secrets) }
}

/** Those in use, in the order in which they were linked. */
export async function accountsOfKind(kit: Kit, kind: LinkedSystemKind): Promise<SystemAccount[]> {
  const rows = await systemsInUse(kit.db.kysely)
  return rows.filter((row) => row.kind === kind).map((row) => openAccount(kit, row))
}
