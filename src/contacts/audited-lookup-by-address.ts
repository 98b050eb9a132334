import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { runIn, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { can, createThrottle, type Principal, type Throttle } from "#people/index.ts"
import { parsePhone } from "#privacy/index.ts"
import { readSetting } from "#settings/index.ts"
import type { GivenIdentity, NamedContact } from "./api-contract.ts"
import { type Identity, identityOf } from "./identities/normalize-address.ts"
import { knows } from "./visibility.ts"

/** Staff who know a whole address may ask whose it is, anybody's: no more than the name. That they asked is in the audit. */
export async function lookUpByAddress(kit: Kit, who: Principal, text: string): Promise<Page<NamedContact>> {
  await lookUpThrottle(kit).spend(who.id)
  return inTransaction(kit.db, { actor: who, now: kit.now() }, async (act) => {
    const items = await contactWith(act.tx, text, await readSetting(act, "desk.country"))
    await tellLookUps(act, items)
    return { items, nextCursor: null, total: items.length, totalIsCapped: false }
  })
}

const lookUpsAnHour = 60

const lookUpThrottle = (kit: Kit): Throttle =>
  createThrottle(kit.db, "contact_look_up", { points: lookUpsAnHour, seconds: 3_600 })

/**
 * A user who writes somebody's whole address down learns from the answer that it is known, and whose it is: a look-up of each
 * contact that they did not know, counted and logged in the audit as such. Refuses (429) too many of them.
 */
export async function countLookUps(kit: Kit, who: Principal, given: readonly GivenIdentity[]): Promise<void> {
  const typed = given.filter(({ kind }) => kind === "email" || kind === "phone")
  if (typed.length === 0 || !can.seeContacts(who)) return
  const asking = { actor: who, now: kit.now() }
  const strangers = await inTransaction(kit.db, asking, (act) => strangersAmong(act, who, typed))
  for (const _ of strangers) await lookUpThrottle(kit).spend(who.id)
  if (strangers.length > 0) await inTransaction(kit.db, asking, (act) => tellLookUps(act, strangers))
}

async function strangersAmong(act: Act, who: Principal, typed: readonly GivenIdentity[]): Promise<NamedContact[]> {
  const country = await readSetting(act, "desk.country")
  const found = new Map<string, NamedContact>()
  for (const { kind, value } of typed) {
    const identity = kind === "email" ? identityOf(value, { kind, scope: "" }) : phoneIn(value, country)
    for (const one of identity ? await contactsOf(act.tx, identity) : [])
      if (!(await knows(act, who, one.id))) found.set(one.id, one)
  }
  return [...found.values()]
}

async function tellLookUps(act: Act, contacts: readonly NamedContact[]): Promise<void> {
  for (const { id, name } of contacts)
    await recordAdminAct(act, "contact.looked_up", { subjectId: id, name, before: {}, after: {}, fields: [], data: {} })
}

async function contactWith(from: Kysely<DB>, text: string, country: string | null): Promise<NamedContact[]> {
  const identity = identityOf(text, { kind: "email", scope: "" }) ?? phoneIn(text, country)
  if (!identity) throw invalidField("identity", "must be a whole phone number, or an e-mail address")
  return contactsOf(from, identity)
}

const contactsOf = (from: Kysely<DB>, identity: Identity) =>
  runIn<NamedContact>(
    from,
    statement(
      "",
      (p) => `select c.id, c.name from contact_identities i join contacts c on c.id = i.contact_id
        where i.kind = ${p(identity.kind)} and i.scope = '' and i.value = any(${p([identity.value, ...identity.also])}::text[])
        order by i.value = ${p(identity.value)} desc limit 1`,
    ),
  )

function phoneIn(text: string, country: string | null): Identity | null {
  const read = parsePhone(text, country)
  return read && identityOf(read.number, { kind: "phone", scope: "" })
}
