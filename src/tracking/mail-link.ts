// The link that opens a ticket to the holder of an address. It is written when its mail leaves, apart from the request: whether
// there is anything to mail shows neither in the answer nor in its time.
import type { Act } from "#kernel/act.ts"
import { newSecret } from "#kernel/ids.ts"
import { type MailWriters, queueMail } from "#kernel/mail/mail-queue.ts"
import { type Secrets, tokenHash } from "#kernel/secrets.ts"
import { foldedEmail } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { formatText } from "#texts/format-text.ts"
import { supportedLanguage } from "#texts/languages-and-text-ids.ts"
import type { TrackBody } from "./api-contract.ts"
import { findTracked, normalizeTracked, type TrackedMatch } from "./find-tracked-ticket.ts"
import { insertLink, isLinkLeft, linkMinutes } from "./link-store.ts"

const writer = "tracking link"

/** Has a link mailed if the two belong together, and not too many were. */
export async function requestLink(act: Act, secrets: Secrets, asked: TrackBody): Promise<void> {
  const { email } = normalizeTracked(asked)
  await queueMail(act, secrets, { to: email, writer, about: { number: asked.number, email } })
}

/** The mail says a number and nothing that anybody wrote. */
export const trackingMailWriters = (publicUrl: string): MailWriters => ({
  [writer]: async (act, { number = "", email = "" }, mailId) => {
    const match = await findTracked(act.tx, normalizeTracked({ number, email }))
    if (!match) return null
    const { ticketId, identityId } = match
    const mailbox = mailboxOf(email, match)
    if (!(await isLinkLeft(act, { ticketId, mailbox, mailId }))) return null
    const token = newSecret("trk_")
    await insertLink(act, { ticketId, identityId, mailbox, mailId, tokenHash: tokenHash(token) })
    const language = await languageOf(act, identityId)
    const link = `${publicUrl}/track/open/${token}`
    const text = formatText(language, "mail.track.text", { number: match.number, link, minutes: linkMinutes })
    return { subject: formatText(language, "mail.track.subject", match), text, mayLeaveByMailbox: true }
  },
})

// One that was only given with tickets, as anybody may, is none of a contact's that has the same: it takes no links from that.
const mailboxOf = (email: string, { isGiven }: TrackedMatch) =>
  tokenHash(`${isGiven ? "given " : ""}${foldedEmail(email)}`)

async function languageOf(act: Act, identityId: string) {
  const row = await act.tx
    .selectFrom("contactIdentities as i")
    .innerJoin("contacts as c", "c.id", "i.contactId")
    .select("c.language")
    .where("i.id", "=", identityId)
    .executeTakeFirst()
  return supportedLanguage(row?.language) ?? (await readSetting(act, "language"))
}
