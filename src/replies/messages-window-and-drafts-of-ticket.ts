// What belongs to a ticket that is answered: what was said, how it can be answered now, and what its reader was writing.
import type { z } from "zod"
import { connectionById } from "#connections/index.ts"
import { seesIdentity } from "#contacts/index.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import type { Kit } from "#kernel/kit.ts"
import { draftsOf, listMessages, type Message, message, messagesQuery } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import { matchesReference, messageScope, type TicketParts } from "#tickets/index.ts"
import { drafts, followers, replyWindow, type ReplyWindow } from "./api-contract.ts"
import { readFollowers } from "./mails/followers-and-requester.ts"
import { suggestReplyMail } from "./mails/reply-recipients.ts"
import { threadOf } from "./thread-and-address-lookups.ts"
import { replyOptions } from "./reply-options.ts"

/** The newest page of messages, with notes for staff. */
const newestPage = messagesQuery.parse({ includeInternal: "true", order: "desc" })

export const replyParts = (kit: Kit): TicketParts => ({
  messages: {
    access: can.anybodySignedIn,
    answer: pageSchema(message),
    read: (who, { id }) => readMessages(kit, who, id, newestPage),
  },
  replyWindow: { access: can.beStaff, answer: replyWindow, read: (who, { id }) => readReplyWindow(kit, who, id) },
  followers: { access: can.beStaff, answer: followers, read: (who, { id }) => readFollowers(kit, who, id) },
  drafts: { access: can.beStaff, answer: drafts, read: (who, { id }) => readDrafts(kit, who, id) },
})

export async function readMessages(kit: Kit, who: Principal, ref: string, query: z.output<typeof messagesQuery>) {
  const { includeInternal, ...page } = query
  const reading = await messageScope(kit.db, who, ref)
  const isStaff = can.beStaff(who)
  const internal = includeInternal === "true" && isStaff
  const listed = await listMessages(kit.db, { ...page, ...reading, now: kit.now(), readerId: who.id, internal })
  return isStaff ? listed : { ...listed, items: listed.items.map((one) => forCustomer(who, one)) }
}

/** Customers learn the names of those who help them, and nothing else of them; nor whose contact their address was put on. */
function forCustomer(who: Principal, shown: Message): Message {
  // Whom a mail went to and what its servers said of it are the desk's business.
  const { mail: _mail, recipients: _recipients, ...one } = shown
  const { type, id, name } = one.sender
  if (type === "user") return { ...one, sender: { type, id: null, name } }
  return type === "contact" && !matchesReference(who, id) ? { ...one, sender: { type, id: null, name: null } } : one
}

export async function readReplyWindow(kit: Kit, who: Principal, ref: string): Promise<ReplyWindow> {
  const { ticketId: id } = await messageScope(kit.db, who, ref)
  const thread = (await threadOf(kit.db.kysely, id))!
  const connection = thread.connectionId ? await connectionById(kit.db.kysely, thread.connectionId) : undefined
  const suggested = await suggestReplyMail(kit.db.kysely, connection, id)
  const mail = suggested && { from: [...suggested.senders], to: suggested.to, cc: suggested.cc }
  const options = { ...(await replyOptions(kit.db.kysely, thread, connection, kit.now())), mail }
  const { to } = options
  const isSeen = !to?.identityId || (await seesIdentity(kit.db, who, to.identityId))
  return isSeen ? options : { ...options, to: { ...to, address: null } }
}

export async function readDrafts(kit: Kit, who: Principal, ref: string) {
  const { ticketId } = await messageScope(kit.db, who, ref)
  return draftsOf(kit.db, who.id, ticketId)
}
