// An address that staff add to a contact is announced at the addresses known to be theirs: none is added in silence. One that
// stands with a ticket alone is not added.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { supportedLanguage } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"
import type { IdentityKind } from "../api-contract.ts"
import { maskAddress } from "./mask-address.ts"

type AddressNotice = {
  eventId: number
  toId: string
  email: string
  language: string | null
  kind: IdentityKind
  value: string
}

export function contactJobs(kit: Kit, publicUrl: string): Job[] {
  return [
    {
      name: "tell-new-address",
      worthwhile: async (tx, payloads) => {
        const ids = (payloads as ReactionPayload[]).map(({ eventId }) => eventId)
        const announced = new Set((await toTell(tx, ids)).map(({ eventId }) => eventId))
        return payloads.filter(({ eventId }) => announced.has(Number(eventId)))
      },
      run: ({ eventId }) => tellAddress(kit, publicUrl, Number(eventId)),
    },
  ]
}

async function tellAddress(kit: Kit, publicUrl: string, eventId: number): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    for (const { toId, email, language, kind, value } of await toTell(act.tx, [eventId])) {
      const known = supportedLanguage(language) ?? (await readSetting(act, "language"))
      const desk = {
        subject: formatText(known, "mail.address.subject"),
        text: formatText(known, "mail.address.text", { added: maskAddress(kind, value), link: `${publicUrl}/my` }),
      }
      await queueMail(act, kit.secrets, { to: email, mayLeaveByMailbox: true, once: `${eventId}_${toId}`, ...desk })
    }
  })
}

/** Of the contact's e-mails only those that it is proved to have. The new one is masked. */
async function toTell(tx: Act["tx"], eventIds: number[]): Promise<AddressNotice[]> {
  const { rows } = await sql<AddressNotice>`
    select e.id as event_id, i.id as to_id, i.value as email, c.language, n.kind, n.value
    from events e join contact_identities n on n.id = e.data ->> 'identityId' and n.contact_id = e.subject_id and n.scope = ''
      join contacts c on c.id = n.contact_id and not c.blocked
      join contact_identities i on i.contact_id = n.contact_id and i.kind = 'email' and i.id <> n.id
        and i.confirmed_for = i.contact_id and i.proof in ('message', 'link')
    where e.id = any(${eventIds}::bigint[]) and e.kind = 'contact.identified' and e.data ->> 'proof' = 'staff'`.execute(
    tx,
  )
  return rows
}
