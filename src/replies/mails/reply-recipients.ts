// Whom an answer by mail goes to: as the last mail suggests, unless its writer says otherwise.
import type { Database, Statement } from "#kernel/db.ts"
import { runIn } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { channels, type MailAddress, withoutToken } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { blockedEmails } from "#contacts/index.ts"
import { type Participants, participantsOf } from "#intake/index.ts"
import {
  type AnsweredMail,
  mailThreadsOfTicket,
  mailToAnswer,
  mostRecipients,
  silentRequester,
} from "#messages/index.ts"

export type Recipient = MailAddress & { role: "to" | "cc" | "bcc" }

/** `senders`: the addresses that it may leave by, the first unless one is named; never empty. `own`: of the mailbox, which get no copy. */
export type SuggestedMail = {
  answered: AnsweredMail
  threadIds: string[]
  participants: Participants
  own: readonly string[]
  senders: readonly MailAddress[]
  to: MailAddress[]
  cc: MailAddress[]
}

/** What is left out is as suggested. */
export type GivenRecipients = {
  to?: MailAddress[] | undefined
  cc?: MailAddress[] | undefined
  bcc?: MailAddress[] | undefined
  from?: string | undefined
}

/** Null where an answer leaves as no mail. */
export async function suggestReplyMail(
  from: Database["kysely"],
  connection: ConnectionRow | undefined,
  ticketId: string,
): Promise<SuggestedMail | null> {
  const own = connection && channels[connection.kind]?.ownAddresses?.(connection.settings)
  const answered = own && (await mailToAnswer(from, ticketId))
  if (!answered) return null
  const run = <Row>(one: Statement) => runIn<Row>(from, one)
  const threads = await mailThreadsOfTicket(run, ticketId)
  const threadIds = [...new Set([answered.threadId, ...threads.map(({ threadId }) => threadId)])]
  const participants = await participantsOf(run, threadIds)
  const silent = await silentRequester(from, ticketId)
  const people = peopleOf(answered, own, participants, silent?.address ?? null)
  if (!people) return null
  const { to } = people
  const all = withoutAddresses(people.others, [...own, ...to.map(({ address }) => address)])
  const blocked = await blockedEmails(
    from,
    all.map(({ address }) => address),
  )
  const cc = withoutAddresses(all, [...blocked])
  const senders = sendersOf(connection, answered)
  return { answered, threadIds, participants, own, senders, to, cc: cc.slice(0, mostRecipients - to.length) }
}

/**
 * Its requester before who wrote last, where the requester has written nothing: who it was before gets a copy. Null where nobody is left
 * to answer.
 */
function peopleOf(
  answered: AnsweredMail,
  own: readonly string[],
  { requesters, followers, removed }: Participants,
  silent: string | null,
): { to: MailAddress[]; others: MailAddress[] } | null {
  const wanted = withoutAddresses(answered.replyTo, own)
  const asked = !answered.takesPart ? [] : wanted.length > 0 ? wanted : [answered.sender]
  const given = requesters.find(({ address }) => address === silent)
  const to = given ? [given] : asked
  if (to.length === 0) return null
  const named = [...asked, ...answered.recipients.filter(({ role }) => role !== "bcc")]
  const added = [...requesters, ...followers].filter(({ isAdded }) => isAdded)
  const others = [...named.filter(({ address }) => !removed.has(address)), ...added]
  return { to: to.map(plain), others: others.map(plain) }
}

const plain = ({ name, address }: MailAddress): MailAddress => ({ name, address })

/** By the address of ours that the customer wrote to, where mails may leave by it. */
function sendersOf({ kind, settings, health }: ConnectionRow, { recipients }: AnsweredMail): MailAddress[] {
  const learnt = health.verification?.learnt ?? {}
  const senders = [...(channels[kind]?.senderAddresses?.({ settings, learnt }) ?? [])]
  const written = new Set(recipients.map(({ address }) => address))
  return senders.toSorted((a, b) => Number(written.has(b.address)) - Number(written.has(a.address)))
}

/**
 * Each once, without addresses of the mailbox and without our tokens. Refuses (400) an answer to nobody or to more than 50, and an address
 * of ours that mails may not leave by.
 */
export function chooseRecipients(
  { own, senders, ...suggested }: Pick<SuggestedMail, "own" | "senders" | "to" | "cc">,
  { from, ...given }: GivenRecipients,
): { sender: MailAddress; recipients: Recipient[] } {
  const sender = from === undefined ? senders[0] : senders.find(({ address }) => address === from)
  if (!sender) throw invalidField("from", "is no address that this mailbox may send by")
  const taken = new Set(own)
  const recipients = (["to", "cc", "bcc"] as const).flatMap((role) => {
    const people = given[role] ?? (role === "bcc" ? [] : suggested[role])
    const plain = people.map(({ name, address }) => ({ name, address: withoutToken(address) }))
    const left = withoutAddresses(plain, [...taken])
    for (const { address } of left) taken.add(address)
    return left.map((one) => ({ ...one, role }))
  })
  if (!recipients.some(({ role }) => role === "to")) throw invalidField("to", "must name somebody beside this mailbox")
  if (recipients.length > mostRecipients) throw invalidField("to", `must be at most ${mostRecipients} with cc and bcc`)
  return { sender, recipients }
}

/** Each once, and none of these. */
function withoutAddresses(people: readonly MailAddress[], addresses: readonly string[]): MailAddress[] {
  const left = new Set(addresses)
  return people.filter(({ address }) => {
    const isNew = !left.has(address)
    left.add(address)
    return isNew
  })
}
