// Tickets that a mail names without being led there. Neither a number in its words nor a thread of others proves anything: people decide.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { ChannelMail } from "#channels/index.ts"
import { numberOf, suggestLinks } from "#tickets/index.ts"
import type { MailPlace } from "./place-in-mail-thread.ts"

const mostNumbers = 5
const wordsRead = 5_000

/** The numbers of tickets that a text names, in any usual writing, each once. */
export function ticketNumbersIn(text: string): string[] {
  const found = [...text.matchAll(/\btkt[\s_-]{0,2}(\d{1,9})\b/gi)].map(([, digits]) => Number(digits))
  return [...new Set(found.filter((n) => n > 0).map(numberOf))].slice(0, mostNumbers)
}

const numbersIn = ({ subject, newText }: Pick<ChannelMail, "subject" | "newText">) =>
  ticketNumbersIn(`${subject}\n${newText.slice(0, wordsRead)}`)

/** Is there anything to be suggested? */
export const namesTickets = (
  mail: Pick<ChannelMail, "subject" | "newText">,
  { suggested }: Pick<MailPlace, "suggested">,
): boolean => suggested !== null || numbersIn(mail).length > 0

/** Of a mail that has begun a ticket. */
export async function suggestTickets(
  act: Act,
  ticketId: string,
  { subject, newText }: Pick<ChannelMail, "subject" | "newText">,
  { suggested }: Pick<MailPlace, "suggested">,
): Promise<void> {
  if (!namesTickets({ subject, newText }, { suggested })) return
  const numbers = numbersIn({ subject, newText })
  const { rows } = await sql<{ ticketId: string; because: "number" | "thread" }>`
    select id as ticket_id, 'number' as because from tickets where number = any(${numbers}::text[])
    union all (select m.ticket_id, 'thread' from message_mails w join messages m on m.id = w.message_id
      where w.thread_id = ${suggested} order by m.position desc limit 1)`.execute(act.tx)
  await suggestLinks(act, ticketId, rows)
}
