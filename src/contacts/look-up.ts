import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { runIn, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Page } from "#kernel/pages.ts"
import { recordAdmin } from "#events/index.ts"
import type { Principal } from "#people/index.ts"
import { readPhone } from "#privacy/index.ts"
import { readSetting } from "#settings/index.ts"
import type { NamedContact } from "./contract.ts"
import { type Identity, identityOf } from "./match.ts"

/** Whoever knows a whole address may ask whose it is, anybody's: no more than the name. That they asked is in the audit. */
export async function lookUp(kit: Kit, who: Principal, text: string): Promise<Page<NamedContact>> {
  return inTransaction(kit.db, { actor: who, now: kit.now() }, async (act) => {
    const items = await contactWith(act.tx, text, await readSetting(act, "desk.country"))
    for (const { id, name } of items)
      await recordAdmin(act, "contact.looked_up", { subjectId: id, name, before: {}, after: {}, fields: [], data: {} })
    return { items, nextCursor: null, total: items.length, totalIsCapped: false }
  })
}

async function contactWith(from: Kysely<DB>, text: string, country: string | null): Promise<NamedContact[]> {
  const identity = identityOf(text, { kind: "email", scope: "" }) ?? phoneIn(text, country)
  if (!identity) throw invalidField("identity", "must be a whole phone number, or an e-mail address")
  return runIn<NamedContact>(
    from,
    statement(
      "",
      (p) => `select c.id, c.name from contact_identities i join contacts c on c.id = i.contact_id
        where i.kind = ${p(identity.kind)} and i.scope = '' and i.value = any(${p([identity.value, ...identity.also])}::text[])
        order by i.value = ${p(identity.value)} desc limit 1`,
    ),
  )
}

function phoneIn(text: string, country: string | null): Identity | null {
  const read = readPhone(text, country)
  return read && identityOf(read.number, { kind: "phone", scope: "" })
}
