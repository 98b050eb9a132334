// The transcript of a chat by mail: to an address that is proved to be the visitor's, else once a mailed link was used. A
// visitor's words go to nobody who has not asked for them: the mail with the link holds none.
import { z } from "zod"
import { inTransaction, system } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import { existingConnection } from "#connections/index.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { formatText } from "#texts/format-text.ts"
import { languages } from "#texts/languages-and-text-ids.ts"
import { composeTranscript } from "./compose-transcript.ts"
import { mailsTranscripts } from "./shown-connection.ts"
import { type ChatKit, identityOfVisitor } from "./visitor-authentication.ts"

/** How long a mailed link may be used. */
const linkMinutes = 30

const claim = z.object({
  is: z.literal("chat transcript"),
  connectionId: z.string(),
  visitorId: z.string(),
  email: z.string(),
  language: z.enum(languages),
  until: z.number(),
})
export type TranscriptRequest = Pick<z.output<typeof claim>, "connectionId" | "visitorId" | "email" | "language">

export type TranscriptKit = ChatKit & { mailIsSet: boolean }

/** Mails the transcript, or the link that asks for it; nothing where the chat mails none or nothing was said. */
export async function requestTranscript(kit: TranscriptKit, asked: TranscriptRequest): Promise<void> {
  const connection = await existingConnection(kit.db.kysely, asked.connectionId)
  if (!(await mailsTranscripts(kit, connection))) return
  const mail = await composeTranscript(kit, connection, asked)
  if (mail === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const isProved = await isAddressOfVisitor(act, asked)
    const { language, email: to } = asked
    if (isProved) return queueMail(act, kit.secrets, { to, ...mail })
    const link = `${kit.publicUrl}/chat/${connection.id}?lang=${language}#transcript=${tokenFor(kit, asked)}`
    const text = formatText(language, "mail.transcriptLink.text", { link, minutes: linkMinutes })
    const subject = formatText(language, "mail.transcriptLink.subject")
    const endsAt = new Date(act.now.getTime() + linkMinutes * 60_000).toISOString()
    return queueMail(act, kit.secrets, { to, subject, text, endsAt })
  })
}

/** Who has the mail asks for the transcript by its link: to the same address. Refuses (`link_over`) what is none, or too old. */
export async function confirmTranscript(
  kit: TranscriptKit,
  token: string,
  isMailLeft: (email: string) => Promise<boolean>,
): Promise<void> {
  const asked = openToken(kit, token)
  if (asked === null) throw new Refusal("forbidden", "link_over")
  if (!(await isMailLeft(asked.email))) return
  const connection = await existingConnection(kit.db.kysely, asked.connectionId)
  const mail = (await mailsTranscripts(kit, connection)) && (await composeTranscript(kit, connection, asked))
  if (!mail) return
  const writing = { actor: system, now: kit.now() }
  await inTransaction(kit.db, writing, (act) => queueMail(act, kit.secrets, { to: asked.email, ...mail }))
}

/** Is it an address by which the visitor was shown to be reached: proved, and known to be of the same person as their chat? */
async function isAddressOfVisitor(
  act: Parameters<typeof storedIdentity>[0],
  asked: TranscriptRequest,
): Promise<boolean> {
  const address = identityOf(asked.email, { kind: "email", scope: "" })
  const [visitor, known] = [
    await storedIdentity(act, identityOfVisitor(asked.connectionId, asked.visitorId)),
    address && (await storedIdentity(act, address)),
  ]
  if (!visitor || !known || (known.proof !== "message" && known.proof !== "link")) return false
  return known.confirmedFor !== null && known.confirmedFor === visitor.confirmedFor
}

// Nothing is kept of it: what it says is sealed in it, for nobody to read or change.
function tokenFor({ secrets, now }: ChatKit, { connectionId, visitorId, email, language }: TranscriptRequest): string {
  const until = now().getTime() + linkMinutes * 60_000
  const said = { is: "chat transcript", connectionId, visitorId, email, language, until } as const
  return Buffer.from(secrets.seal(JSON.stringify(said satisfies z.input<typeof claim>)), "base64").toString("base64url")
}

function openToken({ secrets, now }: ChatKit, token: string): TranscriptRequest | null {
  try {
    const said = claim.parse(JSON.parse(secrets.open(Buffer.from(token, "base64url").toString("base64"))))
    return said.until > now().getTime() ? said : null
  } catch {
    return null
  }
}
