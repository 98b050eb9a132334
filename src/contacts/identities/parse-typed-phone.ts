import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { phoneRefusal, parsePhone } from "#privacy/index.ts"
import { readSetting } from "#settings/index.ts"
import type { GivenIdentity } from "../api-contract.ts"
import { type Identity, identityOf } from "./normalize-address.ts"

/** The phone that a person typed, read in the desk's country. What cannot be read is refused by its `path`. */
export async function parseTypedPhone(act: Act, text: string, path: string): Promise<Identity> {
  const home = await readSetting(act, "desk.country")
  const read = parsePhone(text, home)
  const identity = read && identityOf(read.number, { kind: "phone", scope: "" })
  if (!identity) throw invalidField(path, phoneRefusal(home))
  return identity
}

/** Given identities with their phones read; what the contact has already stays as it is stored. `path`: of the field they came in. */
export async function readPhones(
  act: Act,
  given: GivenIdentity[],
  before: readonly { kind: string; value: string }[],
  path = "identities",
): Promise<GivenIdentity[]> {
  const read: GivenIdentity[] = []
  for (const [i, one] of given.entries()) {
    const isTyped = one.kind === "phone" && !before.some(({ kind, value }) => kind === "phone" && value === one.value)
    read.push(isTyped ? { ...one, value: (await parseTypedPhone(act, one.value, `${path}.${i}.value`)).value } : one)
  }
  return read
}
