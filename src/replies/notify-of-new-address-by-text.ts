// An address that staff put on somebody who is known by a phone alone is announced there, as text and only while the customer's own
// message keeps the window open: which template says that, no desk has said.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { connectionById } from "#connections/index.ts"
import { type IdentityKind, lockRow, maskAddress } from "#contacts/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { supportedLanguage } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"
import { lockTicket } from "#tickets/index.ts"
import { postAutomaticText } from "./send-greeting-and-farewell.ts"
import { replyMode } from "./reply-options.ts"

type AddressNotice = {
  eventId: number
  ticketId: string
  connectionId: string
  contactId: string
  identityId: string
  address: string
  language: string | null
  kind: IdentityKind
  value: string
}

export function newAddressTextJob(kit: Kit): Job {
  return {
    name: "text-new-address",
    worthwhile: async (tx, payloads) => {
      const announced = new Set((await toTell(tx, payloads.map(eventIdOf))).map(({ eventId }) => eventId))
      return payloads.filter((payload) => announced.has(eventIdOf(payload)))
    },
    run: (payload) => textAddress(kit, payload as ReactionPayload),
  }
}

const eventIdOf = (payload: object) => (payload as ReactionPayload).eventId

async function textAddress(kit: Kit, { eventId, depth }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const [notice] = await toTell(act.tx, [eventId])
    if (!notice) return
    const { ticketId, connectionId, contactId, identityId, address } = notice
    await lockRow(act, contactId)
    if (await wasNotified(act, contactId, eventId)) return
    await lockTicket(act, ticketId)
    const connection = await connectionById(act.tx, connectionId)
    if (!connection?.enabled || connection.deletedAt) return
    const { mode, closesAt } = await replyMode(act.tx, { connectionId, identityId }, connection, act.now)
    if (mode !== "text" || closesAt === null) return
    const text = await wordsOf(act, notice)
    const to = { contactId, identityId, address }
    await postAutomaticText(act, ticketId, { connection, to, text, which: "newAddress" })
  })
}

// On any of their tickets: by the time the job is done again they may have written on another. Under the contact's lock: of
// two servers that do the same job, the second sees what the first has recorded.
async function wasNotified(act: Act, contactId: string, eventId: number): Promise<boolean> {
  const said = await act.tx
    .selectFrom("tickets")
    .innerJoin("events", "events.ticketId", "tickets.id")
    .select("events.id")
    .where("tickets.contactId", "=", contactId)
    .where("events.id", ">", eventId)
    .where("events.causeId", "=", eventId)
    .where("events.kind", "=", "message.posted")
    .executeTakeFirst()
  return said !== undefined
}

async function wordsOf(act: Act, { language, kind, value }: AddressNotice): Promise<string> {
  const known = supportedLanguage(language) ?? (await readSetting(act, "language"))
  return formatText(known, "notice.address", { added: maskAddress(kind, value) })
}

/** Of who has no proved e-mail, which is mailed: the proved phone that wrote last, and where. The new one is masked. */
async function toTell(tx: Act["tx"], eventIds: number[]): Promise<AddressNotice[]> {
  const isProved = (i: string) =>
    sql.raw(`${i}.contact_id = n.contact_id and ${i}.id <> n.id and ${i}.confirmed_for = n.contact_id`)
  const { rows } = await sql<AddressNotice>`
    select distinct on (e.id) e.id as event_id, m.ticket_id, m.connection_id, n.contact_id, i.id as identity_id, coalesce(m.address, i.value) as address,
      c.language, n.kind, n.value
    from events e join contact_identities n on n.id = e.data ->> 'identityId' and n.contact_id = e.subject_id and n.scope = ''
      join contacts c on c.id = n.contact_id and not c.blocked
      join contact_identities i on ${isProved("i")} and i.kind in ('phone', 'bsuid') and i.proof = 'message'
      cross join lateral (select ticket_id, connection_id, address, sent_at from messages
        where identity_id = i.id and direction = 'in' and kind = 'message' and connection_id is not null
        order by sent_at desc limit 1) m
    where e.id = any(${eventIds}::bigint[]) and e.kind = 'contact.identified' and e.data ->> 'proof' = 'staff'
      and not exists (select from contact_identities x where ${isProved("x")} and x.kind = 'email' and x.proof in ('message', 'link'))
    order by e.id, m.sent_at desc`.execute(tx)
  return rows
}
