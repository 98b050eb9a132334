// What a message that leaves as a mail says beside its text: whom it goes to, and which mails it names.
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import type { MailAddress } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { addFollowers, type Participants } from "#intake/index.ts"
import { type AnsweredMail, insertMessageMails, type Message } from "#messages/index.ts"
import { refuseBlockedRecipients } from "./refuse-blocked-recipients.ts"
import { chooseRecipients, type GivenRecipients, type Recipient, suggestReplyMail } from "./reply-recipients.ts"

/** A mail as it will leave. */
export type ReplyMail = {
  answered: AnsweredMail
  threadIds: string[]
  participants: Participants
  sender: MailAddress
  recipients: Recipient[]
  /** The mail below it, by the id of its message. */
  quotedId: string | null
}

/** Null where an answer leaves as no mail. Refuses what `chooseRecipients` refuses, and (409) whom nobody writes to. */
export async function planReplyMail(
  act: Act,
  connection: ConnectionRow | undefined,
  ticketId: string,
  { quote = false, ...given }: GivenRecipients & { quote?: boolean | undefined },
): Promise<ReplyMail | null> {
  const suggested = await suggestReplyMail(act.tx, connection, ticketId)
  if (!suggested) return null
  await refuseBlockedRecipients(act.tx, given)
  const { answered, threadIds, participants } = suggested
  const quotedId = quote ? answered.messageId : null
  return { answered, threadIds, participants, ...chooseRecipients(suggested, given), quotedId }
}

/** People whom its writer has added take part from now on, as far as there is room; whom only a blind copy went to does not. */
export async function addAsFollowers(
  act: Act,
  { threadIds, participants: known, recipients }: ReplyMail,
): Promise<void> {
  const people = recipients.filter(({ role }) => role !== "bcc")
  const run = <Row>(one: Statement) => runIn<Row>(act.tx, one)
  await addFollowers(run, { threadIds, people, known }, { isAdded: false, now: act.now })
}

/**
 * What nobody wrote goes to one address alone, which the limits of such mails count: what a mail says of answers may name others, and
 * many.
 */
export async function saveAutomaticMail(
  act: Act,
  connection: ConnectionRow,
  message: Pick<Message, "id" | "ticketId">,
  address: string | null,
): Promise<void> {
  const suggested = await suggestReplyMail(act.tx, connection, message.ticketId)
  if (!suggested) return
  const { answered } = suggested
  const { sender } = answered
  const to = address === null || address === sender.address ? sender : { name: "", address }
  // To ourselves it would never end.
  if (suggested.own.includes(to.address)) return
  const chosen = chooseRecipients(suggested, { to: [to], cc: [] })
  await saveReplyMail(act, message.id, { answered, ...chosen, quotedId: null })
}

/** `answered.references` is empty where it answers nothing: a mail that begins a matter, and says which. */
type SavedMail = Pick<ReplyMail, "sender" | "recipients" | "quotedId"> & {
  answered: Pick<AnsweredMail, "threadId" | "subject" | "references">
}

export async function saveReplyMail(
  act: Act,
  messageId: string,
  { answered, sender, recipients, quotedId }: SavedMail,
  { foldedFrom = null }: { foldedFrom?: number | null } = {},
): Promise<void> {
  await insertMessageMails(
    <Row>(one: Statement) => runIn<Row>(act.tx, one),
    [
      {
        messageId,
        threadId: answered.threadId,
        writerRole: null,
        mailId: null,
        subject: answered.references.length === 0 ? answered.subject : replySubject(answered.subject),
        sender: { name: "", address: sender.address },
        replyTo: [],
        recipients,
        inReplyTo: answered.references.slice(-1),
        referenceIds: answered.references,
        automatic: "no",
        auth: "unknown",
        claimsToBeUs: false,
        html: null,
        foldedFrom,
        quotedFrom: foldedFrom,
        rawSha256: null,
        quotedId,
      },
    ],
  )
}

const answerMarks = /^\s*(?:re|rv|aw|sv|rif|r)\s*:\s*/i

/** Kept, with one "Re:". */
function replySubject(subject: string): string {
  let rest = subject
  while (answerMarks.test(rest)) rest = rest.replace(answerMarks, "")
  return `Re: ${rest}`
}
