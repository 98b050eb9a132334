// A mailed link is used up by a button, and the browser that pressed it has the ticket open for a while.
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { plainText } from "#kernel/http/input-fields.ts"
import { retryOnUniqueViolation } from "#kernel/http/idempotent-request.ts"
import { newSecret } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { proveIdentityByLink } from "#contacts/index.ts"
import type { Uploader } from "#files/index.ts"
import type { LinkViewer } from "#people/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { lockMergeTarget, receiveOnTicket, reopenForCustomer } from "#tickets/index.ts"
import { readerOfSession, saveFormKey, spendLink } from "./link-store.ts"

/** `at`: when its time was looked at. */
export type Session = { hash: string; at: Date; viewer: LinkViewer }

/** The browser that used a link has it. */
export const linkCookie = "hilo_ticket"

export type TicketSurvey = {
  question: (db: Database, ticketId: string, now: Date, language: Language) => Promise<string | null>
  answer: (act: Act, ticketId: string, given: unknown) => Promise<boolean>
}

export type LinkKit = Kit & { publicUrl: string; survey: TicketSurvey }

/** The secret for the browser that used the link; null when the link is over. The address is proved by it, whose it is is not. */
export async function openByLink(act: Act, token: string): Promise<string | null> {
  const secret = newSecret("trs_")
  const identity = await spendLink(act, tokenHash(token), tokenHash(secret))
  if (identity === null) return null
  await proveIdentityByLink(act, identity)
  return secret
}

/** Null without one, when its time was over at `at`, or when the ticket is no longer read by the address. */
export async function sessionOfRequest(
  kit: Kit,
  { cookies }: Pick<FastifyRequest, "cookies">,
  at: Date = kit.now(),
): Promise<Session | null> {
  const secret = cookies[linkCookie]
  if (secret === undefined) return null
  const hash = tokenHash(secret)
  const reader = await readerOfSession(kit.db.kysely, hash, at)
  if (!reader) return null
  const { ticketId, contactId, identityId, contactIds, identityIds } = reader
  const viewer = { kind: "contact", id: contactId, by: "link", ticketId, contactId, identityId } as const
  return { hash, at, viewer: { ...viewer, reads: { contactIds, identityIds } } }
}

export const longestReply = 10_000

const formBody = z.object({
  key: z.string().min(1).max(100),
  what: z.enum(["reply", "reopen", "survey"]),
  text: plainText(longestReply).default(""),
  score: z.coerce.number().optional(),
  comment: z.string().optional(),
})

export const linkOver = () => new Refusal("forbidden", "link_over")

/** Whose the files are that they upload. */
export const uploaderOf = ({ viewer }: Session): Uploader => ({ visitorId: viewer.identityId })

/**
 * What they write goes where their words would go otherwise, with the files that they uploaded; a form that comes twice is taken once.
 * The number of the ticket that it went to, when that is another one. Refuses what the address no longer reads (`link_over`).
 */
export async function writeByLink(
  kit: LinkKit,
  session: Session,
  body: unknown,
  attachmentIds: string[],
): Promise<string | null> {
  const form = formBody.safeParse(body)
  if (!form.success) throw invalidField("text", "cannot be taken as it is")
  const { key, what, text, score, comment } = form.data
  if (what === "reply" && text.trim() === "" && attachmentIds.length === 0)
    throw invalidField("text", "must not be empty", "required")
  const { hash, at, viewer } = session
  return retryOnUniqueViolation(() =>
    inTransaction(kit.db, { actor: viewer, now: kit.now() }, async (act) => {
      if (!(await readerOfSession(act.tx, hash, at))) throw linkOver()
      if (!(await saveFormKey(act, hash, key))) return null
      if (what === "survey") {
        if (!(await kit.survey.answer(act, viewer.ticketId, { score, comment })))
          throw invalidField("score", "must be 1 to 5")
        return null
      }
      const ticket = await lockMergeTarget(act, viewer, viewer.ticketId)
      const place = await reopenForCustomer(act, ticket)
      if (what === "reply")
        await receiveOnTicket(act, place, { content: text, attachmentIds, uploadedBy: uploaderOf(session) })
      return place.id === ticket.id ? null : place.number
    }),
  )
}
