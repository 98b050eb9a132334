import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import {
  type SettingName,
  settingNames,
  type SettingValue,
  type SettingValues,
  valueOf,
} from "./setting-definitions.ts"
import { storedSettings } from "./settings-store.ts"

const keptMs = 2_000
const kept = new WeakMap<Database, { at: number; values: Promise<SettingValues> }>()

/** Through the database the answer may be two seconds old; through an act it is what its transaction sees, at a query. */
export async function readSetting<N extends SettingName>(
  from: Database | Pick<Act, "tx">,
  name: N,
): Promise<SettingValue<N>> {
  if ("tx" in from) return valueOf(name, (await storedSettings(from.tx)).get(name))
  return (await readSettings(from))[name]
}

export function readSettings(db: Database): Promise<SettingValues> {
  const found = kept.get(db)
  if (found && performance.now() - found.at <= keptMs) return found.values
  const values = storedSettings(db.kysely).then(valuesOf)
  const mine = { at: performance.now(), values }
  kept.set(db, mine)
  values.catch(() => kept.get(db) === mine && kept.delete(db))
  return values
}

export function clearSettingsCache(db: Database) {
  kept.delete(db)
}

function valuesOf(stored: Map<string, unknown>): SettingValues {
  return Object.fromEntries(settingNames.map((name) => [name, valueOf(name, stored.get(name))])) as SettingValues
}
