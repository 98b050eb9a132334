// On which connections a conversation with somebody can be begun, and what stands in the way.
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { type Channel, channels } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { contactById, marketingRefusersStatement, viewerOf } from "#contacts/index.ts"
import { type LastFailure, lastFailuresStatement, replyRecipient } from "#messages/index.ts"
import type { Principal } from "#people/index.ts"
import { activeOf, conversationKey, visibleAmong } from "#tickets/index.ts"
import { takesNothing } from "../check-reply-restrictions.ts"
import { addressesOf, addressOf } from "../thread-and-address-lookups.ts"
import type { StartConnection } from "./api-contract.ts"
import { sendsMails } from "./plan-first-mail.ts"
import { startsConversations } from "./with-contact.ts"

type Candidate = Pick<ConnectionRow, "id" | "kind" | "name"> & { isStopped: boolean }

/** For a contact whom they see; those that reach nothing of the contact are left out. */
export async function connectionsForContact(kit: Kit, who: Principal, id: string): Promise<StartConnection[]> {
  const contact = await contactById(kit.db.kysely, await viewerOf(kit.db, who), id)
  if (contact.isPartial)
    throw new Refusal("forbidden", "forbidden", "You know this contact only by tickets that you opened for them")
  const all = contact.isGroup ? [] : await candidates(kit)
  const lines: Line[] = []
  // One after another: a dialog that opens does not take every connection to the database.
  for (const one of all) {
    const line = await lineTo(kit, contact.id, one)
    if (line) lines.push(line)
  }
  const visible = await visibleAmong(
    kit.db,
    who,
    lines.flatMap(({ active, others }) => [...(active ? [active] : []), ...others].map((ticket) => ticket.id)),
  )
  const conditions = await conditionsOf(kit, lines)
  return lines.map((line) => startConnectionOf({ ...line, addresses: conditions(line) }, contact.blocked, visible))
}

/** For somebody who is not known yet, by the kinds of addresses that will be typed. */
export async function connectionsForAddresses(kit: Kit, kinds: readonly string[]): Promise<StartConnection[]> {
  const all = await candidates(kit)
  return all
    .filter(({ kind }) => channels[kind]!.reach.anywhere.some((address) => kinds.includes(address)))
    .map((one) => ({
      ...shown(one),
      address: null,
      addresses: [],
      canSend: true,
      refusesMarketing: false,
      ticket: null,
      activeTickets: [],
    }))
}

async function candidates({ db }: Kit): Promise<Candidate[]> {
  const kinds = Object.entries(channels).flatMap(([kind, channel]) => (startsConversations(channel) ? [kind] : []))
  const { rows } = await sql<Candidate>`
    select n.id, n.kind, n.name, coalesce(n.health -> 'breaker', 'null') <> 'null' as is_stopped
    from connections n where n.enabled and n.deleted_at is null and n.kind = any(${kinds}) order by n.name, n.id`.execute(
    db.kysely,
  )
  return rows
}

const shown = ({ id, kind, name, isStopped }: Candidate) => ({
  id,
  kind,
  name,
  by: beginningOf(channels[kind]!),
  reason: isStopped ? ("breaker" as const) : null,
})

function beginningOf(channel: Channel): StartConnection["by"] {
  if (channel.templates) return "template"
  return sendsMails(channel) ? "mail" : "text"
}

/**
 * What a contact has on a connection that reaches them; of the addresses the first is where it goes without a choice. `active`: of the
 * thread of the two; by mail there is none, and `others` has what is active there.
 */
type Line = {
  connection: Candidate
  addresses: { id: string; value: string }[]
  active: { id: string; number: string } | null
  others: StartConnection["activeTickets"]
}

async function lineTo(kit: Kit, contactId: string, connection: Candidate): Promise<Line | null> {
  const from = kit.db.kysely
  const channel = channels[connection.kind]!
  const { id } = connection
  const to = await replyRecipient(from, { id: "", connectionId: id, contactId })
  const first = to.identityId && (await addressOf(from, channel, to.identityId, id))
  if (!first) return null
  const more = await addressesOf(from, channel, contactId, id)
  const addresses = [{ ...first, value: to.address ?? first.value }, ...more.filter((one) => one.id !== first.id)]
  if (sendsMails(channel)) return { connection, addresses, active: null, others: await othersOf(kit, id, contactId) }
  return { connection, addresses, active: await activeOf(from, conversationKey(id, contactId)), others: [] }
}

const mostOthers = 20
const mostShown = 3

async function othersOf({ db }: Kit, connectionId: string, contactId: string): Promise<Line["others"]> {
  return db.kysely
    .selectFrom("tickets")
    .select(["id", "number", "subject"])
    .where("contactId", "=", contactId)
    .where("connectionId", "=", connectionId)
    .where("active", "=", true)
    .orderBy("updatedAt", "desc")
    .orderBy("id", "desc")
    .limit(mostOthers)
    .execute()
}

/** How each address can be written to by a template: asked once for all connections. */
async function conditionsOf({ db }: Kit, all: readonly Line[]): Promise<(line: Line) => StartConnection["addresses"]> {
  // A channel without limits takes what it is given.
  const limited = all.filter(({ connection }) => channels[connection.kind]!.replyLimits)
  const pairs = limited.flatMap(({ connection, addresses }) =>
    addresses.map(({ id }) => ({ connectionId: connection.id, identityId: id })),
  )
  const [refusers, failures] = await Promise.all([
    db.run<{ id: string }>(marketingRefusersStatement([...new Set(pairs.map(({ identityId }) => identityId))])),
    db.run<LastFailure>(lastFailuresStatement(pairs)),
  ])
  const refusing = new Set(refusers.map(({ id }) => id))
  const failed = failures.filter(({ reason }) => takesNothing(reason))
  return ({ connection, addresses }) =>
    addresses.map(({ id, value }) => ({
      identityId: id,
      address: value,
      canSend: !failed.some((one) => one.identityId === id && one.connectionId === connection.id),
      refusesMarketing: channels[connection.kind]!.replyLimits !== null && refusing.has(id),
    }))
}

type JudgedLine = Omit<Line, "addresses"> & Pick<StartConnection, "addresses">

function startConnectionOf(line: JudgedLine, isBlocked: boolean, visible: ReadonlySet<string>): StartConnection {
  const { connection, active, addresses, others } = line
  const { address, refusesMarketing } = addresses[0]!
  const isHidden = active !== null && !visible.has(active.id)
  const obstacle = isBlocked
    ? "contact_blocked"
    : addresses.every(({ canSend }) => !canSend)
      ? "undeliverable"
      : isHidden
        ? "forbidden"
        : null
  return {
    ...shown(connection),
    ...(obstacle !== null && { reason: obstacle }),
    address,
    addresses,
    canSend: obstacle === null && active === null,
    refusesMarketing,
    ticket: active && !isHidden ? { id: active.id, number: active.number } : null,
    activeTickets: others.filter(({ id }) => visible.has(id)).slice(0, mostShown),
  }
}
