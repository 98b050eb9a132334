// How somebody comes to a password of their own: by a link that works once. An admin gives it, to a new colleague or for a
// forgotten password; or its owner has it mailed.
import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { newSecret } from "#kernel/ids.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import { tokenHash, type Secrets } from "#kernel/secrets.ts"
import { record, recordAdminAct } from "#event-log/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"
import type { Invitation } from "../api-contract.ts"
import { revokeKeysOf } from "../api-keys/revoke-key.ts"
import { startSession } from "./sign-in.ts"
import { endPasswordLinksOf, insertPasswordLink, spendPasswordLink } from "./password-link-store.ts"
import { endSession, endSessionsOf } from "../sessions/session-store.ts"
import { lockUser, saveUser } from "../accounts/user-store.ts"

export const invitationDays = 7
export const resetMinutes = 30
const minuteMs = 60_000

/** How mail leaves, and where links lead. `mailIsSet`: whether a mail server is. */
export type LinkMailing = { secrets: Secrets; publicUrl: string; mailIsSet: boolean }

/**
 * Gives a link to the account's owner; earlier ones end. It is mailed when mail is set, and else answered, this once.
 * Refuses: 404 an unknown account, 409 `account_disabled` one that is switched off.
 */
export async function sendInvitation(act: Act, mailing: LinkMailing, id: string): Promise<Invitation> {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt !== null) throw new Refusal("conflict", "account_disabled")
  await endPasswordLinksOf(act, id)
  const expiresAt = new Date(act.now.getTime() + invitationDays * 24 * 60 * minuteMs)
  const link = await makeLink(act, mailing, { userId: id, givenBy: act.actor.id, expiresAt, mailId: null })
  const change = { name: user.name, before: {}, after: {}, fields: [], touched: ["invitation"], data: {} }
  await recordAdminAct(act, "user.invited", { subjectId: id, ...change })
  const purpose = user.passwordHash === null ? "invitation" : "reset"
  const mail = { to: user.email, ...letter(user.language, purpose, link), endsAt: expiresAt.toISOString() }
  const isMailed = mailing.mailIsSet && (await queueMail(act, mailing.secrets, mail))
  return { mailedTo: isMailed ? user.email : null, link: isMailed ? null : link, expiresAt }
}

type Owner = { id: string; language: Language; mailId: string }

/** What is mailed, with a link in it, to somebody of the staff who forgot their password. */
export async function resetPasswordEmail(act: Act, publicUrl: string, { id, language, mailId }: Owner) {
  const expiresAt = new Date(act.now.getTime() + resetMinutes * minuteMs)
  const link = await makeLink(act, { publicUrl }, { userId: id, givenBy: null, expiresAt, mailId })
  return letter(language, "forgotten", link)
}

type NewLink = { userId: string; givenBy: string | null; expiresAt: Date; mailId: string | null }

// The token travels behind the #, so that it reaches no log; and fetching the page, as mail scanners do, uses nothing up.
async function makeLink(act: Act, { publicUrl }: Pick<LinkMailing, "publicUrl">, link: NewLink): Promise<string> {
  const token = newSecret("pwl_")
  await insertPasswordLink(act, { ...link, tokenHash: tokenHash(token) })
  return `${publicUrl}/password#token=${token}`
}

type Purpose = "invitation" | "reset" | "forgotten"

const letter = (language: Language, purpose: Purpose, link: string) => ({
  subject: formatText(language, `mail.${purpose}.subject`),
  text: formatText(language, `mail.${purpose}.text`, { link, days: invitationDays, minutes: resetMinutes }),
})

type Use = { token: string; passwordHash: string; replaces: string | null }

/**
 * Sets the password and starts a session, whose token is returned. Every other session and link of the account ends; its
 * API keys too when somebody else had the password reset. Refuses (403 `link_over`) a link that is no longer open.
 */
export async function usePasswordLink(act: Act, { token, passwordHash, replaces }: Use): Promise<string> {
  const link = await spendPasswordLink(act, tokenHash(token))
  const user = link && (await lockUser(act, link.userId))
  if (!user || user.disabledAt !== null) throw new Refusal("forbidden", "link_over")
  const asOwner: Act = { ...act, actor: { kind: "user", id: user.id } }
  await saveUser(act, user.id, { passwordHash })
  await endPasswordLinksOf(act, user.id)
  await endSessionsOf(act, user.id)
  if (replaces !== null) await endSession(act, tokenHash(replaces))
  if (link.givenBy !== null && link.givenBy !== user.id && user.passwordHash !== null) {
    await revokeKeysOf(asOwner, user.id)
  }
  await record(asOwner, "user.changed", { subjectId: user.id, data: { changes: ["password"], role: user.role } })
  return startSession(asOwner, { userId: user.id, passwordHash })
}
