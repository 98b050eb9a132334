import type { Invariant } from "#kernel/invariant.ts"
import { secretOpensDatabase } from "./check-hilo-secret.ts"
import { backupAdvice } from "./last-backup.ts"

export const settingsInvariants: Invariant[] = [
  {
    name: "secret",
    why: "HILO_SECRET is the one that this database was set up with, so that what is sealed in it can be opened.",
    find: async ({ db, secrets }) => {
      if (!secrets) return ["no secret is set and none is kept beside the data"]
      return (await secretOpensDatabase(db, secrets)) ? [] : ["the secret does not open what is sealed in the database"]
    },
  },
  backupAdvice,
]
