// What a reply that leaves as a mail says beside its text: whom it goes to, and which mails it names.
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import { channels, type MailAddress } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { insertMessageMail, type Message, mailToAnswer } from "#messages/index.ts"

const mostCopies = 50

/**
 * To where who wrote last wants answers, with copies for the others whom that mail went to (`everybody`): never to ourselves. What nobody
 * wrote goes to one address alone, which the limits of such mails count: what a mail says of answers may name others, and many.
 */
export async function saveReplyMail(
  act: Act,
  { kind, settings }: ConnectionRow,
  { id: messageId, ticketId }: Pick<Message, "id" | "ticketId">,
  goesTo: "everybody" | { address: string | null },
): Promise<void> {
  const own = channels[kind]?.ownAddresses?.(settings)
  const answered = own && (await mailToAnswer(act, ticketId))
  if (!answered) return
  const { to, cc } = goesTo === "everybody" ? recipientsOf(answered, own) : writerOf(answered, goesTo.address)
  await insertMessageMail(<Row>(one: Statement) => runIn<Row>(act.tx, one), {
    messageId,
    threadId: answered.threadId,
    writerRole: null,
    mailId: null,
    subject: replySubject(answered.subject),
    sender: { name: "", address: own[0]! },
    replyTo: [],
    recipients: [...to.map(inRole("to")), ...cc.map(inRole("cc"))],
    inReplyTo: answered.references.slice(-1),
    referenceIds: answered.references,
    automatic: "no",
    auth: "unknown",
    claimsToBeUs: false,
    html: null,
    foldedFrom: null,
    quotedFrom: null,
    rawSha256: null,
  })
}

type Answered = NonNullable<Awaited<ReturnType<typeof mailToAnswer>>>
type Recipients = Record<"to" | "cc", MailAddress[]>

function recipientsOf({ sender, replyTo, recipients }: Answered, own: readonly string[]): Recipients {
  const wanted = withoutAddresses(replyTo, own)
  const to = wanted.length > 0 ? wanted : [sender]
  const others = recipients.filter(({ role }) => role !== "bcc")
  const cc = withoutAddresses(others, [...own, ...to.map(({ address }) => address)]).slice(0, mostCopies)
  return { to, cc }
}

function writerOf({ sender }: Answered, address: string | null): Recipients {
  return { to: [address === null || address === sender.address ? sender : { name: "", address }], cc: [] }
}

const inRole =
  <Role extends "to" | "cc">(role: Role) =>
  ({ name, address }: MailAddress) => ({ name, address, role })

function withoutAddresses(people: readonly MailAddress[], addresses: readonly string[]): MailAddress[] {
  const left = new Set(addresses)
  return people.filter(({ address }) => {
    const isNew = !left.has(address)
    left.add(address)
    return isNew
  })
}

const answerMarks = /^\s*(?:re|rv|aw|sv|rif|r)\s*:\s*/i

/** Kept, with one "Re:". */
function replySubject(subject: string): string {
  let rest = subject
  while (answerMarks.test(rest)) rest = rest.replace(answerMarks, "")
  return `Re: ${rest}`
}
