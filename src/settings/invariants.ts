import type { Invariant } from "#kernel/invariant.ts"
import { secretOpensDatabase } from "./check-hilo-secret.ts"
import { backupAdvice } from "./last-backup.ts"
import { isSettingName, settings } from "./setting-definitions.ts"
import { storedSettings } from "./settings-store.ts"

export const settingsInvariants: Invariant[] = [
  {
    name: "secret",
    why: "HILO_SECRET is the one that this database was set up with, so that what is sealed in it can be opened.",
    remedy: "Set HILO_SECRET to what it was, or put HILO_DATA/secret back.",
    find: async ({ db, secrets }) => {
      if (!secrets) return ["no secret is set and none is kept beside the data"]
      return (await secretOpensDatabase(db, secrets)) ? [] : ["the secret does not open what is sealed in the database"]
    },
  },
  backupAdvice,
  {
    name: "settings",
    why: "Every stored setting is one that may be set; another counts as not set.",
    remedy: "Set it again (Settings, or PUT /api/v1/settings/{name}).",
    find: async ({ db }) =>
      [...(await storedSettings(db.kysely))]
        .filter(([name, value]) => isSettingName(name) && !settings[name].type.safeParse(value).success)
        .map(([name]) => name),
  },
]
