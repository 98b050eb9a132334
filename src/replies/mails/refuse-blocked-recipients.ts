// Nobody writes to somebody who is blocked, whichever line of a mail names them.
import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { withoutToken } from "#channels/index.ts"
import { blockedEmails } from "#contacts/index.ts"
import type { GivenRecipients } from "./reply-recipients.ts"

/** Refuses (409 `contact_blocked`) a mail to addresses of blocked contacts, with the field of each: `cc.1`. */
export async function refuseBlockedRecipients(from: Database["kysely"], given: GivenRecipients): Promise<void> {
  const people = (["to", "cc", "bcc"] as const).flatMap((role) =>
    (given[role] ?? []).map(({ address }, n) => ({ path: `${role}.${n}`, address: withoutToken(address) })),
  )
  const blocked = await blockedEmails(
    from,
    people.map(({ address }) => address),
  )
  const errors = people.flatMap(({ path, address }) =>
    blocked.has(address) ? [{ path, message: "is of a contact who is blocked" }] : [],
  )
  if (errors.length > 0) throw new Refusal("conflict", "contact_blocked", undefined, { errors })
}
