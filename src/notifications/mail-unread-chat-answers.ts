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
 * SQL join: the e-mail `e` that the visitor with whom the message was exchanged has said of themselves, also when it has become
 * an address of their contact's since.
 */
export const saidEmailJoin = (message: string) =>
  `join lateral (select said.id, said.value, said.contact_id from contact_identities said
      where said.kind = 'email' and said.scope = ${message}.identity_id and said.contact_id is not null
    union all select known.id, known.value, known.contact_id from contact_identities visitor
      join contact_identities said on said.former_contact_id = visitor.contact_id and said.kind = 'email'
        and said.confirmed_for = visitor.contact_id and starts_with(said.scope, visitor.id || ' ')
      join contact_identities known on known.kind = 'email' and known.scope = '' and known.value = said.value
        and known.contact_id = visitor.contact_id
      where visitor.id = ${message}.identity_id) e on true`

/** How the names of these mails begin, which tells them from others to the same address. */
const onceStart = "chat_"

type UnreadAnswer = {
  email: string
  language: string | null
  connectionId: string
  page: string | null
  /** Their last message: what follows it is announced once. */
  afterId: string
}

/** Of these messages those that their visitor has not fetched are announced, once for all that follow the visitor's last words. */
export async function mailUnreadChatAnswers(
  act: Act,
  secrets: Secrets,
  publicUrl: string,
  messageIds: readonly string[],
): Promise<void> {
  for (const { email, language: spoken, connectionId, page, afterId } of await unreadAnswers(act, messageIds)) {
    const language = supportedLanguage(spoken) ?? (await readSetting(act, "language"))
    const link = `${publicUrl}/chat/${connectionId}`
    // A page of somebody else is not named: anybody could have said which, and whose e-mail.
    const text = formatText(language, page === null ? "mail.chat.text" : "mail.chat.textElsewhere", { link })
    const subject = formatText(language, "mail.chat.subject")
    await queueMail(act, secrets, { to: email, subject, text, once: afterId.replace("msg_", onceStart) })
  }
}

// However many visitors say that an address is theirs, its owner is written to once an hour.
async function unreadAnswers(act: Act, messageIds: readonly string[]): Promise<UnreadAnswer[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<UnreadAnswer>`
    select distinct on (e.value) e.value as email, c.language, m.connection_id, v.page, l.id as after_id
    from messages m ${sql.raw(saidEmailJoin("m"))} join contact_identities v on v.id = m.identity_id
      join contacts c on c.id = e.contact_id and not c.blocked
      join lateral (select b.id from messages b where b.identity_id = m.identity_id and b.direction = 'in'
        and b.position < m.position order by b.position desc limit 1) l on true
    where m.id = any(${messageIds}::text[]) and m.sender_kind = 'user' and m.delivery_state in ('queued', 'sent')
      and not exists (select from outgoing_emails o where o.recipient = e.value and starts_with(o.id, ${`mai_${onceStart}`})
        and o.created_at > ${new Date(act.now.getTime() - 3_600_000)})
    order by e.value, m.position`.execute(act.tx)
  return rows
}
