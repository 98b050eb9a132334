// A mail finds its thread, or begins one, before anything is asked of tickets: from then on the thread's key is as good as any other.
import type { ChannelMail } from "#channels/index.ts"
import { newId } from "#kernel/ids.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { insertMessageMail } from "#messages/index.ts"
import { mailThreadKey } from "#tickets/index.ts"
import type { NewMailThread } from "../inbound-message.ts"
import { lostRaceError } from "../lost-race-error.ts"
import type { Incoming, Work } from "../read-snapshot.ts"
import { chooseThread, type ChosenThread } from "./choose-thread.ts"
import {
  addParticipants,
  claimIds,
  insertThread,
  knownThreads,
  type Participant,
  type ParticipantRole,
} from "./mail-thread-store.ts"

/** Where a mail belongs, and what its writer is there. */
export type MailPlace = { threadId: string; writerRole: ParticipantRole | "stranger" } & Pick<
  ChosenThread,
  "because" | "suggested"
>

/** The same with the key of its thread. What it begins is written at once; a race for its ids is lost as one for a thread is. */
export async function placeInMailThread(work: Work, incoming: Incoming): Promise<Incoming & { place?: MailPlace }> {
  const { mail, newThread, connectionId, kind } = incoming.inbound
  if (newThread) return { ...incoming, threadKey: await beginThread(work, connectionId, newThread) }
  if (!mail) return incoming
  const place = await placeOf(work, connectionId, mail, { begins: kind === "message" })
  return { ...incoming, threadKey: mailThreadKey(connectionId, place.threadId), place }
}

/** What answers it comes by the token of the thread, or by the signed id of our message. */
async function beginThread(
  { run, now }: Work,
  connectionId: string,
  { id, requester, followers }: NewMailThread,
): Promise<string> {
  await insertThread(run, id, connectionId, now)
  const people = followers.map((one) => ({ ...one, role: "follower" as const }))
  await addParticipants(run, id, [{ ...requester, role: "requester" }, ...people], now)
  return mailThreadKey(connectionId, id)
}

/** `begins`: a thread of its own, where it names none; a notice then belongs nowhere. */
async function placeOf(
  { run, now }: Work,
  connectionId: string,
  mail: ChannelMail,
  { begins }: { begins: boolean },
): Promise<MailPlace> {
  const own = mail.mailId === null ? [] : [{ id: mail.mailId, messageId: null }]
  const named = { tokens: mail.thread.tokens, ids: [...mail.thread.ids, ...own] }
  const ids = [...new Set(named.ids.map(({ id }) => id))]
  const known = await knownThreads(run, connectionId, { ...named, writer: mail.writer.address })
  const { threadId: chosen, because, suggested } = chooseThread(named, known)
  const threadId = chosen ?? newId("mth")
  if (chosen === null && !begins) return { threadId, because, suggested, writerRole: "stranger" }
  if (chosen === null) await insertThread(run, threadId, connectionId, now)
  const isOwn = (id: string) => id === mail.mailId
  const claims = ids.flatMap((id) => (known.ids.has(id) && !isOwn(id) ? [] : [{ id, isBorne: isOwn(id) }]))
  const others = await claimIds(run, { connectionId, threadId, ids: claims })
  // Somebody has begun the thread at this very moment.
  if (chosen === null && others > claims.filter(({ id }) => known.ids.has(id)).length) throw lostRaceError("thread")
  const writerRole = chosen === null ? "requester" : (known.roles.get(threadId) ?? "stranger")
  await addParticipants(run, threadId, peopleOf(mail, writerRole), now)
  return { threadId, because, suggested, writerRole }
}

/** A stranger changes nobody: neither they nor whom they name get anything sent. */
function peopleOf({ writer, others }: ChannelMail, writerRole: MailPlace["writerRole"]): Participant[] {
  if (writerRole === "stranger") return []
  const followers = others.map(({ name, address }) => ({ name, address, role: "follower" as const }))
  return [{ ...writer, role: writerRole }, ...followers]
}

/** What the mail says beside its text, once its message is there. */
export const saveMail = (
  run: RunStatement,
  messageId: string,
  mail: ChannelMail,
  { threadId, writerRole }: MailPlace,
) => {
  const { from: sender, mailId, subject, replyTo, recipients, inReplyTo, references: referenceIds } = mail
  const { automatic, auth, claimsToBeUs, html, foldedFrom, quotedFrom, rawSha256, isSilent } = mail
  return insertMessageMail(run, {
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
  })
}
