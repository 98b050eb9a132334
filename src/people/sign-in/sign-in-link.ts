// A customer signs in without a password: with a link that works once, mailed to the address that is on file.
import type { Timer } from "#timers/index.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { newSecret } from "#kernel/ids.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { type MailWriters, queueMail } from "#kernel/mail/mail-queue.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { readSetting } from "#settings/index.ts"
import { formatText } from "#texts/format-text.ts"
import { createUser } from "../accounts/create-user.ts"
import { resetPasswordEmail } from "./password-link.ts"
import { startSession } from "./sign-in.ts"
import { linkUserToContact } from "../accounts/link-users-to-contacts.ts"
import { endExpiredSessionsOf, endSession } from "../sessions/session-store.ts"
import { hasLinkRequests, insertLink, personWithEmail, spendLink, takeLinkRequests } from "./sign-in-link-store.ts"
import { userByEmail } from "../accounts/user-store.ts"
import type { PeopleKit } from "../transact-and-drop-principal-cache.ts"

export const linkMinutes = 30
const atOnce = 20

export const linksTimer: Timer = { topic: "sign-in links", dueSql: "select min(created_at) from sign_in_link_requests" }

/** Mails the links that were asked for. Apart from the request, whose time must not reveal who is known. */
export function startSignInLinks(kit: Kit, log: Log): PollingLoop {
  return startPollingLoop(kit.db, log, { name: "sign-in links", step: () => createRequestedLinks(kit) })
}

export async function createRequestedLinks(kit: Kit): Promise<boolean> {
  if (!(await hasLinkRequests(kit.db))) return false
  return inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const emails = await takeLinkRequests(act, atOnce)
    for (const email of emails) await mailLink(act, kit, email)
    return emails.length === atOnce
  })
}

// To the address as it is stored, never as it was typed: two texts may be one address to us and two to the mail's world.
async function mailLink(act: Act, { secrets }: Kit, typed: string) {
  const staff = await forgetfulWith(act, typed)
  const who = staff ?? (await customerWith(act, typed))
  const writer = staff ? "password link" : "sign-in link"
  if (who) await queueMail(act, secrets, { to: who.email, writer, about: { email: who.email } })
}

/** Writes the mails that let somebody in when they leave: a link is as young as its mail, and none is made for nobody. Of several tries only the last one's is open. */
export function linkMailWriters(publicUrl: string): MailWriters {
  return {
    "sign-in link": async (act, { email = "" }, mailId) => {
      const who = await customerWith(act, email)
      if (!who) return null
      const token = newSecret("lnk_")
      await insertLink(act, { tokenHash: tokenHash(token), email: who.email, mailId })
      const language = who.language ?? (await readSetting(act, "language"))
      const link = `${publicUrl}/my/enter#token=${token}`
      const text = formatText(language, "mail.link.text", { link, minutes: linkMinutes })
      return { subject: formatText(language, "mail.link.subject"), text, mayLeaveByMailbox: true }
    },
    "password link": async (act, { email = "" }, mailId) => {
      const owner = await forgetfulWith(act, email)
      return owner && resetPasswordEmail(act, publicUrl, { ...owner, mailId })
    },
  }
}

/** Staff who have a password get a link to set another one. Who has none yet waits for an admin's invitation. */
async function forgetfulWith(act: Act, email: string) {
  const user = await userByEmail(act.tx, email)
  return user && user.role !== "user" && user.disabledAt === null && user.passwordHash !== null ? user : null
}

/** No link signs staff in as they are: the owner of a link already used learns of it, for their password is another. */
async function customerWith(act: Act, email: string) {
  const user = await userByEmail(act.tx, email)
  if (user) return user.role === "user" && user.disabledAt === null ? user : null
  return personWithEmail(act, email)
}

/** Starts the session of whom the link was mailed to; their account is made when it is the first time. */
export async function signInByLink(
  act: Act,
  given: { token: string; replaces: string | null },
  provedByLink?: PeopleKit["provedByLink"],
): Promise<string> {
  const oldest = new Date(act.now.getTime() - linkMinutes * 60_000)
  const email = await spendLink(act, tokenHash(given.token), oldest)
  if (email === null) throw linkOver()
  const user = (await accountWith(act, email)) ?? (await newAccount(act, email))
  await provedByLink?.(act, email)
  if (given.replaces !== null) await endSession(act, tokenHash(given.replaces))
  await endExpiredSessionsOf(act, user.userId)
  return startSession(act, user)
}

async function accountWith(act: Act, email: string) {
  const user = await userByEmail(act.tx, email)
  if (!user) return null
  if (user.role !== "user" || user.disabledAt !== null) throw linkOver()
  return { userId: user.id, passwordHash: user.passwordHash }
}

async function newAccount(act: Act, email: string) {
  const person = await personWithEmail(act, email)
  if (!person) throw linkOver()
  const { id, name, language } = person
  const fields = { email, name: name.trim() || email.split("@")[0]!, ...(language && { language }) }
  const { id: userId } = await createUser(act, { ...fields, role: "user" })
  await linkUserToContact(act, userId, id)
  return { userId, passwordHash: null }
}

const linkOver = () => new Refusal("forbidden", "link_over")
