// Who left an e-mail in a chat and went away is written to when somebody answers there: that they were answered, and nothing of
// what was said, for that the address is theirs is only what they say.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { readSetting } from "#settings/index.ts"
import { formatText } from "#texts/format-text.ts"
import { supportedLanguage } from "#texts/languages-and-text-ids.ts"

/**
 * SQL join: the one e-mail `e` of the visitor with whom the message was exchanged. What they last said of themselves goes before
 * what was said, and has become an address of their contact's since; that stays theirs when the contact is merged.
 */
export const saidEmailJoin = (message: string) =>
  `join lateral (select said.value, said.contact_id, 'infinity'::timestamptz as until from contact_identities said
      where said.kind = 'email' and said.scope = ${message}.identity_id and said.contact_id is not null
    union all select known.value, known.contact_id, said.removed_at from contact_identities visitor
      join contacts k on k.id = visitor.contact_id or k.merged_into = visitor.contact_id
      join contact_identities said on said.former_contact_id = k.id and said.kind = 'email'
        and said.confirmed_for is not null and starts_with(said.scope, visitor.id || ' ')
      join contact_identities known on known.kind = 'email' and known.scope = '' and known.value = said.value
        and known.contact_id = visitor.contact_id
      where visitor.id = ${message}.identity_id
    order by until desc limit 1) e on true`

/** How the names of these mails begin, which tells them from others to the same address. */
const onceStart = "chat_"
/** However many visitors say that an address is theirs, its owner is written to once in so long. */
const everyMs = 3_600_000

type UnreadAnswer = {
  messageId: string
  email: string
  language: string | null
  connectionId: string
  page: string | null
  /** The name of the mail: by their last words, for what follows those is announced once. */
  once: string
  /** When somebody at this address was last written to like this. */
  lastMailedAt: Date | null
}

/** An answer whose address was written to within the hour, and when it may be announced. */
export type HeldAnswer = { messageId: string; dueAt: Date }

/**
 * Of these messages those that their visitor has not fetched are announced, once for all that follow the visitor's last words.
 * Returns those for which it is too early.
 */
export async function mailUnreadChatAnswers(
  act: Act,
  secrets: Secrets,
  publicUrl: string,
  messageIds: readonly string[],
): Promise<HeldAnswer[]> {
  const mailed = { once: new Set<string>(), at: new Map<string, Date>() }
  const held: HeldAnswer[] = []
  for (const answer of await unreadAnswers(act, messageIds)) {
    const { messageId, email, once } = answer
    if (mailed.once.has(once)) continue
    const last = mailed.at.get(email) ?? answer.lastMailedAt
    const dueAt = last && new Date(last.getTime() + everyMs)
    if (dueAt && dueAt > act.now) held.push({ messageId, dueAt })
    else if (
      await queueMail(act, secrets, {
        to: email,
        once,
        mayLeaveByMailbox: true,
        ...(await textOf(act, publicUrl, answer)),
      })
    ) {
      mailed.once.add(once)
      mailed.at.set(email, act.now)
    }
  }
  return held
}

async function textOf(act: Act, publicUrl: string, { language: spoken, connectionId, page }: UnreadAnswer) {
  const language = supportedLanguage(spoken) ?? (await readSetting(act, "language"))
  const link = `${publicUrl}/chat/${connectionId}`
  // A page of somebody else is not named: anybody could have said which, and whose e-mail.
  const text = formatText(language, page === null ? "mail.chat.text" : "mail.chat.textElsewhere", { link })
  return { subject: formatText(language, "mail.chat.subject"), text }
}

async function unreadAnswers(act: Act, messageIds: readonly string[]): Promise<UnreadAnswer[]> {
  if (messageIds.length === 0) return []
  await lockAddresses(act, messageIds)
  // The index is of this beginning alone: a parameter in its place would not be known to be it.
  const { rows } = await sql<UnreadAnswer>`
    select m.id as message_id, e.value as email, c.language, m.connection_id, v.page, once.name as once,
      (select max(o.created_at) from outgoing_emails o where o.recipient = e.value
        and starts_with(o.id, '${sql.raw(`mai_${onceStart}`)}')) as last_mailed_at
    from messages m ${sql.raw(saidEmailJoin("m"))} join contact_identities v on v.id = m.identity_id
      join contacts c on c.id = e.contact_id and not c.blocked
      join lateral (select ${onceStart} || substr(b.id, length('msg_') + 1) as name from messages b
        where b.identity_id = m.identity_id and b.direction = 'in' and b.position < m.position
        order by b.position desc limit 1) once on true
    where m.id = any(${messageIds}::text[]) and m.sender_kind = 'user' and m.delivery_state in ('queued', 'sent')
      and not exists (select from outgoing_emails o where o.id = 'mai_' || once.name)
    order by m.position`.execute(act.tx)
  return rows
}

// Two servers that have answers for one address go one after the other, so that the second sees the mail of the first.
async function lockAddresses(act: Act, messageIds: readonly string[]) {
  await sql`select pg_advisory_xact_lock(hashtextextended('chat e-mail ' || address, 0)) from (
    select distinct e.value as address from messages m ${sql.raw(saidEmailJoin("m"))}
    where m.id = any(${messageIds}::text[]) order by 1) sorted`.execute(act.tx)
}
