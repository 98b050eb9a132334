// Who gets the answers on a ticket of mails: its requester, and followers that staff add and take out.
import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { type Database, runIn, type Statement } from "#kernel/db.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { channels, type MailAddress, withoutToken } from "#channels/index.ts"
import { connectionById } from "#connections/index.ts"
import { findOrCreateContact } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { addFollowers, participantsOf, removeFollower, setRequester } from "#intake/index.ts"
import { hasWrittenOnTicket, mailThreadsOfTicket, saveRequesterRole, saveWriterRole } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import {
  changeContact,
  lockMergeTarget,
  messageScope,
  overrideData,
  resolveMerge,
  showTicket,
  type TicketRow,
} from "#tickets/index.ts"
import type { follower, requesterBody } from "../api-contract.ts"
import { refuseBlocked } from "../reply-options.ts"

type Follower = z.infer<typeof follower>

const running =
  (from: Database["kysely"]) =>
  <Row>(one: Statement) =>
    runIn<Row>(from, one)

async function threadsOf(from: Database["kysely"], ticketId: string): Promise<string[]> {
  return [...new Set((await mailThreadsOfTicket(running(from), ticketId)).map(({ threadId }) => threadId))]
}

export async function readFollowers(kit: Kit, who: Principal, ref: string): Promise<{ items: Follower[] }> {
  const { ticketId } = await messageScope(kit.db, who, ref)
  const { followers } = await participantsOf(running(kit.db.kysely), await threadsOf(kit.db.kysely, ticketId))
  return { items: followers }
}

/** What they have written is no stranger's any more. Added already, they stay. Refuses an address of the mailbox, and a twenty-first. */
export async function addFollower(act: Act, ticket: TicketRow, given: MailAddress): Promise<Follower> {
  const { threadIds, address } = await placeOf(act, ticket, given)
  const run = running(act.tx)
  const people = [{ ...given, address }]
  const known = await participantsOf(run, threadIds)
  if (!(await addFollowers(run, { threadIds, people, known }, { isAdded: true, now: act.now })))
    throw invalidField("address", "a ticket has at most 20 followers")
  const { followers } = await participantsOf(run, threadIds)
  const added = followers.find((one) => one.address === address)
  if (!added) throw invalidField("address", "is the requester's")
  await saveWriterRole(act, ticket.id, { address, role: "follower" })
  await recordChange(act, ticket.id, "followers", { followerId: added.id, change: "added" })
  return added
}

export async function takeOutFollower(act: Act, ticket: TicketRow, id: string): Promise<void> {
  const threadIds = await threadsOf(act.tx, ticket.id)
  if (!(await removeFollower(running(act.tx), threadIds, { id, now: act.now }))) throw notFound("follower")
  await recordChange(act, ticket.id, "followers", { followerId: id, change: "removed" })
}

/**
 * Whose ticket it is from now on, and who gets its answers; who it was follows. Where they have not written on it, a lead says why. Refuses
 * whom nobody writes to. Contacts are locked before tickets, as intake does.
 */
export async function changeRequester(
  act: Act,
  who: Principal,
  ref: string,
  { override, ...given }: z.output<typeof requesterBody>,
) {
  await resolveMerge(act, who, ref)
  const { contactId, identityIds } = await findOrCreateContact(act, who, { name: given.name, email: given.address })
  const ticket = await lockMergeTarget(act, who, ref)
  const { threadIds, address } = await placeOf(act, ticket, given)
  const before = ticket.contactId
  await refuseBlocked(act.tx, contactId)
  const isOther = before !== null && before !== contactId && !(await hasWrittenOnTicket(act, ticket.id, address))
  if (isOther) refuseWithoutReason(who, override)
  await setRequester(running(act.tx), threadIds, { name: given.name, address, now: act.now })
  await saveRequesterRole(act, ticket.id, address)
  await changeContact(act, ticket.id, { contactId, identityId: identityIds[0] ?? null })
  if (before !== contactId) {
    const reason = isOther ? await overrideData(act, ticket.id, override) : {}
    await recordChange(act, ticket.id, "contact", { from: before, to: contactId }, reason)
  }
  return showTicket(act, who, ticket.id)
}

/** As for tickets of two customers that become one (409 `other_customer`). */
function refuseWithoutReason(who: Principal, override: string | undefined): void {
  if (override === undefined) throw new Refusal("conflict", "other_customer")
  if (can.overrideAssignment(who)) return
  throw new Refusal("forbidden", "forbidden", "Only a lead or an admin gives a ticket to who has not written on it")
}

/** Of the ticket's own mailbox, or of those where mails about it are answered. Refuses (409 `no_mail`) a ticket without mails. */
async function placeOf(act: Act, { id, connectionId }: TicketRow, given: MailAddress) {
  const threads = await mailThreadsOfTicket(running(act.tx), id)
  const mailboxes = new Set(connectionId === null ? threads.map((one) => one.connectionId) : [connectionId])
  const own: string[] = []
  for (const mailbox of mailboxes) {
    const connection = mailbox === null ? undefined : await connectionById(act.tx, mailbox)
    own.push(...((connection && channels[connection.kind]?.ownAddresses?.(connection.settings)) ?? []))
  }
  const threadIds = [...new Set(threads.map(({ threadId }) => threadId))]
  if (threadIds.length === 0 || own.length === 0) throw new Refusal("conflict", "no_mail")
  const address = withoutToken(given.address)
  if (own.includes(address)) throw invalidField("address", "is the mailbox's own")
  return { threadIds, address }
}

const recordChange = (
  act: Act,
  ticketId: string,
  change: "followers" | "contact",
  what: Record<string, string | null>,
  reason: object = {},
) => record(act, "ticket.updated", { ticketId, data: { changes: [change], [change]: what, ...reason } })
