// Which identities a contact has. Each belongs to one contact only; the unique index has the last word.
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, invalidField, uniqueViolation } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#events/index.ts"
import type { GivenIdentity } from "./contract.ts"
import { type Identity, identityOf } from "./match.ts"
import { readPhones } from "./phones.ts"
import { contactOf, identitiesOf, insertIdentities, removeIdentities } from "./store.ts"

type Owner = { id: string; isGroup: boolean }

/** Makes the contact's identities those given, in whatever way they are written. True when that changed any. */
export async function replaceIdentities(act: Act, owner: Owner, given: GivenIdentity[]): Promise<boolean> {
  const before = await identitiesOf(act, owner.id)
  const read = await readPhones(act, given, before)
  const wanted = distinct(read.map((one, i) => normalised(owner, one, `identities.${i}`)))
  const added = wanted.filter((one) => !before.some((old) => keyOf(old) === keyOf(one)))
  const removed = before.filter((old) => !wanted.some((one) => keyOf(old) === keyOf(one)))
  await removeIdentities(
    act,
    removed.map((old) => old.id),
  )
  for (const one of added) await refuseTaken(act, owner, one)
  try {
    const rows = added.map(({ kind, scope, value }) => ({
      id: newId("idn"),
      contactId: owner.id,
      kind,
      scope,
      value,
      createdAt: act.now,
    }))
    await insertIdentities(act, rows)
  } catch (error) {
    throw uniqueViolation(error) === null ? error : duplicateEntry("identities")
  }
  for (const { kind } of added)
    await record(act, "contact.identified", { subjectId: owner.id, data: { identityKind: kind } })
  return added.length + removed.length > 0
}

function normalised(owner: Owner, { kind, value, scope = "" }: GivenIdentity, path: string): Identity {
  if ((kind === "group") !== owner.isGroup) {
    throw invalidField(
      `${path}.kind`,
      owner.isGroup ? "must be group: the contact is one" : "must not be group: the contact is a person",
    )
  }
  const isGlobal = kind === "phone" || kind === "email"
  if (isGlobal && scope !== "") throw invalidField(`${path}.scope`, "must be left out: phones and e-mails are global")
  if (!isGlobal && scope === "")
    throw invalidField(`${path}.scope`, "must say where the id is valid: the connection, or the portfolio of a BSUID")
  const identity = identityOf(value, { kind, scope })
  if (!identity) throw invalidField(`${path}.value`, `is not a valid ${kind}`)
  return identity
}

/** The index knows equal values only; the other ways of writing one person's number are asked for here. */
async function refuseTaken(act: Act, owner: Owner, identity: Identity) {
  const other = await contactOf(act, identity)
  if (other !== null && other !== owner.id) throw duplicateEntry("identities")
}

const keyOf = ({ kind, scope, value }: Pick<Identity, "scope" | "value"> & { kind: string }) =>
  JSON.stringify([kind, scope, value])

const distinct = (all: Identity[]) => [...new Map(all.map((one) => [keyOf(one), one])).values()]
