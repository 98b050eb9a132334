// A mail finds its thread, or begins one, before anything is asked of tickets: from then on the thread's key is as good as any other.
import type { ChannelMail } from "#channels/index.ts"
import { newId } from "#kernel/ids.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { insertMessageMails } from "#messages/index.ts"
import { mailThreadKey } from "#tickets/index.ts"
import type { NewMailThread } from "../inbound-message.ts"
import { lostRaceError } from "../lost-race-error.ts"
import type { Incoming, Work } from "../read-snapshot.ts"
import { chooseThread, type ChosenThread } from "./choose-thread.ts"
import {
  addParticipants,
  claimIds,
  type IdOfThread,
  insertThreads,
  type KnownOfMail,
  knownThreads,
  type Participant,
  type ParticipantRole,
} from "./mail-thread-store.ts"

/** Where a mail belongs, and what its writer is there. */
export type MailPlace = { threadId: string; writerRole: ParticipantRole | "stranger" } & Pick<
  ChosenThread,
  "because" | "suggested"
>

/** A mail with its thread, the key of that, and what joins the thread with it. */
export type PlacedMail = Incoming & {
  place: MailPlace
  /** `misses`: how many of its ids lead to other threads already. */
  joining: { begins: boolean; ids: readonly IdOfThread[]; misses: number; people: readonly Participant[] }
}

/** The same with the key of its thread. What it begins is written at once; a race for its ids is lost as one for a thread is. */
export async function placeInMailThread(work: Work, incoming: Incoming): Promise<Incoming & { place?: MailPlace }> {
  const { mail, newThread, connectionId } = incoming.inbound
  if (newThread) return { ...incoming, threadKey: await beginThread(work, connectionId, newThread) }
  if (!mail) return incoming
  const [placed] = await chooseMailThreads(work, [incoming])
  await joinMailThreads(work, [placed!])
  return placed!
}

/** What answers it comes by the token of the thread, or by the signed id of our message. */
async function beginThread(
  { run, now }: Work,
  connectionId: string,
  { id: threadId, requester, followers }: NewMailThread,
): Promise<string> {
  await insertThreads(run, connectionId, [threadId], now)
  const people = followers.map((one) => ({ ...one, threadId, role: "follower" as const }))
  await addParticipants(run, [{ ...requester, threadId, role: "requester" }, ...people], now)
  return mailThreadKey(connectionId, threadId)
}

/** The threads of mails of one connection. Writes nothing, so that of two mails neither is known to the other. */
export async function chooseMailThreads({ run }: Work, incoming: readonly Incoming[]): Promise<PlacedMail[]> {
  if (incoming.length === 0) return []
  const named = incoming.map(({ inbound }) => namedBy(inbound.mail!))
  const known = await knownThreads(run, incoming[0]!.inbound.connectionId, named)
  return incoming.map((one, n) => placed(one, named[n]!, known[n]!))
}

function namedBy({ thread, mailId, writer }: ChannelMail) {
  const own = mailId === null ? [] : [{ id: mailId, messageId: null }]
  return { tokens: thread.tokens, ids: [...thread.ids, ...own], writer: writer.address }
}

/** A message that names no thread begins one; a notice then belongs nowhere. */
function placed(one: Incoming, named: ReturnType<typeof namedBy>, known: KnownOfMail): PlacedMail {
  const { mail, connectionId, kind } = one.inbound
  const { threadId: chosen, because, suggested } = chooseThread(named, known)
  const threadId = chosen ?? newId("mth")
  const begins = chosen === null && kind === "message"
  const writerRole = begins ? "requester" : (known.roles.get(threadId) ?? "stranger")
  const isOwn = (id: string) => id === mail!.mailId
  const isJoining = begins || chosen !== null
  const ids = isJoining ? [...new Set(named.ids.map(({ id }) => id))] : []
  const claims = ids.flatMap((id) => (known.ids.has(id) && !isOwn(id) ? [] : [{ threadId, id, isBorne: isOwn(id) }]))
  return {
    ...one,
    threadKey: mailThreadKey(connectionId, threadId),
    place: { threadId, because, suggested, writerRole },
    joining: {
      begins,
      ids: claims,
      misses: claims.filter(({ id }) => known.ids.has(id)).length,
      people: isJoining ? peopleOf(mail!, writerRole) : [],
    },
  }
}

/** Writes what begins and joins threads of one connection: no two of these mails have an id or a thread in common. */
export async function joinMailThreads({ run, now }: Work, mails: readonly PlacedMail[]): Promise<void> {
  if (mails.length === 0) return
  const { connectionId } = mails[0]!.inbound
  const begun = mails.filter(({ joining }) => joining.begins)
  const threadIds = begun.map(({ place }) => place.threadId)
  await insertThreads(run, connectionId, threadIds, now)
  const ids = mails.flatMap(({ joining }) => joining.ids)
  const missed = await claimIds(run, connectionId, ids)
  for (const { joining, place } of begun) {
    const misses = missed.filter(({ threadId }) => threadId === place.threadId).length
    // Somebody has begun the thread at this very moment.
    if (misses > joining.misses) throw lostRaceError("thread")
  }
  const people = mails.flatMap(({ joining, place: { threadId } }) =>
    joining.people.map((one) => ({ ...one, threadId })),
  )
  await addParticipants(run, people, now)
}

/** A stranger changes nobody: neither they nor whom they name get anything sent. */
function peopleOf({ writer, others }: ChannelMail, writerRole: MailPlace["writerRole"]): Participant[] {
  if (writerRole === "stranger") return []
  const followers = others.map(({ name, address }) => ({ name, address, role: "follower" as const }))
  return [{ ...writer, role: writerRole }, ...followers]
}

/** What mails say beside their texts, once their messages are there. */
export const saveMails = (
  run: RunStatement,
  mails: readonly { messageId: string; mail: ChannelMail; place: MailPlace }[],
) => insertMessageMails(run, mails.map(toMessageMail))

function toMessageMail({ messageId, mail, place }: { messageId: string; mail: ChannelMail; place: MailPlace }) {
  const { threadId, writerRole } = place
  const { from: sender, mailId, subject, replyTo, recipients, inReplyTo, references: referenceIds } = mail
  const { automatic, auth, claimsToBeUs, html, foldedFrom, quotedFrom, rawSha256, isSilent } = mail
  return {
    messageId,
    threadId,
    writerRole,
    sender,
    mailId,
    subject,
    replyTo,
    recipients,
    inReplyTo,
    referenceIds,
    automatic,
    auth,
    claimsToBeUs,
    html,
    foldedFrom,
    quotedFrom,
    rawSha256,
    isSilent,
  }
}

/** Who came by a token and has begun a ticket is no stranger there: it is they who are answered. */
export const ownPlace = (place: MailPlace, isNew: boolean): MailPlace =>
  isNew && place.writerRole === "stranger" ? { ...place, writerRole: "requester" } : place
