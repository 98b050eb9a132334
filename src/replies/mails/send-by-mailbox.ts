// The desk's own mails to customers leave by one of its mailboxes where there is one: those about a ticket always, so that they can be
// answered, the others where no mail server is set. What is for staff never does: a mailbox keeps what it sent, and other staff read that.
import { createHash } from "node:crypto"
import { sql } from "kysely"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { MailTransport, OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { channels, kindsOf, type SendFault, type SendOutcome } from "#channels/index.ts"
import { connectionById, type ConnectionRow, decryptAccount, openCircuitBreaker } from "#connections/index.ts"
import { openThreadOfTicket } from "#intake/index.ts"
import { readSetting } from "#settings/index.ts"

/** `isSet`: the transport reaches people; else it writes files. */
export const sendByMailbox = (kit: Kit, transport: MailTransport, isSet: boolean): MailTransport => ({
  send: async (mail) => {
    const isByMailbox = mail.topic !== undefined || (mail.mayLeaveByMailbox === true && !isSet)
    const mailbox = isByMailbox ? await mailboxFor(kit, mail.topic) : null
    if (!mailbox) return transport.send(mail)
    const { breaker } = mailbox.health
    // It waits, as messages do: a server that is asked with a wrong password again and again locks the account.
    if (breaker) throw refusalOf({ state: "blocked", why: breaker.reason, ...(breaker.code && { code: breaker.code }) })
    const outcome = await send(kit, mailbox, mail)
    if (outcome.state === "blocked") await stop(kit, mailbox.id, outcome)
    if (outcome.state !== "sent") throw refusalOf(outcome)
  },
})

const mailKinds = kindsOf(({ sendNotice }) => sendNotice)

/** That of the ticket's team, of its own before one that it shares; else that of the desk. */
async function mailboxFor(kit: Kit, ticketId: string | undefined): Promise<ConnectionRow | null> {
  const deskId = await readSetting(kit.db, "mail.connectionId")
  const { rows } = await sql<{ id: string }>`
    select c.id from connections c left join tickets t on t.id = ${ticketId ?? null}
    where c.kind = any(${mailKinds}) and c.enabled and c.deleted_at is null
      and (c.id = ${deskId} or t.team_id = any(c.team_ids))
    order by (t.team_id = any(c.team_ids)) desc nulls last, cardinality(c.team_ids), c.id limit 1`.execute(
    kit.db.kysely,
  )
  return rows[0] ? ((await connectionById(kit.db.kysely, rows[0].id)) ?? null) : null
}

async function send(kit: Kit, mailbox: ConnectionRow, mail: OutgoingEmail): Promise<SendOutcome> {
  const { id, to, subject, topic, answerableText } = mail
  const channel = channels[mailbox.kind]!
  const account = decryptAccount(kit, mailbox)
  // The same at each try.
  const messageId = `msg_${createHash("sha256").update(id).digest("hex").slice(0, 32)}`
  const isAnswerable = topic !== undefined && answerableText !== undefined
  const thread = { connectionId: mailbox.id, to, mailId: channel.mailIdOf!(account, messageId) }
  const threadId = isAnswerable
    ? await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
        openThreadOfTicket(act, { ...thread, ticketId: topic }),
      )
    : null
  const text = isAnswerable ? answerableText : mail.text
  return channel.sendNotice!(account, { messageId, threadId, to, subject, text })
}

async function stop(kit: Kit, connectionId: string, { why, code }: SendFault): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    openCircuitBreaker(act, connectionId, { code: code ?? null, reason: why }),
  )
}

/** As the queue of mails reads it: by the server's code, whether the address is at fault (RFC 3463, 5.1.1), and whether it may be there. */
function refusalOf(outcome: Exclude<SendOutcome, { state: "sent" | "delivered" }> | SendOutcome): Error {
  const { why, code } = "why" in outcome ? outcome : { why: outcome.state, code: undefined }
  const isAddress = why === "mail_address" && code !== undefined
  return Object.assign(new Error(why), {
    code: why,
    mayHaveArrived: outcome.state === "unknown",
    ...(code !== undefined && { responseCode: code }),
    ...(isAddress && { command: "RCPT TO", response: `${code} 5.1.1` }),
  })
}
