import type { Check } from "#kernel/check.ts"
import { opensCanary } from "./canary.ts"

export const settingsChecks: Check[] = [
  {
    name: "secret",
    why: "HILO_SECRET is the one that this database was set up with, so that what is sealed in it can be opened.",
    find: async ({ db, secrets }) => {
      if (!secrets) return ["no secret is set and none is kept beside the data"]
      return (await opensCanary(db, secrets)) ? [] : ["the secret does not open what is sealed in the database"]
    },
  },
]
