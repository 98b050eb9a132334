// What no API key does, whatever its role: a thief of one must not make a way in that outlives it.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"

/** Refuses (403) when it is a key that acts. `what` ends the sentence "An API key …". */
export function refuseApiKey({ actor }: Pick<Act, "actor">, what: string): void {
  if (actor.kind === "key") throw new Refusal("forbidden", "forbidden", `An API key ${what}: sign in to do so`)
}
